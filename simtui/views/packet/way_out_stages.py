"""From the network to the world: a route, and a tunnel or the Internet (contract §3.4, §5)."""

from __future__ import annotations

from dataclasses import replace

from simtui.models import Route, RouteTarget, Tunnel, TunnelState
from simtui.models.route import RouteTargetType
from simtui.models.settings import RouteSettings
from simtui.views.firewall.reading import span_of
from simtui.views.packet.passage import Passage, Passed, address_text, holding
from simtui.views.packet.routing import longest_prefix
from simtui.views.packet.step import Outcome, Stage, Step
from simtui.views.packet.tunnel_words import CARRYING_NOTHING, is_up, state_text, tunnel_name
from simtui.views.plan.wording import named


def route(passage: Passage) -> Passed:
    """The enabled route with the longest prefix, then the lowest metric, decides."""
    routes = passage.scene.routes
    if routes is None:
        return Passed(Step(Stage.ROUTE, "UNKNOWN", "the routes are not known"))
    taken = longest_prefix(routes, passage.packet.dst)
    destination = address_text(passage.packet.dst)
    if taken is None:
        return Passed(Step(Stage.ROUTE, "DROP", f"no enabled route leads to {destination}"))
    outcome, words = _target(taken.target, passage)
    text = f"{named(taken.destination_cidr)}, metric {taken.metric}, {words}"
    step = Step(Stage.ROUTE, outcome, text, _place(routes, taken))
    return Passed(step, passage if outcome == "PASS" else None)


def way_out(passage: Passage) -> Passed:
    """Through the tunnel that the route leads to, or out to the Internet."""
    taken = longest_prefix(passage.scene.routes or (), passage.packet.dst)
    if taken is not None and taken.target.type == RouteTargetType.IPSEC_TUNNEL:
        outcome, text = _through(taken.target, passage)
        return Passed(Step(Stage.TUNNEL, outcome, text))
    network = passage.scene.network
    public = network.nat_public_address if network else None
    span = span_of(public) if public else None
    if public is None or span is None:
        text = "out to the Internet; the public address is not known"
        return Passed(Step(Stage.INTERNET, "PASS", text), passage)
    text = f"out to the Internet through the public address {named(public)}"
    packet = replace(passage.packet, src=span[0])
    return Passed(Step(Stage.INTERNET, "CHANGE", text), replace(passage, packet=packet))


def _place(routes: tuple[Route | RouteSettings, ...], taken: Route | RouteSettings) -> int:
    return next(index for index, one in enumerate(routes) if one is taken)


def _target(target: RouteTarget, passage: Passage) -> tuple[Outcome, str]:
    match target.type:
        case RouteTargetType.INTERNET:
            return "PASS", "leads to the Internet"
        case RouteTargetType.BLACKHOLE:
            return "DROP", "leads to the blackhole"
        case RouteTargetType.IPSEC_TUNNEL:
            tunnel = _tunnel(target, passage)
            name = tunnel_name(tunnel) if tunnel else named(target.tunnel_id or "without an id")
            return "PASS", f"leads to IPsec tunnel {name}"
        case _:
            return "UNKNOWN", f"leads to {named(target.type)}, which is not known here"


def _tunnel(target: RouteTarget, passage: Passage) -> Tunnel | None:
    tunnels = passage.scene.tunnels or ()
    return next((one for one in tunnels if one.tunnel_id == target.tunnel_id), None)


def _through(target: RouteTarget, passage: Passage) -> tuple[Outcome, str]:
    """A tunnel that is not there or not UP carries nothing, nor what no selector has."""
    tunnel = _tunnel(target, passage)
    if passage.scene.tunnels is None:
        return "UNKNOWN", "the tunnels are not known"
    if tunnel is None:
        return "DROP", f"there is no tunnel {named(target.tunnel_id or 'without an id')}"
    name = tunnel_name(tunnel)
    if not tunnel.enabled or (tunnel.status and tunnel.status.state in CARRYING_NOTHING):
        return "DROP", f"{name} {state_text(tunnel)}"
    local = holding(passage.packet.src, tunnel.local_cidrs or passage.scene.pools)
    remote = holding(passage.packet.dst, tunnel.remote_cidrs)
    if local is None:
        return "DROP", f"no selector of {name} has the source {address_text(passage.packet.src)}"
    if remote is None:
        destination = address_text(passage.packet.dst)
        return "DROP", f"no selector of {name} has the destination {destination}"
    if not is_up(tunnel):
        return "UNKNOWN", f"{name} {state_text(tunnel)}"
    pair = f"{named(local)} ↔ {named(remote)}"
    if _phase_2_is_down(tunnel, local, remote):
        return "UNKNOWN", f"{name} is {TunnelState.UP}, but not its phase 2 for {pair}"
    return "PASS", f"{name} is {TunnelState.UP}, selector {pair}"


def _phase_2_is_down(tunnel: Tunnel, local: str, remote: str) -> bool:
    pairs = tunnel.status.phase2_up if tunnel.status else ()
    return any(
        not pair.up and (pair.local_cidr, pair.remote_cidr) == (local, remote) for pair in pairs
    )
