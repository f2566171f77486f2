"""How often what is restless has changed: sessions of Things, and the state of tunnels."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from simtui.models.change import ChangeKind
from simtui.store.history.rows import from_time, to_time
from simtui.views.pulse.trend import BARS, step_for

LEAST_CHANGES: Final = 6
"""Of a session, before they tell a habit."""
HABIT: Final = timedelta(days=14)
"""How far back a habit is looked for."""

_SINCE: Final = "SELECT min(seen) FROM change WHERE account = ?"
_SESSIONS: Final = (
    "SELECT before, after, (? - min(ifnull(at, seen), seen)) / ? AS back, count(*) FROM change"
    " WHERE account = ? AND kind = 'session' AND seen >= ? GROUP BY before, after, back"
)
_PACES: Final = (
    "SELECT object, sum(times) AS changes, min(first) AS begun, max(seen) AS ended FROM change"
    " WHERE account = ? AND kind = 'session' AND seen >= ?"
    " GROUP BY object HAVING changes >= ? AND ended > begun LIMIT ?"
)
_TUNNELS: Final = (
    "SELECT object, times, first, seen, min(ifnull(at, seen), seen) FROM change"
    " WHERE account = ? AND kind = ? AND seen >= ?"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted.

    ``since`` is when the oldest change was seen that is kept, and ``step`` how many seconds a bar
    of a trend of that time stands for; None when it is too short for one. ``sessions`` are how
    many came into a state less how many left it, by state and by how many steps before now.
    ``paces`` are the seconds from one end of a session to the next, on average, by Thing: two
    changes. ``flaps`` are changes of state from the start on, by tunnel, and ``tunnel_changes``
    those of them whose moment is known.
    """

    since: datetime | None = None
    step: int | None = None
    sessions: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    paces: Mapping[str, float] = field(default_factory=dict)
    flaps: Mapping[str, float] = field(default_factory=dict)
    tunnel_changes: tuple[tuple[str, datetime], ...] = ()


def count_changes(
    db: sqlite3.Connection, account: int, start: datetime, now: datetime, most: int
) -> Counts:
    """Count: tunnels from ``start`` on, sessions as far as a trend goes, and the paces of at
    most so many Things further back."""
    (oldest,) = db.execute(_SINCE, (account,)).fetchone()
    since = from_time(oldest)
    step = step_for(now - since) if since is not None else None
    flaps, moments = _tunnels(db, account, start)
    return Counts(
        since,
        step,
        _sessions(db, account, now, step) if step is not None else {},
        _paces(db, account, now - HABIT, most),
        flaps,
        moments,
    )


def _sessions(
    db: sqlite3.Connection, account: int, now: datetime, step: int
) -> dict[str, dict[int, int]]:
    nets: dict[str, dict[int, int]] = {}
    start = now - timedelta(seconds=step * BARS)
    wanted = (to_time(now), step * 1000, account, to_time(start))
    for before, after, back, count in db.execute(_SESSIONS, wanted):
        for state, change in ((after, count), (before, -count)):
            if state is not None:
                by_step = nets.setdefault(state, {})
                by_step[back] = by_step.get(back, 0) + change
    return nets


def _paces(db: sqlite3.Connection, account: int, start: datetime, most: int) -> dict[str, float]:
    rows = db.execute(_PACES, (account, to_time(start), LEAST_CHANGES, most))
    return {
        object_id: 2 * (ended - begun) / 1000 / (changes - 1)
        for object_id, changes, begun, ended in rows
    }


def _tunnels(
    db: sqlite3.Connection, account: int, start: datetime
) -> tuple[dict[str, float], tuple[tuple[str, datetime], ...]]:
    """Of a row that counts several changes, as many as fall into the time, taken evenly."""
    edge = to_time(start) or 0
    flaps: dict[str, float] = {}
    moments: list[tuple[str, datetime]] = []
    for object_id, times, first, seen, at in db.execute(
        _TUNNELS, (account, ChangeKind.TUNNEL_STATE, edge)
    ):
        share = (seen - max(first, edge)) / (seen - first) if seen > first else 1.0
        flaps[object_id] = flaps.get(object_id, 0.0) + max(times * share, 1.0)
        moment = from_time(at)
        if moment is not None:
            moments.append((object_id, moment))
    return flaps, tuple(moments)
