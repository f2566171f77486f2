"""The order of a route table (contract §3.4)."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from simtui.models import Route
from simtui.models.settings import RouteSettings
from simtui.views.packet.routing import longest_prefix, never_used, order_of


def route(cidr: str, metric: int = 100, enabled: bool = True) -> RouteSettings:
    return RouteSettings(cidr, metric=metric, enabled=enabled)


DEFAULT, WIDE, NARROW = route("0.0.0.0/0", 1), route("10.0.0.0/8"), route("10.8.0.0/16", 200)


def test_the_longest_prefix_wins_whatever_the_metric() -> None:
    routes = (DEFAULT, WIDE, NARROW)
    assert longest_prefix(routes, IPv4Address("10.8.1.1")) is NARROW
    assert longest_prefix(routes, IPv4Address("10.9.1.1")) is WIDE
    assert longest_prefix(routes, int(IPv4Address("8.8.8.8"))) is DEFAULT
    assert longest_prefix((WIDE,), IPv4Address("8.8.8.8")) is None


def test_then_the_lowest_metric_and_then_the_first() -> None:
    dear, cheap, same = route("10.0.0.0/8", 9), route("10.0.0.0/8", 2), route("10.0.0.0/8", 2)
    assert longest_prefix((dear, cheap, same), IPv4Address("10.1.1.1")) is cheap
    assert order_of((dear, cheap, same)) == (cheap, same, dear)


def test_disabled_routes_and_unreadable_ones_lead_nowhere() -> None:
    routes = (route("10.8.0.0/16", enabled=False), route("?"), WIDE)
    assert longest_prefix(routes, IPv4Address("10.8.1.1")) is WIDE
    assert order_of((route("?"), DEFAULT, WIDE)) == (WIDE, DEFAULT, route("?"))


def test_system_routes_count() -> None:
    system = Route("r0", "0.0.0.0/0", metric=255, origin="SYSTEM")
    assert longest_prefix((system,), IPv4Address("8.8.8.8")) is system


def test_routes_that_are_never_used() -> None:
    routes = (
        route("10.0.0.0/8", 100), route("10.0.0.0/8", 50), route("10.0.0.0/8", 50),
        route("10.0.0.0/8", 1, enabled=False), route("10.0.0.0/9", 200), route("?"), route("?"),
    )  # fmt: skip
    assert never_used(routes) == {0: 1, 2: 1}
    assert never_used((DEFAULT, WIDE, NARROW)) == {}


CIDRS = ("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/30", "10.0.0.0/31", "10.0.0.1/32", "10.0.0.1")
TABLES = st.lists(
    st.builds(
        RouteSettings,
        st.sampled_from(CIDRS),
        metric=st.integers(1, 3),
        enabled=st.sampled_from((True, True, False)),
    ),
    max_size=7,
)


@given(TABLES, st.sampled_from(("10.0.0.0", "10.0.0.1", "10.0.0.2", "10.9.9.9", "8.8.8.8")))
def test_the_route_taken_is_the_one_of_a_search_by_prefix_length(routes, address) -> None:
    taken = longest_prefix(routes, IPv4Address(address))
    for length in range(32, -1, -1):
        networks = [(one, ip_network(one.destination_cidr)) for one in routes if one.enabled]
        fitting = [
            one for one, net in networks if net.prefixlen == length and ip_address(address) in net
        ]
        if fitting:
            assert taken is min(fitting, key=lambda one: one.metric)
            return
    assert taken is None


@given(TABLES)
def test_a_route_is_never_used_exactly_when_leaving_it_out_changes_nothing(routes) -> None:
    """Asked for the one address that only the equal destinations can be longest for."""
    losing = never_used(routes)
    for index, one in enumerate(routes):
        network = ip_network(one.destination_cidr)
        equals = [other for other in routes if ip_network(other.destination_cidr) == network]
        taken = longest_prefix(equals, network.network_address)
        assert (index in losing) == (one.enabled and taken is not one)
        if index in losing:
            assert routes[losing[index]] is taken
