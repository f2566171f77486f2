"""What the store saw change, kept for whoever comes later."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simtui.clock import Clock
from simtui.errors import SimtuiError
from simtui.models.change import Change, ChangeKind, ChangesFound, ChangesWanted
from simtui.models.journal import JournalEntry
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.store.history.counting import Counts
    from simtui.store.history.file import HistoryFile
    from simtui.store.history.sighting import Scope
    from simtui.store.history.whose import Whose

A_BATCH: Final = 5_000
"""Changes that go to the disk at once."""
MOST_WAITING: Final = 200_000
"""Changes that wait for a disk that refuses; beyond it the oldest are lost."""
AWAY: Final = timedelta(minutes=5)
"""How long nobody has looked before a change is said to be from some time in between."""
COUNTED: Final = 50_000
"""Of how many Things the pace of their sessions is told at most."""
LATEST: Final = 1_000
"""How many changes an answer has when nothing else is said."""

Names = Mapping[str, str]


def history_file(paths: Paths, profile_name: str) -> Path:
    """Where the history of a profile is."""
    return paths.state_dir / f"{profile_name}.history"


class History:
    """Takes in changes and answers questions; the disk is never waited for on the loop.

    Without a ``path`` it is in memory, as long as this lives. ``account`` is whose changes
    these are: a profile that led to another account before has those apart. ``names`` are
    of groups and networks by id; ``entries`` are the writes to this account, which tell
    what came from here. ``notice`` hears, once, when the disk does not take it.
    """

    def __init__(
        self,
        path: Path | None,
        account: str,
        clock: Clock,
        *,
        names: Callable[[], Names] = dict,
        entries: Callable[[], Sequence[JournalEntry]] = tuple,
        notice: Callable[[SimtuiError], None] = lambda error: None,
    ) -> None:
        self._path = path
        self._account = account
        self._clock = clock
        self.names = names
        self.entries = entries
        self.notice = notice
        self._waiting: deque[Change] = deque(maxlen=MOST_WAITING)
        self._scopes: list[Scope] = []
        self._writing: asyncio.Task[None] | None = None
        self._file: HistoryFile | None = None
        self._whose: Whose | None = None
        self.volume = 1
        """Grows when a history had to be set aside and another was begun."""
        self._failed = False
        self._closed = False
        self._listeners: list[Callable[[], None]] = []

    def add(self, changes: Iterable[Change]) -> None:
        """Take in what was seen to change; it is on the disk a moment later."""
        self._waiting.extend(changes)
        self._write_soon()

    def look(self, scopes: Iterable[Scope]) -> None:
        """Take in how a part of the configuration looks; what changed is found out aside."""
        self._scopes.extend(scopes)
        self._write_soon()

    def listen(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Call ``on_change`` when there are more; gives back what ends that."""
        self._listeners.append(on_change)
        return lambda: self._listeners.remove(on_change) if on_change in self._listeners else None

    async def find(self, wanted: ChangesWanted, most: int = LATEST) -> ChangesFound:
        """The latest ``most`` of what is wanted. Raises ``SimtuiError`` when it cannot be read."""
        return await asyncio.to_thread(self._find, wanted, most)

    async def changes_between(
        self,
        start: datetime | None,
        end: datetime | None = None,
        kinds: Iterable[str] | None = None,
        most: int = LATEST,
    ) -> tuple[Change, ...]:
        """What was seen from ``start`` on and before ``end``, the latest first; of some
        `ChangeKind` only, if said. Raises ``SimtuiError`` when it cannot be read."""
        chosen = None if kinds is None else frozenset(kinds)
        return (await self.find(ChangesWanted(start, end, chosen), most)).changes

    async def changes_of(self, thing_id: str, limit: int = LATEST) -> tuple[Change, ...]:
        """What was seen of one Thing, the latest first. Raises as `changes_between`."""
        return (await self.find(ChangesWanted(thing_id=thing_id), limit)).changes

    async def count(self, start: datetime, most: int = COUNTED) -> Counts:
        """How often sessions have changed, and tunnels from ``start`` on. Raises as
        `changes_between`."""
        return await asyncio.to_thread(self._count, start, most)

    async def settled(self) -> None:
        """Wait until what was taken in is where it is kept, or was refused."""
        while self._writing is not None:
            await asyncio.shield(self._writing)

    async def close(self) -> None:
        """Write what waits; what comes later is dropped."""
        await self.settled()
        if self._waiting and not self._failed:
            self._write_soon()
            await self.settled()
        self._closed = True
        if self._file is not None:
            self._file.close()

    def _write_soon(self) -> None:
        if self._writing is None and not self._closed and (self._waiting or self._scopes):
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        """Batch after batch, what comes meanwhile too."""
        try:
            while self._waiting or self._scopes:
                changes = [self._waiting.popleft() for _ in range(min(A_BATCH, len(self._waiting)))]
                scopes, self._scopes = self._scopes, []
                if not await self._take(changes, scopes):
                    return
        finally:
            self._writing = None

    async def _take(self, changes: list[Change], scopes: list[Scope]) -> bool:
        """Whether to go on; what the disk refused waits for the next time."""
        told = self.names(), self.entries()
        try:
            added = await asyncio.to_thread(self._take_aside, changes, scopes, *told)
        except SimtuiError as error:
            self._waiting.extendleft(reversed(changes))
            self._scopes = [*scopes, *self._scopes]
            return self._refused(error)
        self._failed = False
        if added:
            for on_change in tuple(self._listeners):
                on_change()
        return True

    def _refused(self, error: SimtuiError) -> bool:
        """Whether another try makes sense now: after a damaged file it begins a new one."""
        from simtui.store.history.file import HistorySetAside

        is_set_aside = isinstance(error, HistorySetAside)
        self.volume += is_set_aside
        if not self._failed:
            self.notice(error)
        again = is_set_aside and not self._failed
        self._failed = True
        return again

    # In a thread: what it needs of SQLite is imported there, and not before the first frame

    def _take_aside(
        self,
        changes: Sequence[Change],
        scopes: Sequence[Scope],
        names: Names,
        entries: Sequence[JournalEntry],
    ) -> int:
        from simtui.store.history.whose import Whose

        whose = self._whose = self._whose or Whose(self._account)

        def finish(found: Sequence[Change]) -> Sequence[Change]:
            return [_named(change, names) for change in whose.told(found, entries)]

        return self._opened().take(changes, scopes, finish, self._clock.now())

    def _find(self, wanted: ChangesWanted, most: int) -> ChangesFound:
        return self._opened().find(wanted, most)

    def _count(self, start: datetime, most: int) -> Counts:
        return self._opened().count(start, self._clock.now(), most)

    def _opened(self) -> HistoryFile:
        from simtui.store.history.file import HistoryFile

        if self._file is None:
            self._file = HistoryFile(self._path, self._account)
        return self._file


def _named(change: Change, names: Names) -> Change:
    """With the names that ids have at this moment; without one, the id has to do."""
    if change.kind == ChangeKind.GROUP:
        return replace(
            change,
            before_name=change.before_name or names.get(change.before or "", ""),
            after_name=change.after_name or names.get(change.after or "", ""),
        )
    if change.parent_id and not change.inside:
        return replace(change, inside=names.get(change.parent_id, ""))
    return change
