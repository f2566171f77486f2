"""A Network: APN, pools and limits (contract §3.4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Apn:
    """The access point name; fixed and shared on this platform."""

    name: str | None = None
    user_name: str | None = None
    shared: bool = True


@dataclass(frozen=True, slots=True)
class IpPool:
    """A range of private addresses; counts are addresses."""

    ip_pool_id: str
    cidr: str
    gateway: str | None = None
    size: int | None = None
    leased: int | None = None
    locked: int | None = None
    available: int | None = None
    is_default: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class NetworkLimits:
    """How many of each this network may have."""

    ip_pools: int | None = None
    nat_rules: int | None = None
    tunnels: int | None = None
    routes: int | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """Where the Things of its groups live."""

    network_id: str
    name: str
    description: str = ""
    apn: Apn | None = None
    thing_isolation: bool = False
    ip_pools: tuple[IpPool, ...] = ()
    nat_public_address: str | None = None
    thing_count: int | None = None
    limits: NetworkLimits | None = None
    version: int = 0
