"""What stands out among the silent ones, and how sure that is.

For every value of every pivot, Fisher's exact test asks whether random failures would make so
many of the silent ones share it. The level of one look is shared by all values that could reach
it (Tarone), so a look at random failures finds anything at all in at most `LEVEL` of the cases.
What is unknown never helps a value: a silent one of which it is not known counts as not
having it, a healthy one as having it.

What stands out is ranked by Ochiai's coefficient, as programs are searched for the line that
fails: how much of the silence a value explains, and how few healthy ones share it. When the
first is found, its Things are left out and the rest is asked again, so that what merely goes
along with it (the country of the operator, the network of the group) is not told as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

from simtui.views.blast.dimensions import PIVOTS, Value
from simtui.views.blast.fisher import log_least, log_tail, shares_of
from simtui.views.blast.tally import Counts, Tally, sum_of

LEVEL: Final = 0.01
"""The part of all looks at random failures that finds something."""

LEAST_SILENT: Final = 3
"""Silent ones that have to share a value before it is told."""

LEAST_ODDS: Final = 3.0
"""How many times the odds of being silent have to be those of the others: in a large fleet,
differences can be certain and yet explain nothing."""

ALSO_SILENT: Final = 0.7
ALSO_HEALTHY: Final = 1 / 3
"""The least part of the silent ones and the most of the healthy ones for ``Finding.also``."""

MOST_ALSO: Final = 2

MOST: Final = 8
"""Findings that are told."""

_ORDER: Final = {name: at for at, name in enumerate(PIVOTS)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A value that silent Things share and healthy ones do not.

    ``same`` are the values that exactly the same Things have, this one first. ``counts`` are
    all Things with it, ``others`` all without it or of unknown value; ``apart`` are the silent
    ones that have nothing of the findings before it. ``log_chance`` is the logarithm of the
    part of looks at random failures in which any value would stand out so much, at most.
    ``also`` is what most of its silent ones have besides and few of its healthy ones, with
    the counts among its Things: a description, which was not tested.
    """

    same: tuple[Value, ...]
    counts: Counts
    others: Counts
    apart: int
    log_chance: float
    also: tuple[tuple[Value, Counts], ...] = ()

    @property
    def value(self) -> Value:
        """The value that names it."""
        return self.same[0]


def common_factors(tally: Tally, level: float = LEVEL) -> Iterator[Finding]:
    """What stands out, the best explanation first, each when it is asked for."""
    if not tally.total.silent or not tally.total.healthy:
        return
    shares = _shares(tally, level)
    suspects = {one: size for one, size in tally.sizes.items() if size.silent >= LEAST_SILENT}
    left_out: set[int] = set()
    for _ in range(MOST):
        best = _best(tally, suspects, left_out, log(level / shares))
        if best is None:
            return
        value, apart, log_chance = best
        yield _finding(tally, value, apart, min(log_chance + log(shares), 0.0))
        left_out.update(tally.where[value])


def _shares(tally: Tally, level: float) -> int:
    """By how many values the level has to be shared."""
    total = tally.total
    sizes = (size.both for size in tally.sizes.values() if size.both >= LEAST_SILENT)
    least = (log_least(having, total.silent, total.both) for having in sizes)
    return shares_of(least, level)


def _best(
    tally: Tally, suspects: Mapping[Value, Counts], left_out: Collection[int], limit: float
) -> tuple[Value, int, float] | None:
    """The value that explains most of what is left, its silent ones, and its chance."""
    gone = sum(tally.cells[at].silent for at in left_out)
    fine = sum(tally.cells[at].healthy for at in left_out)
    total = Counts(tally.total.silent - gone, tally.total.healthy - fine)
    best: tuple[tuple[float, int, str], Value, int, float] | None = None
    for value, whole in suspects.items():
        counts = tally.rest_of(value, left_out) if left_out else whole
        if counts.silent < LEAST_SILENT:
            continue
        doubtful = min(tally.unknown_healthy(value.pivot), total.healthy - counts.healthy)
        having = counts.both + doubtful
        log_chance = log_tail(counts.silent, having, total.silent, total.both)
        if log_chance > limit or _odds(counts, total) < LEAST_ODDS:
            continue
        rank = (counts.silent**2 / (total.silent * having), -_ORDER[value.pivot], value.key)
        if best is None or rank > best[0]:
            best = (rank, value, counts.silent, log_chance)
    return best[1:] if best is not None else None


def _odds(counts: Counts, total: Counts) -> float:
    """The ratio of the odds, with the usual half added so that none is divided by zero."""
    silent, healthy = counts
    rest_silent, rest_healthy = total.silent - silent, total.healthy - healthy
    return (silent + 0.5) * (rest_healthy + 0.5) / ((healthy + 0.5) * (rest_silent + 0.5))


def _finding(tally: Tally, value: Value, apart: int, log_chance: float) -> Finding:
    counts, cells = tally.sizes[value], tally.where[value]
    same = (one for one, at in tally.where.items() if tally.sizes[one] == counts and at == cells)
    ordered = sorted(same, key=lambda other: (_ORDER[other.pivot], other.key))
    others = Counts(tally.total.silent - counts.silent, tally.total.healthy - counts.healthy)
    also = _also(tally, ordered)
    return Finding(tuple(ordered), counts, others, apart, log_chance, also)


def _also(tally: Tally, same: Collection[Value]) -> tuple[tuple[Value, Counts], ...]:
    """What narrows a finding down, the closest first; most of its Things are healthy then."""
    value = next(iter(same))
    whole, cells = tally.sizes[value], set(tally.where[value])
    if whole.healthy < whole.silent:
        return ()
    wanted = max(ALSO_SILENT * whole.silent, LEAST_SILENT)
    found = []
    for other, size in tally.sizes.items():
        if size.silent < wanted or other in same:
            continue
        counts = sum_of(tally.cells[at] for at in tally.where[other] if at in cells)
        if counts.silent >= wanted and counts.healthy <= ALSO_HEALTHY * whole.healthy:
            found.append((other, counts))
    found.sort(key=lambda one: (-one[1].silent / one[1].both, _ORDER[one[0].pivot], one[0].key))
    return tuple(found[:MOST_ALSO])
