"""An IPsec tunnel between a network and the customer's side (contract §3.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final


class TunnelState:
    """How a tunnel is."""

    UP: Final = "UP"
    DOWN: Final = "DOWN"
    NEGOTIATING: Final = "NEGOTIATING"
    ERROR: Final = "ERROR"
    DISABLED: Final = "DISABLED"


@dataclass(frozen=True, slots=True)
class Phase1:
    """IKE: what protects the negotiation. The lifetime is in seconds."""

    encryption: tuple[str, ...] = ("AES256",)
    integrity: tuple[str, ...] = ("SHA2_256",)
    dh_groups: tuple[int, ...] = (14,)
    lifetime_seconds: int = 28_800


@dataclass(frozen=True, slots=True)
class Phase2:
    """ESP: what protects the traffic; no ``pfs_groups`` means PFS is off. Seconds."""

    encryption: tuple[str, ...] = ("AES256",)
    integrity: tuple[str, ...] = ("SHA2_256",)
    pfs_groups: tuple[int, ...] = (14,)
    lifetime_seconds: int = 3_600


@dataclass(frozen=True, slots=True)
class Dpd:
    """Dead peer detection: how a lost peer is noticed, and what follows. Seconds."""

    delay_seconds: int = 10
    timeout_seconds: int = 30
    action: str = "RESTART"


@dataclass(frozen=True, slots=True)
class SelectorState:
    """Whether one pair of traffic selectors has been agreed on."""

    local_cidr: str
    remote_cidr: str
    up: bool = False


@dataclass(frozen=True, slots=True)
class TunnelStatus:
    """How a tunnel is, since when, and as of when that is known."""

    state: str = TunnelState.DOWN
    since: datetime | None = None
    phase1_up: bool | None = None
    phase2_up: tuple[SelectorState, ...] = ()
    last_error: str | None = None
    bytes_in: int | None = None
    bytes_out: int | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tunnel:
    """One tunnel; its pre-shared key is never told (contract §3.7)."""

    tunnel_id: str
    name: str
    description: str = ""
    enabled: bool = True
    ike_version: str = "IKEV2"
    exchange_mode: str = "MAIN"
    local_gateway: str | None = None
    remote_gateway: str = ""
    local_id: str | None = None
    remote_id: str | None = None
    psk_set_at: datetime | None = None
    phase1: Phase1 = Phase1()
    phase2: Phase2 = Phase2()
    dpd: Dpd = Dpd()
    startup_action: str = "INITIATE"
    local_cidrs: tuple[str, ...] = ()
    remote_cidrs: tuple[str, ...] = ()
    status: TunnelStatus | None = None
    version: int = 0
