"""What is usual for a Thing: how long it is silent between two signs of life.

What is known without a request has to do: how often its session has changed in the history,
else how long others of its device type (the first eight digits of the IMEI) or of its group
have been silent at this moment. Devices that talk every six hours are, at any moment, silent
for three in the median; so twice the median is the usual gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from simtui.models import Service, State, Thing
from simtui.views.identity import tac_of
from simtui.views.pulse.thresholds import DEFAULTS, Thresholds

PEERS: Final = 8
"""With fewer that were heard of, a device type or a group tells nothing."""
UNKNOWN_GAP: Final = timedelta(hours=24)
"""How long a Thing may be silent of which nothing tells the habit."""
SAMPLE: Final = 2_000
"""Of how many silences a median is taken at most."""
AT_ONCE: Final = 2_000
"""Things that are looked at between two frames; some milliseconds."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Usual gaps in seconds; ``as_of`` is when the fleet was read that silence is counted to."""

    as_of: datetime
    thresholds: Thresholds = DEFAULTS
    own: Mapping[str, float] = field(default_factory=dict)
    by_tac: Mapping[str, float] = field(default_factory=dict)
    by_group: Mapping[str, float] = field(default_factory=dict)

    def usual(self, thing: Thing) -> float | None:
        """Its usual gap; None when nothing tells."""
        own = self.own.get(thing.thing_id)
        if own is not None:
            return own
        gap = self.by_tac.get(tac_of(thing.imei)) if thing.imei else None
        return gap if gap is not None else self.by_group.get(thing.things_group_id or "")

    def allowed(self, thing: Thing) -> float:
        """For how many seconds its silence is nothing."""
        usual, limits = self.usual(thing), self.thresholds
        if usual is None:
            return max(UNKNOWN_GAP.total_seconds(), limits.silent_floor)
        return max(usual * limits.silent_factor, limits.silent_floor)

    def is_silent(self, thing: Thing) -> bool:
        """Whether a Thing that should talk has been silent for longer than it usually is."""
        silence = silence_of(thing, self.as_of)
        return silence is not None and silence > self.allowed(thing)


def silence_of(thing: Thing, as_of: datetime) -> float | None:
    """For how many seconds nothing was heard of a Thing that may talk: an active one with data.
    None for others, and for one that was never heard of, which has no habit."""
    if thing.state != State.ACTIVE or thing.last_seen_at is None:
        return None
    services = thing.allowed_services
    if services is not None and Service.DATA not in services:
        return None
    return max((as_of - thing.last_seen_at).total_seconds(), 0.0)


def learn_habits(
    things: Sequence[Thing | None],
    as_of: datetime,
    own: Mapping[str, float],
    thresholds: Thresholds,
) -> Iterator[Habits | None]:
    """The habits, at the end of many small steps, of which each yields None."""
    by_tac: dict[str, list[float]] = {}
    by_group: dict[str, list[float]] = {}
    for number, thing in enumerate(things, 1):
        silence = silence_of(thing, as_of) if thing is not None else None
        if thing is not None and silence is not None:
            if thing.imei:
                by_tac.setdefault(tac_of(thing.imei), []).append(silence)
            if thing.things_group_id:
                by_group.setdefault(thing.things_group_id, []).append(silence)
        if number % AT_ONCE == 0:
            yield None
    gaps: list[dict[str, float]] = []
    for silences in (by_tac, by_group):
        gaps.append({key: _gap(known) for key, known in silences.items() if len(known) >= PEERS})
        yield None
    yield Habits(as_of, thresholds, own, *gaps)


def habits_of(things: Sequence[Thing | None], as_of: datetime) -> Habits:
    """The habits at once, for who has the time and neither a history nor thresholds."""
    (learnt,) = (one for one in learn_habits(things, as_of, {}, DEFAULTS) if one is not None)
    return learnt


def _gap(silences: list[float]) -> float:
    """Twice the median; of very many, of as many as are needed, taken evenly."""
    return 2 * median(silences[:: max(len(silences) // SAMPLE, 1)])
