"""The fleet counted by what its Things have in common.

Things with the same traits are counted together, so that a question about a value is one about
some thousand counts and not about every Thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from simtui.views.blast.dimensions import PIVOTS, Traits, Value, Values
from simtui.views.fleet_context import FleetContext


class Counts(NamedTuple):
    """How many silent and how many healthy ones."""

    silent: int
    healthy: int

    @property
    def both(self) -> int:
        """All of them."""
        return self.silent + self.healthy


@dataclass(frozen=True, slots=True)
class Tally:
    """``cells`` are Things of the same traits. Of every value, ``where`` has its cells and
    ``sizes`` its Things; ``known`` says for how many Things each pivot is known."""

    cells: Sequence[Counts]
    where: Mapping[Value, Sequence[int]]
    sizes: Mapping[Value, Counts]
    known: Mapping[str, Counts]
    total: Counts

    def rest_of(self, value: Value, without: Collection[int]) -> Counts:
        """The Things with a value, leaving some cells out."""
        cells = self.cells
        return sum_of(cells[at] for at in self.where[value] if at not in without)

    def unknown_healthy(self, pivot: str) -> int:
        """Healthy ones of which it is not known what value they have."""
        return self.total.healthy - self.known[pivot].healthy


def sum_of(cells: Iterable[Counts]) -> Counts:
    """All of them together."""
    silent = healthy = 0
    for one in cells:
        silent += one[0]
        healthy += one[1]
    return Counts(silent, healthy)


class Tallying:
    """Takes in cells until the tally is whole; names come from ``context``."""

    def __init__(self, context: FleetContext) -> None:
        self._values = Values(context)
        self._cells: list[Counts] = []
        self._where: dict[Value, list[int]] = defaultdict(list)

    def add(self, some: Iterable[tuple[Traits, Counts]]) -> None:
        """Count Things by the values they have."""
        where, values = self._where, self._values
        for traits, counts in some:
            at = len(self._cells)
            self._cells.append(counts)
            for value in values.of(traits):
                where[value].append(at)

    def tally(self) -> Tally:
        """What was counted. A pivot is known where a value is; of tags, having none is known."""
        cells, total = self._cells, sum_of(self._cells)
        sizes = {
            value: sum_of(map(cells.__getitem__, found)) for value, found in self._where.items()
        }
        known = {
            name: sum_of(size for value, size in sizes.items() if value.pivot == name)
            for name in PIVOTS
        }
        return Tally(cells, self._where, sizes, {**known, "tag": total}, total)
