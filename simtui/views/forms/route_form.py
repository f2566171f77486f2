"""One static route of a network as a form (contract §3.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network

from simtui.errors import UsageError
from simtui.models import Network, RouteTarget, Tunnel, TunnelState
from simtui.models.route import RouteTargetType
from simtui.models.settings import RouteSettings
from simtui.views.cell import Cell
from simtui.views.fields.cidr import EVERYWHERE, network_or_none, parse_cidr
from simtui.views.fields.numbers import parse_number
from simtui.views.forms.entry import Entry, text_entry, untouched
from simtui.views.forms.field import Answers, Choice, Field, Form
from simtui.views.forms.on_off import enabled_entry
from simtui.views.forms.options import NOT_KNOWN, Known, Options, by_name, choice_entry
from simtui.views.forms.overlaps import pools_taken, refuse_overlap
from simtui.views.plan.wording import listed, named

_METRICS = range(1, 256)


def route_form(
    settings: RouteSettings | None, network: Network, tunnels: Sequence[Tunnel]
) -> Form[RouteSettings]:
    """A route as it is, or a new one; ``tunnels`` are those of the network."""
    start = settings or RouteSettings("")

    def parse_destination(text: str) -> str:
        cidr = parse_cidr(text)
        if cidr.prefixlen:
            hint = f"Choose other addresses, or {EVERYWHERE} for all the rest"
            refuse_overlap(cidr, pools_taken(network.ip_pools), hint)
        return str(cidr)

    destination = text_entry(
        "destination",
        "Destination",
        parse_destination,
        settings.destination_cidr if settings else None,
        example="10.8.0.0/16",
    )
    target = _target_entry(start.target, tunnels)
    metric = _metric_entry(start.metric)
    enabled = enabled_entry(start.enabled, "route")

    def read(answers: Answers) -> RouteSettings:
        return RouteSettings(
            destination.read(answers),
            target.read(answers),
            metric.read(answers),
            enabled.read(answers),
            start.route_id,
        )

    def remarks(answers: Answers) -> Sequence[Cell]:
        try:
            return tuple(_remarks(read(answers), tunnels))
        except UsageError:
            return ()

    what = f"Route to {named(settings.destination_cidr)}" if settings else "New route"
    fields = (destination.field, target.field, metric.field, enabled.field)
    return Form(f"{what} of network {named(network.name)}", fields, read, remarks)


def _target_entry(target: RouteTarget, tunnels: Sequence[Tunnel]) -> Entry[RouteTarget]:
    options = _targets(tunnels)
    text = options.text_of(target)
    if target.type == RouteTargetType.IPSEC_TUNNEL:
        # A tunnel that is gone is shown and refused: the table could not be saved with it.
        return choice_entry(
            "target", "Target", options, text or f"tunnel {_id(target)} ({NOT_KNOWN})"
        )
    known = options.including(target, " ".join(filter(None, (target.type, target.tunnel_id))))
    return choice_entry("target", "Target", known, known.text_of(target))


def _targets(tunnels: Sequence[Tunnel]) -> Options[RouteTarget]:
    known = (Known(one.tunnel_id, one.name, _state_note(one)) for one in tunnels)
    return Options(
        "target",
        (
            (Choice("internet", "out by the network's public address"), RouteTarget()),
            *(
                (choice, RouteTarget(RouteTargetType.IPSEC_TUNNEL, tunnel_id))
                for choice, tunnel_id in by_name("tunnel", known, before="tunnel ").items
            ),
            (Choice("blackhole", "dropped"), RouteTarget(RouteTargetType.BLACKHOLE)),
        ),
    )


def _id(target: RouteTarget) -> str:
    return named(target.tunnel_id or "unknown")


def _metric_entry(metric: int) -> Entry[int]:
    parse = untouched(
        str(metric),
        metric,
        lambda text: parse_number(text, _METRICS[0], _METRICS[-1], "A metric"),
    )
    field = Field("metric", "Metric", str(metric), parse, "1 to 255, the lowest wins")
    return Entry(field, parse)


def _state_note(tunnel: Tunnel) -> str:
    return named(tunnel.status.state) if tunnel.status else ""


def _remarks(route: RouteSettings, tunnels: Sequence[Tunnel]) -> Iterator[Cell]:
    tunnel = next((one for one in tunnels if one.tunnel_id == route.target.tunnel_id), None)
    if tunnel is None:
        return
    name = f"the tunnel {named(tunnel.name)}"
    state = tunnel.status.state if tunnel.status else None
    if not tunnel.enabled:
        yield Cell(f"{name} is disabled: nothing gets through it", "warn")
    elif state not in (None, TunnelState.UP):
        yield Cell(f"{name} is {named(state or '')} now: nothing gets through it", "warn")
    cidr = network_or_none(route.destination_cidr)
    if cidr is not None and not _is_behind(cidr, tunnel):
        yield Cell(
            f"{cidr} is not behind {name}, which leads to "
            f"{listed(tunnel.remote_cidrs) or 'nothing'}",
            "warn",
        )


def _is_behind(cidr: IPv4Network, tunnel: Tunnel) -> bool:
    """Whether one of the remote selectors holds all of it; true if one cannot be read."""
    selectors = [network_or_none(text) for text in tunnel.remote_cidrs]
    return any(selector is None or cidr.subnet_of(selector) for selector in selectors)
