"""The sandbox's own memory of each entity (contract §3): mutable, one class an entity.

Derived fields (counts, sizes, the pool's fill) are not stored; the operations work
them out when they answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simtui.secret import Secret


@dataclass(slots=True)
class SessionRecord:
    """A data session of a Thing (contract §3.2)."""

    session_id: str
    state: str
    since: datetime
    ip_address: str | None = None
    imei: str | None = None
    rat: str | None = None
    mcc: str | None = None
    mnc: str | None = None
    operator_name: str | None = None
    country: str | None = None
    cell_id: str | None = None
    area_code: str | None = None
    bytes_up: int = 0
    bytes_down: int = 0
    ended_at: datetime | None = None
    end_reason: str | None = None


@dataclass(slots=True)
class StateChange:
    """A change of lifecycle state."""

    at: datetime
    from_state: str | None
    to_state: str
    by: str
    reason: str | None = None


@dataclass(slots=True)
class ImeiSeen:
    """A device the SIM was seen in."""

    imei: str
    first_seen_at: datetime
    last_seen_at: datetime
    sessions: int = 1


@dataclass(slots=True)
class ThingRecord:
    """A Thing (contract §3.1).

    ``data_limit_bytes`` is what it may use in a billing cycle, None without a limit.
    ``as_of`` is when the platform last learnt the session's state. ``habit_seconds``
    is how often the device usually talks, ``bytes_per_day`` what it uses when it is
    ACTIVE; ``silent`` marks a device that is dead or
    switched off, so that the world does not bring it back; ``hangs`` names what keeps one
    silent that can be helped (`simtui.sandbox.life.hanging`). ``state_changes`` and
    ``imeis`` are empty as long as they follow from the other fields: read and add to
    them through ``simtui.sandbox.histories``. ``past_sessions`` is newest last and kept
    short by whoever adds; with ``plain_past``, ``simtui.sandbox.past_sessions`` derives
    some while none are stored.
    """

    thing_id: str
    iccid: str
    imsi: str
    created_at: datetime
    group_id: str
    name: str = ""
    description: str = ""
    state: str = "PROVISIONED"
    state_changed_at: datetime | None = None
    pending_state: str | None = None
    tags: tuple[str, ...] = ()
    allowed_services: tuple[str, ...] = ("DATA", "SMS")
    ip_address: str | None = None
    ip_pool_id: str | None = None
    ip_locked: bool = False
    lease_expires_at: datetime | None = None
    imei: str | None = None
    imei_sv: str | None = None
    previous_imei: str | None = None
    imei_changed_at: datetime | None = None
    imei_lock_enabled: bool = False
    imei_lock_imei: str | None = None
    imei_lock_tac: str | None = None
    data_limit_bytes: int | None = None
    last_seen_at: datetime | None = None
    session: SessionRecord | None = None
    as_of: datetime | None = None
    data_bytes: int = 0
    sms_mt: int = 0
    sms_mo: int = 0
    modified_at: datetime | None = None
    modified_by: str | None = None
    version: int = 1
    habit_seconds: int = 3600
    bytes_per_day: int = 200_000
    silent: bool = False
    hangs: str = ""
    state_changes: tuple[StateChange, ...] = ()
    imeis: tuple[ImeiSeen, ...] = ()
    past_sessions: tuple[SessionRecord, ...] = ()
    plain_past: bool = False


@dataclass(slots=True)
class GroupRecord:
    """A Things Group (contract §3.3)."""

    group_id: str
    name: str
    network_id: str
    ip_profile_id: str
    description: str = ""
    is_default: bool = False
    version: int = 1
    modified_by: str | None = None


@dataclass(slots=True)
class PoolRecord:
    """An IP pool; ``cidr`` is normalised."""

    pool_id: str
    cidr: str
    is_default: bool = False
    version: int = 1
    modified_by: str | None = None


@dataclass(slots=True)
class RouteRecord:
    """A route; ``origin`` is STATIC or SYSTEM."""

    route_id: str
    destination_cidr: str
    target_type: str
    tunnel_id: str | None = None
    metric: int = 100
    enabled: bool = True
    origin: str = "STATIC"


@dataclass(slots=True)
class NatRuleRecord:
    """A port forwarding (contract §3.6)."""

    nat_rule_id: str
    protocol: str
    public_ports: str
    thing_id: str
    private_ports: str
    created_at: datetime
    name: str = ""
    allowed_sources: list[str] = field(default_factory=lambda: ["0.0.0.0/0"])
    enabled: bool = True
    expires_at: datetime | None = None
    version: int = 1
    modified_by: str | None = None


@dataclass(slots=True)
class TunnelRecord:
    """An IPsec tunnel (contract §3.7). Settings keep the wire's spelling and defaults.

    The pre-shared key itself is never kept, only when it was set.
    """

    tunnel_id: str
    settings: dict[str, Any]
    psk_set_at: datetime
    state: str = "NEGOTIATING"
    since: datetime | None = None
    last_error: str | None = None
    bytes_in: int = 0
    bytes_out: int = 0
    version: int = 1
    modified_by: str | None = None


@dataclass(slots=True)
class NetworkRecord:
    """A network with everything inside it (contract §3.4).

    The route table is changed as a whole, so it has its own version and author.
    """

    network_id: str
    name: str
    nat_public_address: str
    description: str = ""
    thing_isolation: bool = False
    pools: dict[str, PoolRecord] = field(default_factory=dict)
    routes: list[RouteRecord] = field(default_factory=list)
    routes_version: int = 1
    routes_modified_by: str | None = None
    nat_rules: dict[str, NatRuleRecord] = field(default_factory=dict)
    tunnels: dict[str, TunnelRecord] = field(default_factory=dict)
    version: int = 1
    modified_by: str | None = None


@dataclass(slots=True)
class RuleRecord:
    """A filter rule; its position is its place in the chain."""

    rule_id: str
    action: str
    protocol: str
    src_cidr: str = "ANY"
    src_ports: str = "ANY"
    dst_cidr: str = "ANY"
    dst_ports: str = "ANY"
    enabled: bool = True
    comment: str = ""
    hits: int = 0
    last_hit_at: datetime | None = None


@dataclass(slots=True)
class IpProfileRecord:
    """The firewall: two ordered chains (contract §3.5)."""

    ip_profile_id: str
    name: str
    description: str = ""
    inbound: list[RuleRecord] = field(default_factory=list)
    outbound: list[RuleRecord] = field(default_factory=list)
    version: int = 1
    modified_by: str | None = None


@dataclass(slots=True)
class SmsRecord:
    """A message (contract §3.8). A ``stuck`` one is never delivered and expires."""

    sms_id: str
    thing_id: str
    direction: str
    text: str
    encoding: str
    segments: int
    status: str
    submitted_at: datetime
    sender: str | None = None
    validity_minutes: int | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    expires_at: datetime | None = None
    attempts: int = 0
    error_code: str | None = None
    error_message: str | None = None
    client_reference: str | None = None
    created_by: str | None = None
    stuck: bool = False


@dataclass(slots=True)
class UserRecord:
    """A user of the account (contract §3.10)."""

    user_id: str
    email: str
    name: str
    permission_level: str
    created_at: datetime
    status: str = "ACTIVE"
    last_login_at: datetime | None = None
    version: int = 1
    modified_by: str | None = None


@dataclass(slots=True)
class JobItem:
    """What became of one Thing in a job."""

    outcome: str
    thing_id: str | None = None
    iccid: str | None = None
    name: str | None = None
    message: str | None = None
    before: Any = None
    after: Any = None


@dataclass(slots=True)
class JobRecord:
    """Work in progress (contract §3.11). ``document`` is a result that is no item list.

    A report's or a new tunnel's result is its ``document``; everything else has items.
    ``shown_once`` are fields of the document that only its first reader gets, such as a
    generated pre-shared key (contract §3.7).
    """

    job_id: str
    type: str
    created_by: str
    created_at: datetime
    total: int = 0
    status: str = "QUEUED"
    started_at: datetime | None = None
    finished_at: datetime | None = None
    client_reference: str | None = None
    items: list[JobItem] = field(default_factory=list)
    document: Any = None
    shown_once: dict[str, Secret] = field(default_factory=dict)


@dataclass(slots=True)
class EventRecord:
    """Something the platform noticed (contract §2, ``/events``)."""

    event_id: str
    at: datetime
    severity: str
    type: str
    message: str
    thing_id: str | None = None


@dataclass(slots=True)
class AuditRecord:
    """One request that changed something (contract §2, ``/audit-log``)."""

    at: datetime
    user: str
    method: str
    path: str
    status: int
    remote_address: str = "127.0.0.1"
