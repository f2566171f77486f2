"""When the snapshot is read and when it is written, and that neither ever stops the work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from simtui.errors import SimtuiError
from simtui.store.cells import Cells
from simtui.store.fleet_queries import FleetQuery
from simtui.store.fleet_sync import FleetSync
from simtui.store.gc_pause import collector_held, hide_from_collector
from simtui.store.list_queries import AccountQuery, GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.query import Query
from simtui.store.snapshot import SnapshotFile, SnapshotSetAside
from simtui.store.snapshot_format import Dated, SmallLists
from simtui.store.snapshot_write import Picture, write_snapshot
from simtui.store.throttle import Throttle

if TYPE_CHECKING:
    from simtui.clock import Clock

T = TypeVar("T")

WRITE_EVERY: Final = 300.0
"""Seconds between two snapshots of a fleet that changes, for a run that gets killed."""


class SnapshotKeeper:
    """Brings a store's snapshot in and out; ``notice`` hears of what went wrong with it.

    Only a fleet that is whole is written: loaded to its end, or restored to its end.
    """

    def __init__(
        self,
        snapshot: SnapshotFile,
        cells: Cells,
        sync: FleetSync,
        clock: Clock,
        notice: Callable[[SimtuiError], None],
    ) -> None:
        self._snapshot = snapshot
        self._cells = cells
        self._sync = sync
        self._clock = clock
        self._notice = notice
        self._fetched_at: datetime | None = None
        self._restored = False
        self._written: object = None
        self._written_at: float | None = None
        self._writing: asyncio.Task[None] | None = None

    def restore_first(self) -> None:
        """Show what can be had at once: the small lists and the first rows."""
        try:
            part = self._snapshot.read_first()
        except SnapshotSetAside as error:
            self._notice(error)
            return
        if part is not None:
            self._fetched_at = part.header.fetched_at
            self._restore_lists(part.lists)
            self._sync.fill(part.things)
            self._sync.show_filled(part.header.fetched_at)

    async def restore_rest(self) -> None:
        """Fill in the rest of the rows, unless all Things are loaded sooner."""
        if self._fetched_at is None:
            return
        try:
            with collector_held():
                await self._fill_rest(self._fetched_at)
                hide_from_collector(len(self._sync.fleet))
        except SnapshotSetAside as error:
            self._notice(error)
        finally:
            self._snapshot.close()
            self._sync.show_filled(self._fetched_at)

    def note_load(self) -> None:
        """The fleet was brought up to date: write it, if that is worth it again."""
        now = self._clock.monotonic()
        recent = self._written_at is not None and now - self._written_at < WRITE_EVERY
        if recent or self._writing is not None or not self._sync.loaded:
            return
        self._written_at = now
        self._writing = asyncio.get_running_loop().create_task(self._write())

    async def close(self) -> None:
        """Write what has changed since it was last written; stop reading."""
        self._snapshot.close()
        if self._writing is not None:
            await self._writing
        if self._sync.loaded or self._restored:
            await self._write()

    async def _fill_rest(self, fetched_at: datetime) -> None:
        throttle = Throttle(self._clock)
        for things in self._snapshot.read_rest():
            if self._sync.loaded:
                return
            self._sync.fill(things)
            if throttle.lets_pass():
                self._sync.show_filled(fetched_at)
            await asyncio.sleep(0)  # keys and frames come first
        self._restored = self._snapshot.read_to_end
        if self._restored:
            self._sync.note_filled_all()
        self._written = self._state()

    def _restore_lists(self, lists: SmallLists) -> None:
        self._restore(AccountQuery(), lists.account)
        self._restore(GroupsQuery(), lists.groups)
        self._restore(NetworksQuery(), lists.networks)
        self._restore(IpProfilesQuery(), lists.ip_profiles)

    def _restore(self, query: Query[T], dated: Dated[T] | None) -> None:
        cell = self._cells.open(query)
        if dated is not None and cell.entry.value is None:
            cell.show(value=dated.value, fetched_at=dated.fetched_at)

    async def _write(self) -> None:
        state = self._state()
        fetched_at = self._cells.open(FleetQuery()).entry.fetched_at
        if state == self._written or fetched_at is None:
            self._writing = None
            return
        picture = Picture(
            tuple(self._sync.fleet.things.values()), self._lists(), fetched_at, self._clock.now()
        )
        try:
            await write_snapshot(self._snapshot, picture)
            self._written = state
        except (OSError, ValueError) as error:
            self._notice(_not_written(self._snapshot, error))
        finally:
            self._writing = None

    def _state(self) -> tuple[Any, ...]:
        """Equal as long as there is nothing new to write."""
        fetched_at = self._cells.open(FleetQuery()).entry.fetched_at
        return self._sync.fleet.revision, fetched_at, self._lists()

    def _lists(self) -> SmallLists:
        return SmallLists(
            account=self._dated(AccountQuery()),
            groups=self._dated(GroupsQuery()),
            networks=self._dated(NetworksQuery()),
            ip_profiles=self._dated(IpProfilesQuery()),
        )

    def _dated(self, query: Query[T]) -> Dated[T] | None:
        entry = self._cells.open(query).entry
        if entry.value is None or entry.fetched_at is None:
            return None
        return Dated(entry.value, entry.fetched_at)


def _not_written(snapshot: SnapshotFile, error: OSError | ValueError) -> SimtuiError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SimtuiError(
        "The fleet could not be saved for the next start",
        f"{snapshot.path}: {reason}",
        "Check the free space and the rights of the cache directory",
    )
