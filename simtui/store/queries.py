"""Every question a screen can watch, in one place to import them from."""

from simtui.store.fleet_queries import (
    FleetQuery,
    WindowQuery,
)
from simtui.store.job_queries import (
    JobItemsQuery,
    JobQuery,
    JobsQuery,
    NatRulesQuery,
)
from simtui.store.list_queries import (
    AccountQuery,
    GroupsQuery,
    IpProfilesQuery,
    NetworksQuery,
)
from simtui.store.thing_queries import (
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
    "EventsQuery",
    "FleetQuery",
    "GroupsQuery",
    "ImeiHistoryQuery",
    "IpProfilesQuery",
    "JobItemsQuery",
    "JobQuery",
    "JobsQuery",
    "NatRulesQuery",
    "NetworksQuery",
    "SessionQuery",
    "SessionsQuery",
    "StateHistoryQuery",
    "ThingByIccidQuery",
    "ThingJsonQuery",
    "ThingQuery",
    "ThingSmsQuery",
    "UsageQuery",
    "WindowQuery",
]
