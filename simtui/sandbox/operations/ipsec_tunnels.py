"""IPsec tunnels between a network and the customer's side (contract §3.7)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from simtui.sandbox import limits
from simtui.sandbox.call import Answer, Call, precondition
from simtui.sandbox.find import find_network, find_tunnel
from simtui.sandbox.ipsec import changed_settings, new_settings
from simtui.sandbox.jobs import job_answer, start_job
from simtui.sandbox.limits import check_limit
from simtui.sandbox.paging import paged
from simtui.sandbox.records import JobRecord, NetworkRecord, RouteRecord, TunnelRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.tunnels import NEGOTIATION, generate_psk, negotiate, set_state, tunnel_view
from simtui.sandbox.validate.ipsec import check_psk
from simtui.sandbox.versions import amend, check_version, found
from simtui.sandbox.world import World

SORT_KEYS = {
    "name": lambda tunnel: tunnel.settings["name"].casefold(),
    "state": lambda tunnel: tunnel.state,
}
ONLY_WORDS = frozenset({"name", "description"})
"""Settings that the other side never hears of, so nothing is negotiated again."""


@operation("GET", "/networks/{networkId}/ipsec-tunnels", need=("network", "READ"))
def list_tunnels(world: World, call: Call) -> Answer:
    """The tunnels of a network with their state."""
    network = find_network(world, call)
    rows = list(network.tunnels.values())
    view = partial(tunnel_view, network, now=call.now)
    return paged(call, rows, view, SORT_KEYS, lambda tunnel: tunnel.tunnel_id)


@operation("POST", "/networks/{networkId}/ipsec-tunnels", need=("network", "WRITE"))
def create_tunnel(world: World, call: Call) -> Answer:
    """Set up a tunnel, which takes minutes; the job's result shows a generated key once.

    The tunnel is listed from the start; cancelling the job takes it away again.
    """
    network = find_network(world, call)
    check_limit(len(network.tunnels) + 1, limits.TUNNELS, "IPsec tunnels in a network")
    _check_key(call)
    settings = new_settings(network, call.body)
    tunnel = TunnelRecord(world.new_id("tun"), settings, call.now, modified_by=call.user.email)
    network.tunnels[tunnel.tunnel_id] = tunnel
    job = _start_job(world, call, network, tunnel)
    if call.body.get("psk") is None:
        job.shown_once["psk"] = generate_psk(world)
    abandon = partial(_abandon_if_cancelled, job, network, tunnel)
    world.agenda.at(call.now + NEGOTIATION, abandon)
    if settings["enabled"]:
        negotiate(world, network, tunnel, call.now)
    else:
        set_state(tunnel, "DISABLED", call.now)
    return job_answer(world, job)


@operation("GET", "/networks/{networkId}/ipsec-tunnels/{tunnelId}", need=("network", "READ"))
def get_tunnel(world: World, call: Call) -> Answer:
    """One tunnel with its state; never its key."""
    network = find_network(world, call)
    tunnel = find_tunnel(network, call)
    return found(tunnel, tunnel_view(network, tunnel, call.now))


@operation("PATCH", "/networks/{networkId}/ipsec-tunnels/{tunnelId}", need=("network", "WRITE"))
def change_tunnel(world: World, call: Call) -> Answer:
    """Change a tunnel: 202 when both sides have to negotiate again, else 200."""
    network = find_network(world, call)
    tunnel = find_tunnel(network, call)
    check_version(call, tunnel, required=True)
    _check_key(call)
    tunnel.settings = changed_settings(network, tunnel, call.body)
    if "psk" in call.body:
        tunnel.psk_set_at = call.now
    amend(call, tunnel)
    if not tunnel.settings["enabled"]:
        if tunnel.state != "DISABLED":
            set_state(tunnel, "DISABLED", call.now)
    elif not ONLY_WORDS.issuperset(call.body):
        negotiate(world, network, tunnel, call.now)
        return job_answer(world, _start_job(world, call, network, tunnel))
    return found(tunnel, tunnel_view(network, tunnel, call.now))


@operation("DELETE", "/networks/{networkId}/ipsec-tunnels/{tunnelId}", need=("network", "WRITE"))
def delete_tunnel(world: World, call: Call) -> Answer:
    """Take a tunnel down for good, unless a route leads into it."""
    network = find_network(world, call)
    tunnel = find_tunnel(network, call)
    check_version(call, tunnel, required=True)
    routes = _routes_into(network, tunnel)
    if routes:
        raise precondition(
            "RESOURCE_IN_USE",
            f"{len(routes)} routes lead into tunnel {tunnel.settings['name']}",
            ", ".join(route.destination_cidr for route in routes),
        )
    del network.tunnels[tunnel.tunnel_id]
    return Answer({})


def _check_key(call: Call) -> None:
    psk = call.body.get("psk")
    if psk is not None:
        check_psk("psk", psk)


def _start_job(world: World, call: Call, network: NetworkRecord, tunnel: TunnelRecord) -> JobRecord:
    def finish(now: datetime) -> dict[str, Any] | None:
        is_there = tunnel.tunnel_id in network.tunnels
        return tunnel_view(network, tunnel, now) if is_there else None

    return start_job(
        world,
        kind="TUNNEL",
        by=call.user.email,
        now=call.now,
        total=0,
        finish=finish,
        seconds=NEGOTIATION.total_seconds(),
    )


def _abandon_if_cancelled(
    job: JobRecord, network: NetworkRecord, tunnel: TunnelRecord, _: datetime
) -> None:
    """Take a new tunnel away again whose job was cancelled, unless it is in use by now."""
    if job.status == "CANCELLED" and not _routes_into(network, tunnel):
        network.tunnels.pop(tunnel.tunnel_id, None)


def _routes_into(network: NetworkRecord, tunnel: TunnelRecord) -> list[RouteRecord]:
    return [route for route in network.routes if route.tunnel_id == tunnel.tunnel_id]
