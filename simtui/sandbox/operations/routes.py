"""The route table of a network, read and written as a whole (contract §3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from ipaddress import IPv4Network
from typing import Any

from simtui.sandbox import limits
from simtui.sandbox.call import Answer, Call, check_if_match, invalid
from simtui.sandbox.find import find_network
from simtui.sandbox.limits import check_limit
from simtui.sandbox.networking import EVERYWHERE, refuse_overlap_with_pools
from simtui.sandbox.paging import paged
from simtui.sandbox.records import NetworkRecord, RouteRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.validate.cidr import read_cidr
from simtui.sandbox.validate.fields import unknown_id
from simtui.sandbox.validate.text import refuse_duplicates
from simtui.sandbox.world import World

SORT_KEYS = {
    "destinationCidr": lambda route: IPv4Network(route.destination_cidr),
    "metric": lambda route: route.metric,
    "origin": lambda route: route.origin,
}


@operation("GET", "/networks/{networkId}/routes", need=("network", "READ"))
def list_routes(world: World, call: Call) -> Answer:
    """The table: the platform's own routes first, then the static ones as they were sent."""
    return _table(call, find_network(world, call))


@operation("PUT", "/networks/{networkId}/routes", need=("network", "WRITE"))
def replace_routes(world: World, call: Call) -> Answer:
    """Replace the static routes; system routes are left out of the body and stay.

    An item with the ``routeId`` of a static route is that route (contract §3.5, end).
    """
    network = find_network(world, call)
    check_if_match(
        call, network.routes_version, required=True, changed_by=network.routes_modified_by
    )
    items = call.body["items"]
    refuse_duplicates("items", [item["routeId"] for item in items if "routeId" in item])
    static = [_read_route(network, item, f"items[{at}]") for at, item in enumerate(items)]
    check_limit(len(static), limits.ROUTES, "static routes")
    for route in static:
        route.route_id = route.route_id or world.new_id("r")
    network.routes = [route for route in network.routes if route.origin == "SYSTEM"] + static
    network.routes_version += 1
    network.routes_modified_by = call.user.email
    return _table(replace(call, query={"limit": len(network.routes)}), network)


def _table(call: Call, network: NetworkRecord) -> Answer:
    page = paged(call, network.routes, _route_view, SORT_KEYS, lambda route: route.route_id)
    return replace(page, version=network.routes_version)


def _read_route(network: NetworkRecord, item: Mapping[str, Any], at: str) -> RouteRecord:
    """A static route, checked; its id is empty when it is new."""
    destination = read_cidr(f"{at}.destinationCidr", item["destinationCidr"])
    if destination != EVERYWHERE:
        refuse_overlap_with_pools(network, destination)
    target_type, tunnel_id = _read_target(network, item["target"], f"{at}.target")
    return RouteRecord(
        route_id=_known_id(network, item.get("routeId", ""), at),
        destination_cidr=str(destination),
        target_type=target_type,
        tunnel_id=tunnel_id,
        metric=item.get("metric", 100),
        enabled=item.get("enabled", True),
    )


def _read_target(
    network: NetworkRecord, target: Mapping[str, Any], at: str
) -> tuple[str, str | None]:
    tunnel_id = target.get("tunnelId")
    is_tunnel = target["type"] == "IPSEC_TUNNEL"
    if is_tunnel and tunnel_id is None:
        raise invalid(f"{at}.tunnelId", "REQUIRED", "A route into a tunnel names the tunnel")
    if not is_tunnel and tunnel_id is not None:
        raise invalid(f"{at}.tunnelId", "NOT_ALLOWED", f"{target['type']} has no tunnel")
    if is_tunnel and tunnel_id not in network.tunnels:
        raise unknown_id(f"{at}.tunnelId", "IPsec tunnel", str(tunnel_id))
    return target["type"], tunnel_id


def _known_id(network: NetworkRecord, route_id: str, at: str) -> str:
    for route in network.routes:
        if route_id and route.route_id == route_id:
            if route.origin == "SYSTEM":
                raise invalid(
                    f"{at}.routeId", "READ_ONLY", f"{route_id} is a system route: leave it out"
                )
            return route_id
    if route_id:
        raise unknown_id(f"{at}.routeId", "route", route_id)
    return ""


def _route_view(route: RouteRecord) -> dict[str, Any]:
    return {
        "routeId": route.route_id,
        "destinationCidr": route.destination_cidr,
        "target": {"type": route.target_type, "tunnelId": route.tunnel_id},
        "metric": route.metric,
        "enabled": route.enabled,
        "origin": route.origin,
    }
