"""A route as one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from simtui.models.route import RouteTarget, RouteTargetType
from simtui.models.settings import RouteSettings
from simtui.views.plan.wording import named

_WORDS: Final[Mapping[str, str]] = {
    RouteTargetType.INTERNET: "internet",
    RouteTargetType.BLACKHOLE: "blackhole",
}


def route_text(route: RouteSettings, names: Mapping[str, str]) -> str:
    """``10.8.0.0/16 → tunnel hq, metric 100``; ``names`` has the tunnels by id."""
    off = "" if route.enabled else ", off"
    target = target_text(route.target, names)
    return f"{named(route.destination_cidr)} → {target}, metric {route.metric}{off}"


def target_text(target: RouteTarget, names: Mapping[str, str]) -> str:
    """``internet``, ``tunnel hq``, ``blackhole``; what is not known as it is."""
    if target.type == RouteTargetType.IPSEC_TUNNEL:
        tunnel_id = target.tunnel_id or ""
        return f"tunnel {names.get(tunnel_id, named(tunnel_id))}"
    return _WORDS.get(target.type, named(target.type))
