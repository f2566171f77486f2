"""Adding changes: none twice, and what goes to and fro as one row with a count."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from simtui.models.change import RESTLESS, Change
from simtui.store.history.rows import INSERT, row_of, to_time

FEW: Final = 4
"""How often something restless changes until its changes are only counted."""
FOLDED_FOR: Final = timedelta(hours=24)
"""For how long: so a device that flaps has no more than `FEW` rows in that time."""

_LATEST: Final = (
    "SELECT id, first, at, after FROM change"
    " WHERE account = ? AND object = ? AND kind = ? AND parent = ? ORDER BY id DESC LIMIT ?"
)
_FOLD: Final = (
    "UPDATE change SET seen = ?, at = ?, after = ?, after_name = ?, detail = ?,"
    " times = times + 1 WHERE id = ?"
)


def add_changes(db: sqlite3.Connection, account: int, changes: Iterable[Change]) -> int:
    """Add what is not known yet, oldest first; how many rows are new or other than before."""
    return sum(_add(db, account, change) for change in changes)


def _add(db: sqlite3.Connection, account: int, change: Change) -> bool:
    is_restless = change.kind in RESTLESS
    where = (account, change.object_id, change.kind, change.parent_id)
    latest = db.execute(_LATEST, (*where, FEW if is_restless else 1)).fetchall()
    if latest and _is_known(latest[0], change):
        return False
    if is_restless and _folds(latest, change):
        db.execute(_FOLD, (*_news(account, change), latest[0][0]))
    else:
        db.execute(INSERT, row_of(account, change))
    return True


def _is_known(latest: tuple[Any, ...], change: Change) -> bool:
    """Whether another simtui, or an earlier run that was killed, has seen this one already.

    Whoever sees all changes never sees two that end the same; somebody else's last one
    does, unless the API says that it happened at another time. The configuration is
    compared with what anybody has seen last, so that nothing of it comes twice.
    """
    if not change.of_thing:
        return False
    _, _, at, after = latest
    told = to_time(change.at)
    later = told is not None and at is not None and told > at
    return bool(after == change.after) and not later


def _folds(latest: list[tuple[Any, ...]], change: Change) -> bool:
    if len(latest) < FEW:
        return False
    oldest: int = latest[-1][1]
    return oldest > (to_time(change.seen_at - FOLDED_FOR) or 0)


def _news(account: int, change: Change) -> tuple[Any, ...]:
    """What a folded row takes over from the latest of its changes."""
    row = row_of(account, change)
    seen, at, after, after_name, detail = row[4], row[6], row[14], row[16], row[17]
    return seen, at, after, after_name, detail
