"""How much is kept: by age, by number and by size. The oldest goes first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from simtui.store.history.rows import to_time

ROOM: Final = 0.02
"""The share that is dropped beyond what is needed, so that it is not needed all the time."""
FREE: Final = 0.25
"""The share of a file that may be free for what comes next."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """``restless`` is how many of the ``rows`` may be of what changes by itself all the time:
    a fleet of sensors that wake and sleep must not push out what people did."""

    age: timedelta = timedelta(days=35)
    rows: int = 500_000
    restless: int = 300_000
    bytes: int = 160_000_000


USUAL: Final = Bounds()
IN_MEMORY: Final = Bounds(rows=50_000, restless=30_000, bytes=20_000_000)
"""Of a demo, which keeps nothing on the disk."""


def prune(db: sqlite3.Connection, bounds: Bounds, now: datetime) -> int:
    """Drop what is too old or too much; how many rows are left. Within a transaction."""
    db.execute("DELETE FROM change WHERE seen < ?", (to_time(now - bounds.age),))
    _drop_beyond(db, "restless = 1", bounds.restless)
    left = _drop_beyond(db, "1", bounds.rows)
    while left and used_bytes(db) > bounds.bytes:
        left = _drop_oldest(db, "1", left, max(int(left * ROOM), 1))
    return left


def give_back(db: sqlite3.Connection) -> None:
    """Return to the system what will not be used soon; after a transaction."""
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    (free,) = db.execute("PRAGMA freelist_count").fetchone()
    if free > pages * FREE:
        db.executescript("PRAGMA incremental_vacuum")  # `execute` would take only one step


def used_bytes(db: sqlite3.Connection) -> int:
    """What the rows take, without pages that are free again."""
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    (free,) = db.execute("PRAGMA freelist_count").fetchone()
    (size,) = db.execute("PRAGMA page_size").fetchone()
    return int((pages - free) * size)


def _drop_beyond(db: sqlite3.Connection, which: str, most: int) -> int:
    (count,) = db.execute(f"SELECT count(*) FROM change WHERE {which}").fetchone()
    if count <= most:
        return int(count)
    return _drop_oldest(db, which, count, count - most + int(most * ROOM))


def _drop_oldest(db: sqlite3.Connection, which: str, count: int, drop: int) -> int:
    db.execute(
        "DELETE FROM change WHERE id IN"
        f" (SELECT id FROM change WHERE {which} ORDER BY seen, id LIMIT ?)",
        (drop,),
    )
    return max(count - drop, 0)
