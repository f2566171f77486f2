"""What a Thing, a group, a network … is: immutable values, no I/O.

Plain frozen dataclasses in the vocabulary of contract §3 with Python's spelling of
its names. ``None`` means "unknown", never zero (contract §1). Enum-like fields are
plain strings, because a value that the server adds must not break anything; the
known values stand beside them as constants.
"""

from simtui.models.account import Account, BillingCycle
from simtui.models.api_release import ApiRelease
from simtui.models.billing import BillingLine, BillingReport, ReportRequest
from simtui.models.data_quota import DataQuota
from simtui.models.event import Event
from simtui.models.history import ImeiHistoryEntry, StateHistoryEntry
from simtui.models.ip_profile import IpProfile, Rule
from simtui.models.job import ItemOutcome, Job, JobItem, JobProgress, JobStatus
from simtui.models.lease import Lease
from simtui.models.nat_rule import NatRule
from simtui.models.network import Apn, IpPool, Network, NetworkLimits
from simtui.models.page import Page
from simtui.models.permission_level import PermissionLevel
from simtui.models.route import Route, Routes, RouteTarget
from simtui.models.session import Session, SessionState
from simtui.models.sms import Sms, SmsPage, SmsStatus
from simtui.models.thing import (
    CycleUsage,
    ImeiLock,
    IpLease,
    Location,
    Service,
    SessionSummary,
    State,
    Thing,
)
from simtui.models.things_group import ThingsGroup
from simtui.models.tunnel import Dpd, Phase1, Phase2, Tunnel, TunnelState, TunnelStatus
from simtui.models.usage import UsagePoint
from simtui.models.user import User, UserStatus

__all__ = [
    "Account",
    "ApiRelease",
    "Apn",
    "BillingCycle",
    "BillingLine",
    "BillingReport",
    "CycleUsage",
    "DataQuota",
    "Dpd",
    "Event",
    "ImeiHistoryEntry",
    "ImeiLock",
    "IpLease",
    "IpPool",
    "IpProfile",
    "ItemOutcome",
    "Job",
    "JobItem",
    "JobProgress",
    "JobStatus",
    "Lease",
    "Location",
    "NatRule",
    "Network",
    "NetworkLimits",
    "Page",
    "PermissionLevel",
    "Phase1",
    "Phase2",
    "ReportRequest",
    "Route",
    "RouteTarget",
    "Routes",
    "Rule",
    "Service",
    "Session",
    "SessionState",
    "SessionSummary",
    "Sms",
    "SmsPage",
    "SmsStatus",
    "State",
    "StateHistoryEntry",
    "Thing",
    "ThingsGroup",
    "Tunnel",
    "TunnelState",
    "TunnelStatus",
    "UsagePoint",
    "User",
    "UserStatus",
]
