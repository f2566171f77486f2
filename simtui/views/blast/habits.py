"""The fleet's habits, and the verdict about each of its Things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from simtui.models import Thing
from simtui.views.blast.judge import (
    BARRED,
    IDLE,
    ONLINE,
    Verdict,
    is_judged,
    last_heard,
    standing,
    verdict,
)
from simtui.views.blast.rhythm import BUCKETS, LEAST, bucket_of, usual_minutes
from simtui.views.fleet_context import FleetContext

_Kind: TypeAlias = "tuple[str | None, str | None]"
"""A group and a type of device (TAC)."""

_Told: TypeAlias = "tuple[int, int, _Kind | None]"
"""How a Thing stands, its whole minutes of quiet, and its kind if that matters."""

_Habit: TypeAlias = "tuple[float | None, bool]"
"""How long is usual, and whether it was learnt of devices that are alike."""


_HOUR = 60
"""Minutes."""

_A_GROUP = 5
"""Things that are not all asleep at once just by chance."""


class Habits:
    """``learn`` the whole fleet first, in its order; then ask for verdicts by position."""

    def __init__(self, context: FleetContext) -> None:
        self._now = context.now
        self._groups = context.groups
        self._told: list[_Told | None] = []
        self._counts: dict[_Kind, list[int]] = defaultdict(lambda: [0] * BUCKETS)
        self._habits: dict[_Kind, _Habit] = {}
        self._of_more: dict[str, list[int]] = {}
        self._talking: set[str | None] = set()

    def learn(self, things: Iterable[Thing | None]) -> None:
        """Take in some more of the fleet.

        Only those without a data session show how long their kind is quiet: one that is
        always online has no pauses to learn from.
        """
        told_of = self._told_of
        self._told += [told_of(thing) for thing in things]

    def _told_of(self, thing: Thing | None) -> _Told | None:
        """What a verdict needs of it, noted for its kind; None when there is none about it."""
        if thing is None or not is_judged(thing):
            return None
        stands, heard = standing(thing), last_heard(thing)
        if heard is None:
            return (BARRED, 0, None) if stands == BARRED else None
        quiet = int((self._now - heard).total_seconds()) // 60
        if stands == ONLINE or (stands == IDLE and quiet < _HOUR):
            self._talking.add(thing.things_group_id)
        if stands != IDLE:
            return stands, quiet, None
        kind = (thing.things_group_id, thing.imei[:8] if thing.imei else None)
        self._counts[kind][bucket_of(quiet)] += 1
        return stands, quiet, kind

    def verdict_of(self, position: int) -> Verdict | None:
        """What the Thing there is; None when it need not talk, or was never heard."""
        told = self._told[position]
        if told is None:
            return None
        stands, quiet, kind = told
        if kind is None:
            return verdict(stands, quiet, None)
        habit = self._habits.get(kind)
        if habit is None:
            habit = self._habits[kind] = self._learnt(kind)
        usual, of_its_like = habit
        found = verdict(stands, quiet, usual)
        return found if of_its_like or found != "healthy" else "neither"

    def _learnt(self, kind: _Kind) -> _Habit:
        """How long a kind is usually quiet.

        A kind of few, or that shows no habit, is judged as its group is, a small group as its
        network; and where even that is small, as the fleet: then a pause is no sign of health.
        But a group of which nobody has talked for an hour is not taken for one that sleeps.
        """
        if not self._of_more:
            self._add_up()
        own, group = self._counts[kind], self._of_more[f"group {kind[0]}"]
        if sum(own) >= LEAST and (usual := usual_minutes(own)) is not None:
            return usual, True
        for wider in (group, self._of_more[self._network(kind)]):
            if sum(wider) >= LEAST:
                return usual_minutes(wider), True
        if sum(group) >= _A_GROUP and kind[0] not in self._talking:
            return None, False
        return usual_minutes(self._of_more["fleet"]), False

    def _add_up(self) -> None:
        more = defaultdict[str, list[int]](lambda: [0] * BUCKETS)
        for kind, counts in self._counts.items():
            for wider in (f"group {kind[0]}", self._network(kind), "fleet"):
                more[wider] = [one + other for one, other in zip(more[wider], counts, strict=True)]
        self._of_more = more

    def _network(self, kind: _Kind) -> str:
        group = self._groups.get(kind[0] or "")
        return f"network {group.network_id}" if group is not None else f"group {kind[0]}"
