"""The history of a profile as one SQLite file; several programs may use it at once."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Final, TypeAlias

from simtui.errors import SimtuiError
from simtui.models.change import Change, ChangesFound, ChangesWanted
from simtui.store.history.add import add_changes
from simtui.store.history.bounds import IN_MEMORY, USUAL, Bounds, give_back, prune, used_bytes
from simtui.store.history.counting import Counts, count_changes
from simtui.store.history.known import config_changes
from simtui.store.history.rows import NEWEST_FIRST, SELECT, change_of, folded, where
from simtui.store.history.schema import ForeignFile, LaterFormat, open_file, open_memory
from simtui.store.history.sighting import Scope
from simtui.store.set_aside import set_aside

COUNTED_EVERY: Final = 5_000
"""After how many rows of our own is counted how many there are: others write too."""
AGED_EVERY: Final = timedelta(days=1)
"""How often is looked for what has become too old."""


Finish: TypeAlias = Callable[[Sequence[Change]], Sequence[Change]]


class HistorySetAside(SimtuiError):
    """The history could not be used; a new one is begun, nothing else is lost."""

    exit_code: ClassVar[int] = 3


class HistoryUnusable(SimtuiError):
    """The history can be neither read nor written now."""

    exit_code: ClassVar[int] = 3


class HistoryFile:
    """The history at ``path``, of the ``account``; without a path it is in memory.

    All of it is for threads: nothing here may be called on the event loop. A damaged file
    is set aside at the first use that notices it. The file is its owner's alone (0600).
    """

    def __init__(self, path: Path | None, account: str, bounds: Bounds | None = None) -> None:
        self.path = path
        self._account = account
        self._bounds = bounds or (USUAL if path is not None else IN_MEMORY)
        self._lock = threading.Lock()
        self._memory: sqlite3.Connection | None = None
        self._left: int | None = None
        self._uncounted = 0
        self._pruned_at: datetime | None = None

    def take(
        self,
        changes: Sequence[Change],
        scopes: Sequence[Scope],
        finish: Finish,
        now: datetime,
    ) -> int:
        """Add what is not known yet, oldest first; how many rows are new or other now.

        ``scopes`` are looks at the configuration: what differs from the look before, of
        whoever that was, is a change too. ``finish`` completes changes before they are added.

        Raises:
            HistorySetAside: when the file was damaged; the next try begins a new one.
            HistoryUnusable: when the system refuses; nothing was added then.
        """
        with self._writing() as (db, account):
            found = [*changes, *config_changes(db, account, scopes)]
            added = add_changes(db, account, finish(found)) if found else 0
            self._keep_bounds(db, added, now)
        return added

    def find(self, wanted: ChangesWanted, most: int) -> ChangesFound:
        """The latest ``most`` of what is wanted. Raises as `take`."""
        with self._reading() as (db, account):
            condition, values = where(account, wanted)
            rows = db.execute(f"{SELECT}{condition}{NEWEST_FIRST} LIMIT ?", (*values, most))
            changes = tuple(map(change_of, rows))
            if len(changes) < most:
                return ChangesFound(changes, len(changes))
            (total,) = db.execute(f"SELECT count(*) FROM change{condition}", values).fetchone()
            return ChangesFound(changes, total)

    def count(self, start: datetime, now: datetime, most: int) -> Counts:
        """How often what is restless changed. Raises as `take`."""
        with self._reading() as (db, account):
            return count_changes(db, account, start, now, most)

    def close(self) -> None:
        """Forget what is in memory; may be called twice."""
        with self._lock:
            if self._memory is not None:
                self._memory.close()
                self._memory = None

    def _keep_bounds(self, db: sqlite3.Connection, added: int, now: datetime) -> None:
        """Count now and then, and whenever there may be too many."""
        self._uncounted += added
        if added and self._may_be_too_much(db, now):
            self._left, self._uncounted = prune(db, self._bounds, now), 0
            self._pruned_at = now

    def _may_be_too_much(self, db: sqlite3.Connection, now: datetime) -> bool:
        if self._left is None or self._pruned_at is None or used_bytes(db) > self._bounds.bytes:
            return True
        few = self._left + self._uncounted <= self._bounds.rows
        return not few or self._uncounted >= COUNTED_EVERY or now - self._pruned_at >= AGED_EVERY

    @contextmanager
    def _writing(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """A transaction: all of it or nothing."""
        with self._open(create=True) as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db, _account_id(db, self._account)
                db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled back by itself
                    db.execute("ROLLBACK")
                raise
            give_back(db)

    @contextmanager
    def _reading(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """Without a file there is an empty history, and none is made."""
        if self.path is not None and not self.path.exists():
            with closing(open_memory()) as empty:
                empty.create_function("folded", 1, folded, deterministic=True)
                yield empty, 0
            return
        with self._open(create=False) as db:
            row = db.execute(_ACCOUNT, (self._account,)).fetchone()
            yield db, row[0] if row else 0

    @contextmanager
    def _open(self, *, create: bool) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self.path is None:
                self._memory = self._memory or open_memory()
                self._memory.create_function("folded", 1, folded, deterministic=True)
                yield self._memory
                return
            inode = _inode(self.path)
            try:
                with closing(open_file(self.path, create=create)) as db:
                    db.create_function("folded", 1, folded, deterministic=True)
                    yield db
            except LaterFormat as error:
                raise _unusable(self.path, str(error), _NEWER) from error
            except (sqlite3.OperationalError, OSError) as error:
                raise _unusable(self.path, _reason(error), _ROOM) from error
            except (sqlite3.DatabaseError, ForeignFile) as error:
                raise self._set_aside(self.path, inode, str(error)) from error

    def _set_aside(self, path: Path, inode: int | None, why: str) -> HistorySetAside:
        self._left = None
        try:
            if _inode(path) != inode:  # another simtui has done it meanwhile
                where = "It is out of the way already."
            else:
                where = f"It was kept as {set_aside(path)}."
        except OSError as error:
            where = f"It could not be moved away: {error.strerror}."
        return HistorySetAside(
            "The history of what changed cannot be used",
            f"{path.name}: {why}",
            f"{where} A new one is begun",
        )


_ACCOUNT: Final = "SELECT id FROM account WHERE endpoint = ?"
_ROOM: Final = "Make room for it, or let SIMTUI_STATE_DIR name a directory of your own"
_NEWER: Final = "Use the later version of simtui, or move the file away"


def _account_id(db: sqlite3.Connection, endpoint: str) -> int:
    row = db.execute(_ACCOUNT, (endpoint,)).fetchone()
    if row is not None:
        return int(row[0])
    return db.execute("INSERT INTO account (endpoint) VALUES (?)", (endpoint,)).lastrowid or 0


def _unusable(path: Path, why: str, hint: str) -> HistoryUnusable:
    return HistoryUnusable("What changed cannot be kept or read", f"{path}: {why}", hint)


def _reason(error: sqlite3.Error | OSError) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else str(error)


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None
