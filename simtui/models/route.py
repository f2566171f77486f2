"""Where a network sends what leaves it (contract §3.4, Route)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


class RouteTargetType:
    """What a route leads to."""

    INTERNET: Final = "INTERNET"
    IPSEC_TUNNEL: Final = "IPSEC_TUNNEL"
    BLACKHOLE: Final = "BLACKHOLE"


SYSTEM: Final = "SYSTEM"
"""The origin of a route that the platform made and nobody can remove."""


@dataclass(frozen=True, slots=True)
class RouteTarget:
    """The way out; ``tunnel_id`` only for an IPsec tunnel."""

    type: str = RouteTargetType.INTERNET
    tunnel_id: str | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table: the longest prefix wins, then the lowest metric (1 to 255)."""

    route_id: str
    destination_cidr: str
    target: RouteTarget = RouteTarget()
    metric: int = 100
    enabled: bool = True
    origin: str = "STATIC"


@dataclass(frozen=True, slots=True)
class Routes:
    """The table of a network, with the version it is replaced by.

    It is not ``whole`` when some of it could not be read: to replace it would delete that.
    """

    items: tuple[Route, ...] = ()
    version: int = 0
    whole: bool = True
