"""A route table in the order in which it decides, with what is odd about each route."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simtui.models import Route, Tunnel, TunnelState
from simtui.models.route import RouteTargetType
from simtui.models.settings import RouteSettings, route_settings
from simtui.views.cell import Cell, Column, Row, Tone
from simtui.views.config.items import Fate
from simtui.views.config.route_text import target_text
from simtui.views.fields.cidr import network_or_none
from simtui.views.packet.routing import never_used, order_of
from simtui.views.plan.wording import named

_FATES: Final[Mapping[Fate, str]] = {"added": "+", "changed": "~", "removed": "-"}
_DEFAULT_ROUTE: Final = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A route where it stands in the order; ``key`` is its index among the static ones, or
    the id of a system route behind an ``s``."""

    key: str
    route: RouteSettings
    system: bool = False


def route_columns(width: int) -> tuple[Column, ...]:
    """The columns for a terminal of ``width`` cells."""
    return (
        Column("mark", "", 1),
        Column("destination", "DESTINATION", 18),
        Column("target", "TARGET", 22 if width < 100 else 32),
        Column("metric", "METRIC", 6, align="right"),
        Column("origin", "ORIGIN", 7),
        Column("note", "NOTE", 12, flex=True),
    )


def lines_of(static: Sequence[RouteSettings], system: Sequence[Route]) -> tuple[Line, ...]:
    """All routes, the longest prefix first, then the lowest metric (contract §3.4)."""
    lines = [Line(str(at), route) for at, route in enumerate(static)]
    lines += [Line(f"s{route.route_id}", route_settings(route), True) for route in system]
    keyed = {id(line.route): line for line in lines}
    return tuple(keyed[id(route)] for route in order_of([line.route for line in lines]))


def route_row(line: Line, fate: Fate, remarks: Sequence[Cell], names: Mapping[str, str]) -> Row:
    """One cell for each column, safe to print."""
    route = line.route
    dim: Tone = "" if route.enabled else "dim"
    return (
        Cell(_FATES.get(fate, ""), "accent"),
        Cell(named(route.destination_cidr), dim),
        Cell(target_text(route.target, names), dim),
        Cell(str(route.metric), dim),
        Cell("system" if line.system else "static", "dim"),
        remarks[0] if remarks else Cell(""),
    )


def route_remarks(
    lines: Sequence[Line], tunnels: Sequence[Tunnel] | None
) -> dict[str, tuple[Cell, ...]]:
    """What there is to say of each line, by its key; what matters most first."""
    routes = [line.route for line in lines]
    losing = never_used(routes)
    known = {tunnel.tunnel_id: tunnel for tunnel in tunnels or ()}
    return {
        line.key: tuple(_remarks(line, known, tunnels is not None, _winner(at, losing, routes)))
        for at, line in enumerate(lines)
    }


def _winner(
    at: int, losing: Mapping[int, int], routes: Sequence[RouteSettings]
) -> RouteSettings | None:
    return routes[losing[at]] if at in losing else None


def _remarks(
    line: Line,
    tunnels: Mapping[str, Tunnel],
    tunnels_known: bool,
    winner: RouteSettings | None,
) -> Iterator[Cell]:
    route = line.route
    if not route.enabled:
        yield Cell("off", "dim")
        return
    if winner is not None:
        yield Cell(f"! never used: metric {winner.metric} comes first", "warn")
    if route.target.type == RouteTargetType.IPSEC_TUNNEL and tunnels_known:
        yield from _of_tunnel(route, tunnels.get(route.target.tunnel_id or ""))
    if route.target.type == RouteTargetType.BLACKHOLE:
        yield Cell("discards what it gets", "dim")


def _of_tunnel(route: RouteSettings, tunnel: Tunnel | None) -> Iterator[Cell]:
    if tunnel is None:
        yield Cell("✗ leads into a tunnel that is not there", "bad")
        return
    state = tunnel.status.state if tunnel.status is not None else None
    if state is not None and state != TunnelState.UP:
        yield Cell(f"✗ the tunnel is {named(state)}", "bad")
    destination = network_or_none(route.destination_cidr)
    remote = [network_or_none(cidr) for cidr in tunnel.remote_cidrs]
    if destination is None or destination.prefixlen == _DEFAULT_ROUTE:
        return
    if not any(net is not None and destination.subnet_of(net) for net in remote):
        yield Cell("! not within the remote nets of the tunnel", "warn")
