"""The journal: every write is in it before it leaves, and then what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar, Final

from simtui.clock import Clock
from simtui.errors import SimtuiError
from simtui.models.journal import Intent, JournalEntry, Result
from simtui.store.gc_pause import collector_held
from simtui.store.journal.author import Author, host_of, is_alive
from simtui.store.journal.codec import Record
from simtui.store.journal.file import JournalFile, with_result

LONGEST_FLIGHT: Final = timedelta(minutes=20)
"""After so long without news, a write from another host, whose processes cannot be seen, is
taken for abandoned: the client waits up to 15 minutes for a quota before it sends."""

LONGEST_WATCH: Final = timedelta(days=1)
"""After so long without news, a process that lives is taken for another one that got the
same id, after a restart of the machine for one."""

ARCHIVED_AFTER: Final = timedelta(hours=1)
"""After so long a settled write that the file does not have any more is no news."""

_UNWRITTEN: Final = "Make room for it, or let SIMTUI_STATE_DIR name a directory of your own"
_UNREAD: Final = "It has to be a file of yours that you may read and write"


class JournalError(SimtuiError):
    """The disk does not take the journal, or does not give it back."""

    exit_code: ClassVar[int] = 3


class Journal:
    """What ``author`` and others did with a profile, oldest first.

    Without a ``file`` it is kept in memory only.
    """

    def __init__(self, file: JournalFile | None, author: Author, clock: Clock) -> None:
        self.author = author
        self._file = file
        self._clock = clock
        self._entries: dict[str, JournalEntry] = {}
        self._by_job: dict[str, str] = {}
        self._begun: set[str] = set()
        self._listeners: list[Callable[[], None]] = []

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """All of them, oldest first."""
        return tuple(self._entries.values())

    def entry(self, entry_id: str) -> JournalEntry | None:
        """One of them, by its id."""
        return self._entries.get(entry_id)

    def of_job(self, job_id: str) -> JournalEntry | None:
        """The write to this account that the server made this job of.

        Another account can have a job of this id, and a sandbox that is started again has
        it anew: then it is the latest.
        """
        return self._entries.get(self._by_job.get(job_id, ""))

    def of_operation(self, operation: str) -> tuple[JournalEntry, ...]:
        """All requests of what was confirmed once, oldest first."""
        return tuple(one for one in self._entries.values() if one.intent.operation == operation)

    def load(self) -> None:
        """Read the file. Raises ``JournalError`` when it cannot be read."""
        self._take_in(self._read())

    def load_all(self) -> None:
        """Read the file and its archives. Raises as `load`."""
        self._take_in(self._read(archived=True))

    async def load_aside(self) -> None:
        """As `load`, with the reading in another thread."""
        with collector_held():
            found = await asyncio.to_thread(self._read)
        self._take_in(found)

    async def reload_if_changed(self) -> bool:
        """Read what another simtui wrote meanwhile, if it did; whether it did.

        Raises ``JournalError`` when the file cannot be read any more.
        """
        if self._file is None or not self._file.changed():
            return False
        await self.load_aside()
        return True

    async def begin(self, intent: Intent) -> None:
        """Write down what is about to be sent; it is on the disk when this returns.

        When this is cancelled, the entry stays, and nothing was sent. Raises
        ``JournalError`` when it cannot be written; then there is no entry.
        """
        self._begun.add(intent.entry_id)
        await asyncio.shield(self._begin(intent))

    async def note(self, result: Result) -> None:
        """Add what was learnt of a write; of one that is not there, only to the file.

        Raises ``JournalError`` when it cannot be written; it is known here all the same.
        """
        entry = self._entries.get(result.entry_id)
        if entry is not None:
            self._entries[result.entry_id] = with_result(entry, result)
            if result.job_id and self._is_ours(entry):
                self._by_job[result.job_id] = result.entry_id
            self._tell()
        await self._write(result, "What became of a write cannot be written into the journal")

    def listen(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Call ``on_change`` after every change; gives back what ends that."""
        self._listeners.append(on_change)
        return lambda: self._listeners.remove(on_change)

    def abandoned(self) -> tuple[JournalEntry, ...]:
        """The writes to this account of which something is still to be learnt, while nobody
        else is about to: their program ended, or was killed."""
        return tuple(
            one
            for one in self._entries.values()
            if not one.settled and self._is_ours(one) and not self._is_at_work(one)
        )

    def _is_ours(self, entry: JournalEntry) -> bool:
        """Whether it was done to this account; ids of another one mean other objects."""
        return entry.intent.endpoint == self.author.endpoint

    def _is_at_work(self, entry: JournalEntry) -> bool:
        """Whether the program that began it is still on it, as far as can be told from here."""
        intent = entry.intent
        silent = self._clock.now() - _last_news(entry)
        if host_of(intent.who) != host_of(self.author.who):
            return silent <= LONGEST_FLIGHT
        if intent.process == self.author.process:  # or of an earlier process with the same id
            return intent.entry_id in self._begun
        return silent <= LONGEST_WATCH and is_alive(intent.process)

    def _read(self, *, archived: bool = False) -> Iterable[JournalEntry]:
        if self._file is None:
            return self.entries
        try:
            return self._file.load_all() if archived else self._file.load()
        except OSError as error:
            raise JournalError("The journal cannot be read", _reason(error), _UNREAD) from error

    def _take_in(self, found: Iterable[JournalEntry]) -> None:
        self._entries = _merged(found, self._entries, self._clock.now() - ARCHIVED_AFTER)
        ours = (one for one in self._entries.values() if self._is_ours(one))
        self._by_job = {one.job_id: one.entry_id for one in ours if one.job_id}
        self._tell()

    async def _begin(self, intent: Intent) -> None:
        await self._write(intent, "The journal cannot be written, so nothing was sent")
        self._entries.setdefault(intent.entry_id, JournalEntry(intent))
        self._tell()

    async def _write(self, record: Record, failure: str) -> None:
        if self._file is None:
            return
        try:
            await asyncio.to_thread(self._file.append, record)
        except OSError as error:
            raise JournalError(failure, _reason(error), _UNWRITTEN) from error

    def _tell(self) -> None:
        for on_change in tuple(self._listeners):
            on_change()


def _merged(
    found: Iterable[JournalEntry], known: dict[str, JournalEntry], old: datetime
) -> dict[str, JournalEntry]:
    """What is in the file, and what is only known here because the disk refused it, or it was
    written while the file was read. What was settled before ``old`` is in an archive."""
    merged = {one.entry_id: one for one in found}
    for entry_id, entry in known.items():
        if entry_id not in merged and entry.settled and _last_news(entry) < old:
            continue
        there = merged.setdefault(entry_id, entry)
        more = tuple(result for result in entry.results if result not in there.results)
        merged[entry_id] = replace(there, results=there.results + more)
    return merged


def _last_news(entry: JournalEntry) -> datetime:
    return entry.results[-1].at if entry.results else entry.intent.at


def _reason(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or ""
