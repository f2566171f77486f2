"""The one place that data comes from: questions are watched here, and writes go out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from simtui.errors import OutcomeUnknown, ReadOnly, SimtuiError, Unreachable
from simtui.models import Thing
from simtui.store.cells import Cell, Cells, Watch
from simtui.store.entry import Entry
from simtui.store.fetching import Fetcher
from simtui.store.fleet_queries import FleetQuery
from simtui.store.fleet_sync import FleetSync
from simtui.store.history.recorder import recording
from simtui.store.journal.author import Author
from simtui.store.journal.journal import Journal
from simtui.store.last_told import LastTold
from simtui.store.made_by_job import made_by_job
from simtui.store.poll import Poller
from simtui.store.query import MadeByJob, Query
from simtui.store.quota_pace import QuotaPace
from simtui.store.reading import Reader
from simtui.store.snapshot_keeper import SnapshotKeeper

if TYPE_CHECKING:
    from simtui.clock import Clock
    from simtui.models import ApiRelease, Job
    from simtui.models.journal import Result
    from simtui.models.quota import Quota
    from simtui.store.command import Command
    from simtui.store.operations import Operations
    from simtui.store.outbox import Outbox
    from simtui.store.saving import Saving
    from simtui.store.snapshot import SnapshotFile
    from simtui.store.source import Source
    from simtui.store.writes import Writes

T = TypeVar("T")
R = TypeVar("R")


class Store:
    """Entries for whoever watches, kept fresh as long as they are watched.

    It exists before the network does: until `connect`, watchers get what the snapshot
    has. Without a ``journal`` writes, and without a file for the ``history`` what was seen to
    change, are remembered only as long as this lives. ``notice`` hears what a person should
    know though nothing has failed for them: a snapshot that was set aside, for one.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        snapshot: SnapshotFile | None = None,
        journal: Journal | None = None,
        history: Path | None = None,
        read_only: bool = False,
        notice: Callable[[SimtuiError], None] = lambda error: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._read_only = read_only
        self._source: Source | None = None
        self._polling: asyncio.Task[None] | None = None
        self.pace = QuotaPace(clock)
        """How fast what is watched is asked for, given what is left of the quota."""
        self._quota: LastTold[Quota] = LastTold()
        self.release: LastTold[ApiRelease] = LastTold()
        """Which version of the API answers, and when that ends (contract §1.2)."""
        self._cells = Cells()
        self._fetcher = Fetcher(self._read, clock, self._landed)
        self._poller = Poller(self._cells, self._fetcher.start, self.pace, clock, sleep)
        self._sync = FleetSync(self._cells.open(FleetQuery()), clock, self.pace.stretch)
        self._sleep = sleep
        self._journal = journal = journal or Journal(None, Author.of_this_process("", ""), clock)
        self._made: Writes | None = None
        self._notice = notice
        self._recorder = recording(history, journal, self._cells, self._sync, clock, notice)
        self._reader = Reader(self._sync, self._recorder, self._made_by_job)
        self.history = self._recorder.history
        """What was seen to change."""
        self._keeper = (
            SnapshotKeeper(snapshot, self._cells, self._sync, clock, notice) if snapshot else None
        )

    @property
    def quota(self) -> Quota | None:
        """The quota as the last answer told it; None before the first (contract §1.2)."""
        return self._quota.value

    def watch_quota(self, on_change: Callable[[Quota], None]) -> Callable[[], None]:
        """Call ``on_change`` whenever the quota changes; answers the function that ends it."""
        return self._quota.listen(on_change)

    def restore_first(self) -> None:
        """Show what the snapshot has at once: small lists and the first rows; milliseconds."""
        if self._keeper is not None:
            self._keeper.restore_first()

    async def restore_rest(self) -> None:
        """Fill in the rest of the snapshot in slices, after `restore_first`."""
        if self._keeper is not None:
            await self._keeper.restore_rest()

    def connect(self, client: Source) -> None:
        """Start to fetch what is watched. The store closes the client when it is closed."""
        self._source = client
        client.on_quota = self._hear_quota
        client.on_release = self.release.hear
        self._polling = asyncio.get_running_loop().create_task(self._poller.run())
        self._poller.check()

    def give_up(self, error: SimtuiError) -> None:
        """There is nobody to ask, because of ``error``: say so to whoever watches."""
        for cell in self._cells:
            cell.show(error=error)

    def watch(self, query: Query[T], on_change: Callable[[Entry[T]], None]) -> Watch[T]:
        """Call ``on_change`` with the present entry now, and with every new one later."""
        cell = self._cells.open(query)
        cell.opened = self._clock.monotonic()
        watch = Watch(cell, on_change, self._left)
        cell.watches.append(watch)
        self._check()
        watch.deliver(cell.entry)
        return watch

    def entry(self, query: Query[T]) -> Entry[T]:
        """What is known now; asks for nothing."""
        cell = self._cells.find(query)
        return cell.entry if cell is not None else Entry()

    def refresh(self, query: Query[Any]) -> None:
        """Fetch now, whatever the quota; joins a fetch that is not out of date itself.

        Before `connect` there is nothing to do: what is watched is fetched then.
        """
        if self._source is not None:
            cell = self._renewed(query)
            cell.wanted = cell.generation
            self._fetcher.start(cell)

    async def fetch(self, query: Query[T]) -> T:
        """A fresh value. Raises `SimtuiError` when there is none, whatever was known."""
        self._connected()
        return await self._fetcher.wait_for(self._renewed(query))

    def invalidate(self, subjects: Iterable[str]) -> None:
        """What depends on ``subjects`` is out of date; what is watched is fetched again."""
        touched = frozenset(subjects)
        for cell in self._cells:
            if cell.query.subjects & touched:
                cell.outdate()
        self._check()

    @property
    def journal(self) -> Journal:
        """Every write from here, and what became of it."""
        return self._journal

    @property
    def outbox(self) -> Outbox:
        """The way out for single writes."""
        return self._writes.outbox

    @property
    def operations(self) -> Operations:
        """Actions on Things, as a person confirmed them."""
        return self._writes.operations

    @property
    def saving(self) -> Saving:
        """Changes of the configuration, as a person confirmed them."""
        return self._writes.saving

    def follow_job(self, job_id: str) -> asyncio.Task[Job]:
        """Keep `JobQuery` up to date until the job has ended; the task ends with it."""
        return self._writes.jobs.follow(job_id)

    # What the writing parts need (`simtui.store.desk.Desk`)

    def check_writable(self, command: Command[Any]) -> None:
        """Refuse a write that could not be sent. Raises ``ReadOnly`` or ``Unreachable``."""
        if self._read_only:
            raise ReadOnly(
                "Nothing was sent, because this is read-only",
                f"Not done: {command.summary}",
                "Open a profile that may write, without --read-only",
            )
        self._connected()

    async def send(self, command: Command[R], request_id: str) -> R:
        """Send a write, once; what it touches is out of date however it ends.

        Raises:
            OutcomeUnknown: when the answer was lost; what shows it is being read again.
            SimtuiError: whatever else the API answered.
        """
        self.check_writable(command)
        asked = self._sync.fleet.revision
        try:
            result = await command.send(self._connected(), request_id)
        except OutcomeUnknown:
            for query in command.rereads():
                self.refresh(query)
            raise
        finally:
            self.invalidate(command.touches)
        if isinstance(result, Thing):
            self._sync.absorb((result,), asked)
        return result

    async def note(self, result: Result) -> None:
        """Add to the journal what was learnt of a write; a person hears when that fails.

        The write itself has happened, or not: its outcome is not this failure.
        """
        try:
            await self._journal.note(result)
        except SimtuiError as error:
            self._notice(error)

    async def close(self) -> None:
        """Cancel everything, write the snapshot, close the client."""
        if self._made is not None:
            await self._made.close()
        tasks = [self._polling] if self._polling is not None else []
        for cell in self._cells:
            cell.watches.clear()
            tasks += [cell.flight.task] if cell.flight is not None else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        source, self._source = self._source, None
        try:
            await self.history.close()  # what the snapshot will have, it must have been told
            if self._keeper is not None:
                await self._keeper.close()
        finally:
            if source is not None:
                await source.close()

    @property
    def _writes(self) -> Writes:
        """What writes and follows, imported when it is wanted: the first frame does without."""
        if self._made is None:
            from simtui.store.writes import Writes

            self._made = Writes(self, self._journal, self._clock, self._sleep, self.pace)
        return self._made

    def _check(self) -> None:
        if self._source is not None:
            self._poller.check()

    def _connected(self) -> Source:
        if self._source is None:
            raise Unreachable("Not connected yet", "The connection is being opened", "Try again")
        return self._source

    def _renewed(self, query: Query[T]) -> Cell[T]:
        """The cell of something a person asks for anew; of the fleet, that is all of it."""
        cell = self._cells.open(query)
        if isinstance(query, FleetQuery) and self._sync.want_all() and cell.flight:
            cell.outdate()
        return cell

    async def _read(self, query: Query[Any]) -> Any:
        return await self._reader.read(query, self._connected(), self._clock.now())

    async def _made_by_job(self, query: MadeByJob[T], job: Job) -> T:
        return await made_by_job(query, job, self, self._cells)

    def _landed(self, cell: Cell[Any], *, recovered: bool) -> None:
        """A fetch has ended: plan the next one, keep what is worth keeping."""
        if recovered:
            self._poller.hasten()
        if isinstance(cell.query, FleetQuery) and self._keeper is not None:
            self._keeper.note_load()
        self._left(cell)
        self._poller.check()

    def _left(self, cell: Cell[Any]) -> None:
        """Forget what is only worth something while it is looked at."""
        if cell.query.kept == "watched" and cell.wanted_by_nobody:
            self._cells.forget(cell)

    def _hear_quota(self, quota: Quota) -> None:
        before = self.pace.stretch()
        self.pace.hear(quota)
        self._quota.hear(quota)
        if self.pace.stretch() != before:
            self._poller.check()
