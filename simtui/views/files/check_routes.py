"""The static routes of a network in files (contract §3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from simtui.errors import UsageError
from simtui.models import IpPool
from simtui.models.route import RouteTarget, RouteTargetType
from simtui.models.settings import RouteSettings, RouteTable
from simtui.views.fields.cidr import parse_cidr
from simtui.views.fields.numbers import parse_number
from simtui.views.files.adopt import adopted, counterpart
from simtui.views.files.intended import Intended, Meant, list_items
from simtui.views.files.mistakes import Mistakes, Place
from simtui.views.files.neighbours import pools_of
from simtui.views.forms.overlaps import pools_taken, refuse_overlap
from simtui.views.plan.wording import named

_TARGETS: Final = (
    RouteTargetType.INTERNET,
    RouteTargetType.IPSEC_TUNNEL,
    RouteTargetType.BLACKHOLE,
)
_EXAMPLE: Final = 'For example target = "INTERNET", or tunnel = "hq"'


def checked_routes(
    one: Meant, table: RouteTable, intended: Intended, mistakes: Mistakes
) -> RouteTable:
    """The table in the spelling of the API; a route without an id that is there keeps its own."""
    before = list_items(one.before.settings if one.before else None)
    pools = tuple(pools_of(intended, one.ref.parent_id))
    items = tuple(
        _checked_route(route, counterpart(route, before), pools, one.place.item(number), mistakes)
        for number, route in enumerate(table.items, 1)
    )
    return RouteTable(adopted(items, before))


def _checked_route(
    route: RouteSettings,
    before: RouteSettings | None,
    pools: Sequence[IpPool],
    place: Place,
    mistakes: Mistakes,
) -> RouteSettings:
    wanted = route
    if before is None or route.destination_cidr != before.destination_cidr:
        cidr = mistakes.checked(
            place,
            "destination",
            lambda text: _parse_destination(text, pools),
            route.destination_cidr,
            route.destination_cidr,
        )
        wanted = replace(wanted, destination_cidr=cidr)
    if before is None or route.target != before.target:
        target = mistakes.checked(place, "target", _checked_target, route.target, route.target)
        wanted = replace(wanted, target=target)
    if before is None or route.metric != before.metric:
        mistakes.checked(place, "metric", _parse_metric, str(route.metric), route.metric)
    return wanted


def _parse_destination(text: str, pools: Sequence[IpPool]) -> str:
    cidr = parse_cidr(text)
    if cidr.prefixlen:  # a default route means the rest and takes no addresses
        refuse_overlap(cidr, pools_taken(pools), "Choose a destination outside of the pools")
    return str(cidr)


def _parse_metric(text: str) -> int:
    return parse_number(text, 1, 255, "A metric")


def _checked_target(target: RouteTarget) -> RouteTarget:
    kind = target.type.strip().upper()
    if kind not in _TARGETS:
        raise UsageError(
            f"“{named(target.type)}” is no target", f"It is {' or '.join(_TARGETS)}", _EXAMPLE
        )
    is_tunnel = kind == RouteTargetType.IPSEC_TUNNEL
    if is_tunnel and not target.tunnel_id:
        raise UsageError("A tunnel is missing", "A route into a tunnel names the tunnel", _EXAMPLE)
    if not is_tunnel and target.tunnel_id is not None:
        raise UsageError(f"{kind} has no tunnel", "Only a route into a tunnel names one", _EXAMPLE)
    return replace(target, type=kind)
