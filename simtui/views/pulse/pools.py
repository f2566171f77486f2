"""How full the pools are, and when they will be full at the rate of this session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from simtui.models import IpPool, Network
from simtui.views.ages import duration
from simtui.views.amounts import count_text
from simtui.views.network.fill import Fill, fill_of
from simtui.views.plan.wording import named, plural
from simtui.views.pulse.row import Lead, Level, PulseRow
from simtui.views.pulse.seen import PoolSeen, Seen

LEAST_GROWTH = 3
"""Addresses; less is coming and going."""


def pool_rows(seen: Seen) -> Iterator[PulseRow]:
    """A row for each pool that needs a look; else one for the fullest."""
    known = [
        (_row(seen, network, pool, fill), fill)
        for network in sorted(seen.context.networks.values(), key=lambda one: one.name.casefold())
        for pool in network.ip_pools
        if (fill := fill_of(pool)) is not None
    ]
    needing = [row for row, _ in known if row.level != Level.OK]
    if needing:
        yield from sorted(needing, key=lambda row: row.level)
    elif known:
        fullest, _ = max(known, key=lambda one: one[1].percent)
        yield fullest


def full_in(fill: Fill, seen: PoolSeen) -> timedelta | None:
    """When nothing will be free if it goes on like this; None when there is no such trend."""
    if seen.growth is None or seen.growth[0] < LEAST_GROWTH or seen.growth[1] <= 0:
        return None
    more, seconds = seen.growth
    return timedelta(seconds=min(fill.free / more * seconds, 10**9))


def _row(seen: Seen, network: Network, pool: IpPool, fill: Fill) -> PulseRow:
    trend = seen.pools.get(pool.ip_pool_id, PoolSeen())
    ends = full_in(fill, trend)
    limits = seen.thresholds
    soon = ends is not None and ends <= timedelta(hours=limits.pool_full_hours)
    bad = fill.percent >= limits.pool_fill_bad or (soon and fill.percent >= limits.pool_fill_warn)
    warn = soon or fill.percent >= limits.pool_fill_warn
    where = f"Pool {named(pool.cidr)} of {named(network.name)}"
    used = f"{count_text(fill.used)} of {count_text(fill.usable)} addresses"
    number = f"{fill.percent} %" + (f" · {duration(ends.total_seconds())}" if ends else "")
    return PulseRow(
        f"pool {pool.ip_pool_id}",
        "networks",
        where,
        number,
        Level.RED if bad else Level.YELLOW if warn else Level.OK,
        f"{where} has {used} in use; {_ends_text(ends, trend)}.",
        f"Yellow from {limits.pool_fill_warn} % on, or when it will be full within"
        f" {limits.pool_full_hours}h; red from {limits.pool_fill_bad} % on, or when both are so.",
        Lead("leases", pool.ip_pool_id, network.network_id),
        seen.networks_as_of,
        trend.trend,
    )


def _ends_text(ends: timedelta | None, seen: PoolSeen) -> str:
    if ends is not None:
        assert seen.growth is not None
        more = int(seen.growth[0])
        grown = f"{count_text(more)} {plural(more, 'address', 'addresses')} more"
        return (
            f"full in {duration(ends.total_seconds())} at this rate (an estimate:"
            f" {grown} in {duration(seen.growth[1])})"
        )
    if seen.growth is None:
        return "when it will be full is not known before it was seen for a while"
    return f"it has not grown in {duration(seen.growth[1])}"
