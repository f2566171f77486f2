"""The order of a route table: the longest prefix wins, then the lowest metric (contract §3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address
from typing import Final, TypeVar

from simtui.models import Route
from simtui.models.settings import RouteSettings
from simtui.views.firewall.reading import LAST_ADDRESS, Span, span_of

AnyRoute = TypeVar("AnyRoute", bound=Route | RouteSettings)

_LAST: Final[Span] = (0, LAST_ADDRESS + 1)
"""Where a destination that cannot be read is put: behind the default route."""


def order_of(routes: Sequence[AnyRoute]) -> tuple[AnyRoute, ...]:
    """The routes as they are tried, disabled ones at the place that they would have.

    Of equal prefixes and metrics the first stays first; those that cannot be read are last.
    """
    return tuple(sorted(routes, key=lambda route: (_size(route), route.metric)))


def longest_prefix(routes: Sequence[AnyRoute], dst: int | IPv4Address) -> AnyRoute | None:
    """The enabled route that a packet to ``dst`` takes; None when there is none."""
    fitting = [route for route in routes if route.enabled and _leads_to(route, int(dst))]
    return next(iter(order_of(fitting)), None)


def never_used(routes: Sequence[AnyRoute]) -> dict[int, int]:
    """Which enabled routes can never be used, and which one is preferred to each.

    From index to index: the preferred one is enabled, has the same destination and a lower
    metric, or the same and comes first.
    """
    best: dict[Span, int] = {}
    losing: dict[int, int] = {}
    for index in sorted(range(len(routes)), key=lambda index: routes[index].metric):
        span = span_of(routes[index].destination_cidr)
        if span is None or not routes[index].enabled:
            continue
        if span in best:
            losing[index] = best[span]
        else:
            best[span] = index
    return dict(sorted(losing.items()))


def _leads_to(route: Route | RouteSettings, dst: int) -> bool:
    span = span_of(route.destination_cidr)
    return span is not None and span[0] <= dst <= span[1]


def _size(route: Route | RouteSettings) -> int:
    """How many addresses it leads to, less one: the fewer, the longer its prefix."""
    first, last = span_of(route.destination_cidr) or _LAST
    return last - first
