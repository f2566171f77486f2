"""Every question a screen can watch, in one place to import them from."""

from simtui.store.config_queries import (
    GroupCostQuery,
    LeasesQuery,
    NatRulesQuery,
    RoutesQuery,
    TunnelsQuery,
)
from simtui.store.fleet_queries import (
    FleetQuery,
    WindowQuery,
)
from simtui.store.job_queries import (
    JobItemsQuery,
    JobQuery,
    JobsQuery,
)
from simtui.store.list_queries import (
    AccountQuery,
    GroupsQuery,
    IpProfilesQuery,
    NetworksQuery,
)
from simtui.store.thing_queries import (
    DataQuotaQuery,
    EventsQuery,
    ImeiHistoryQuery,
    SessionQuery,
    SessionsQuery,
    StateHistoryQuery,
    ThingByIccidQuery,
    ThingJsonQuery,
    ThingQuery,
    ThingSmsQuery,
    UsageQuery,
)

__all__ = [
    "AccountQuery",
    "DataQuotaQuery",
    "EventsQuery",
    "FleetQuery",
    "GroupCostQuery",
    "GroupsQuery",
    "ImeiHistoryQuery",
    "IpProfilesQuery",
    "JobItemsQuery",
    "JobQuery",
    "JobsQuery",
    "LeasesQuery",
    "NatRulesQuery",
    "NetworksQuery",
    "RoutesQuery",
    "SessionQuery",
    "SessionsQuery",
    "StateHistoryQuery",
    "ThingByIccidQuery",
    "ThingJsonQuery",
    "ThingQuery",
    "ThingSmsQuery",
    "TunnelsQuery",
    "UsageQuery",
    "WindowQuery",
]
