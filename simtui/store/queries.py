"""Every question a screen can watch, in one place to import them from."""

from simtui.store.billing_queries import BillingCyclesQuery, BillingReportQuery
from simtui.store.config_queries import (
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
from simtui.store.people_queries import (
    PermissionLevelsQuery,
    UsersQuery,
)
from simtui.store.sms_queries import (
    BatchQuery,
    ConversationQuery,
    LatestSmsQuery,
    OpenSmsQuery,
    SentLatelyQuery,
    SmsQuery,
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
    "BatchQuery",
    "BillingCyclesQuery",
    "BillingReportQuery",
    "ConversationQuery",
    "DataQuotaQuery",
    "EventsQuery",
    "FleetQuery",
    "GroupsQuery",
    "ImeiHistoryQuery",
    "IpProfilesQuery",
    "JobItemsQuery",
    "JobQuery",
    "JobsQuery",
    "LatestSmsQuery",
    "LeasesQuery",
    "NatRulesQuery",
    "NetworksQuery",
    "OpenSmsQuery",
    "PermissionLevelsQuery",
    "RoutesQuery",
    "SentLatelyQuery",
    "SessionQuery",
    "SessionsQuery",
    "SmsQuery",
    "StateHistoryQuery",
    "ThingByIccidQuery",
    "ThingJsonQuery",
    "ThingQuery",
    "ThingSmsQuery",
    "TunnelsQuery",
    "UsageQuery",
    "UsersQuery",
    "WindowQuery",
]
