"""One look at the fleet: who is silent, what they share, and since when.

It goes through the fleet twice, in slices that the screen runs between two frames: first to
learn how long each kind of device is usually quiet, then to judge and to count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from simtui.models import Thing
from simtui.views.blast.dimensions import Traits, traits_of
from simtui.views.blast.findings import Finding, common_factors
from simtui.views.blast.habits import Habits
from simtui.views.blast.judge import last_heard
from simtui.views.blast.question import Question
from simtui.views.blast.tally import Counts, Tally, Tallying
from simtui.views.filter.evaluate import Predicate, compile_facts
from simtui.views.filter.terms import Filter
from simtui.views.fleet_context import FleetContext
from simtui.views.fleet_index import FleetIndex

SLICE = 4_000
"""Things handled in one step, which takes some 10 ms."""


class Silent(NamedTuple):
    """A silent Thing: which, when it was last heard, and its cell in the tally."""

    thing_id: str
    heard: datetime | None
    cell: int


@dataclass(frozen=True, slots=True)
class Blast:
    """What a look has found at the moment ``at``.

    ``whole_fleet`` says that the healthy ones of the whole fleet are those compared with, and
    not only those within the filter. ``neither`` are Things that should talk and are not
    counted. ``here`` and ``elsewhere`` are the counts within the place that the filter names
    and in the rest of the fleet, whoever was asked about; zero when it names none.
    """

    question: Question
    at: datetime
    tally: Tally
    findings: tuple[Finding, ...]
    silent: tuple[Silent, ...]
    whole_fleet: bool
    neither: int
    here: Counts
    elsewhere: Counts

    def silent_of(self, finding: Finding | None) -> tuple[Silent, ...]:
        """The silent ones that a finding is about; None: all of them."""
        if finding is None:
            return self.silent
        cells = set(self.tally.where[finding.value])
        return tuple(one for one in self.silent if one.cell in cells)


class Look:
    """Call ``step`` until nothing remains; then there is a ``result``."""

    def __init__(self, index: FleetIndex, context: FleetContext, question: Question) -> None:
        self.result: Blast | None = None
        self._index = index
        self._context = context
        self._question = question
        self._habits = Habits(context)
        self._scope = _Test(index, question.scope, context)
        self._condition = _Test(index, question.condition, context)
        self._counts: dict[Traits, list[int]] = defaultdict(lambda: [0, 0, 0])
        self._silent: list[tuple[Thing, Traits]] = []
        self._neither = 0
        self._seen: Counter[tuple[bool, str]] = Counter()
        self._work = self._steps()

    def step(self) -> bool:
        """Do a slice; whether more remains."""
        return next(self._work, False)

    def finish(self) -> Blast:
        """Do all that remains."""
        while self.result is None:
            self.step()
        return self.result

    def _steps(self) -> Iterator[bool]:
        things = self._index.things
        slices = [range(at, min(at + SLICE, len(things))) for at in range(0, len(things), SLICE)]
        for some in slices:
            self._habits.learn(things[some.start : some.stop])
            yield True
        for some in slices:
            self._judge(some)
            yield True
        inside = sum(healthy for _, healthy, _ in self._counts.values())
        whole_fleet = inside < len(self._silent)
        counts = {
            traits: Counts(silent, healthy + (away if whole_fleet else 0))
            for traits, (silent, healthy, away) in self._counts.items()
            if silent or healthy or (away and whole_fleet)
        }
        yield True
        tallying, cells = Tallying(self._context), iter(counts.items())
        while some_cells := list(islice(cells, SLICE)):
            tallying.add(some_cells)
            yield True
        tally, findings = tallying.tally(), []
        yield True
        for finding in common_factors(tally):
            findings.append(finding)
            yield True
        whole_fleet |= not self._question.scope
        self.result = self._blast(tally, tuple(findings), counts, whole_fleet=whole_fleet)

    def _judge(self, positions: range) -> None:
        """Count a slice: as silent, as healthy here, or as healthy elsewhere."""
        question, marked = self._question, self._question.marked
        inside, meant = self._scope.passing(positions), self._condition.passing(positions)
        verdict_of, seen = self._habits.verdict_of, self._seen
        for at in positions:
            thing = self._index.things[at]
            if thing is None:
                continue
            verdict = verdict_of(at)
            is_here = inside is None or at in inside
            if inside is not None and verdict is not None:
                seen[is_here, verdict] += 1
            if marked:
                is_silent = thing.thing_id in marked
            elif meant is None:
                is_silent = is_here and verdict == "silent"
            else:
                is_asked = verdict is not None or question.names_states
                is_silent = is_here and is_asked and verdict != "healthy" and at in meant
            if is_silent:
                traits = traits_of(thing)
                self._counts[traits][0] += 1
                self._silent.append((thing, traits))
            elif verdict == "healthy":
                self._counts[traits_of(thing)][1 if is_here else 2] += 1
            elif verdict is not None and is_here:
                self._neither += 1

    def _blast(
        self,
        tally: Tally,
        findings: tuple[Finding, ...],
        counts: dict[Traits, Counts],
        *,
        whole_fleet: bool,
    ) -> Blast:
        cells = {traits: at for at, traits in enumerate(counts)}
        silent = tuple(
            Silent(thing.thing_id, last_heard(thing), cells[traits])
            for thing, traits in self._silent
        )
        return Blast(
            self._question,
            self._context.now,
            tally,
            findings,
            silent,
            whole_fleet,
            self._neither,
            Counts(self._seen[True, "silent"], self._seen[True, "healthy"]),
            Counts(self._seen[False, "silent"], self._seen[False, "healthy"]),
        )


class _Test:
    """A filter that is asked about one slice after the other."""

    def __init__(self, index: FleetIndex, query: Filter, context: FleetContext) -> None:
        self._index = index
        self._query = query
        self._facts: Predicate | None = compile_facts(query, context)

    def passing(self, positions: range) -> set[int] | None:
        """Those that pass; None when all do."""
        if not self._query:
            return None
        return set(self._index.matching(positions, self._query.text_terms, self._facts))
