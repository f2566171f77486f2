"""A Thing: one SIM card, what it may do and what is known of it (contract §3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final


class State:
    """The lifecycle states of a Thing (contract §4)."""

    PROVISIONED: Final = "PROVISIONED"
    ACTIVE: Final = "ACTIVE"
    SUSPENDED: Final = "SUSPENDED"
    RETIRED: Final = "RETIRED"
    ALL: Final = (PROVISIONED, ACTIVE, SUSPENDED, RETIRED)


class Service:
    """What a Thing may be allowed to use (contract §3.1, ``allowedServices``)."""

    DATA: Final = "DATA"
    SMS: Final = "SMS"
    ALL: Final = (DATA, SMS)


@dataclass(frozen=True, slots=True)
class IpLease:
    """The address a Thing has; ``LOCKED`` ones never expire."""

    address: str | None = None
    pool_id: str | None = None
    allocation: str = "DYNAMIC"
    lease_expires_at: datetime | None = None

    @property
    def locked(self) -> bool:
        """Whether the address is tied to the Thing for good."""
        return self.allocation == "LOCKED"


@dataclass(frozen=True, slots=True)
class ImeiLock:
    """Which device the SIM may sit in: one IMEI, one TAC, or any (EXT)."""

    enabled: bool = False
    imei: str | None = None
    tac: str | None = None


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """The session as the list tells it: a state, since when, and how old that fact is."""

    state: str = "UNKNOWN"
    since: datetime | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class CycleUsage:
    """Use in the open billing cycle so far; bytes and messages."""

    cycle_id: str | None = None
    data_bytes: int | None = None
    sms_mt: int | None = None
    sms_mo: int | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Where the network last saw the Thing (EXT); latitude and longitude in degrees."""

    at: datetime | None = None
    mcc: str | None = None
    mnc: str | None = None
    cell_id: str | None = None
    lac: str | None = None
    tac: str | None = None
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """One SIM card of the account."""

    thing_id: str
    iccid: str
    state: str
    version: int = 0
    imsi: str | None = None
    name: str = ""
    description: str = ""
    state_changed_at: datetime | None = None
    pending_state: str | None = None
    things_group_id: str | None = None
    tags: tuple[str, ...] = ()
    allowed_services: tuple[str, ...] | None = None
    ip: IpLease | None = None
    imei: str | None = None
    imeisv: str | None = None
    previous_imei: str | None = None
    imei_changed_at: datetime | None = None
    imei_lock: ImeiLock | None = None
    last_seen_at: datetime | None = None
    session: SessionSummary | None = None
    usage_cycle: CycleUsage | None = None
    last_location: Location | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
