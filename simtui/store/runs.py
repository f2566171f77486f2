"""The runs of runbooks: kept on disk, so that what a crash or a quit interrupts is offered
again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from simtui.clock import Clock, SystemClock
from simtui.errors import SimtuiError
from simtui.models.runbook import Run
from simtui.store.journal.author import Author, host_of, is_alive
from simtui.store.run_files import file_name, read_runs, write_run

MOST_KEPT: Final = 200
"""Runs that have ended and are kept; the oldest give way."""
LONGEST_SILENCE: Final = timedelta(minutes=20)
"""After so long without news a run of another host is taken for interrupted."""
LONGEST_WATCH: Final = timedelta(hours=3)
"""After so long without news, a process that lives is taken for another one that got the
same id: nothing in a run waits for longer."""


class Runs:
    """The runs of one profile. Without a ``folder`` they are kept in memory only.

    ``author`` is this program; runs of another account are left alone. ``notice`` hears when
    the disk refuses, or a file cannot be read.
    """

    def __init__(
        self,
        folder: Path | None,
        author: Author,
        clock: Clock,
        notice: Callable[[SimtuiError], None],
    ) -> None:
        self.author = author
        self._folder = folder
        self._clock = clock
        self._notice = notice
        self._runs: dict[str, Run] = {}
        self._changed: dict[str, None] = {}
        self._writing: asyncio.Task[None] | None = None
        self._failed = False
        self._listeners: list[Callable[[], None]] = []

    @property
    def all(self) -> tuple[Run, ...]:
        """All of them, the latest begun first."""
        return tuple(sorted(self._runs.values(), key=lambda run: run.begun, reverse=True))

    @property
    def outlive(self) -> bool:
        """Whether they are there again at the next start."""
        return self._folder is not None and not self._failed

    def find(self, run_id: str) -> Run | None:
        """A run, if there is one of that id."""
        return self._runs.get(run_id)

    def now(self) -> datetime:
        """The present."""
        return self._clock.now()

    def is_elsewhere(self, run: Run) -> bool:
        """Whether another program that lives is at it, as far as can be told from here."""
        if (run.who, run.process) == (self.author.who, self.author.process):
            return False
        if host_of(run.who) != host_of(self.author.who):
            return self._clock.now() - run.changed <= LONGEST_SILENCE
        if run.process == self.author.process or self._clock.now() - run.changed > LONGEST_WATCH:
            return False
        return is_alive(run.process)

    async def load(self) -> None:
        """Read what earlier runs of the program have left; a file that cannot be read is left
        alone, and somebody hears of it."""
        if self._folder is None:
            return
        endpoint = self.author.endpoint
        found, damaged = await asyncio.to_thread(read_runs, self._folder, endpoint)
        self._runs = {run.run_id: run for run in found} | self._runs
        if damaged:
            self._notice(_unreadable(damaged))
        self._forget_oldest()
        self._tell()

    def keep(self, run: Run) -> Run:
        """Keep a run as it is now; it is on the disk a moment later."""
        kept = replace(run, changed=self._clock.now())
        self._runs[run.run_id] = kept
        self._write_soon(run.run_id)
        self._forget_oldest()
        self._tell()
        return kept

    async def keep_now(self, run: Run) -> Run:
        """As `keep`; it is on the disk when this returns, if the disk takes it."""
        kept = self.keep(run)
        await self.close()
        return kept

    def listen(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Call ``on_change`` after every change; answers the function that ends that."""
        self._listeners.append(on_change)
        return lambda: self._listeners.remove(on_change) if on_change in self._listeners else None

    async def close(self) -> None:
        """Wait until everything is on the disk."""
        if self._writing is not None:
            await asyncio.shield(self._writing)

    def _forget_oldest(self) -> None:
        ended = [run for run in self.all if run.ended]
        for run in ended[MOST_KEPT:]:
            del self._runs[run.run_id]
            self._write_soon(run.run_id)

    def _tell(self) -> None:
        for on_change in tuple(self._listeners):
            on_change()

    def _write_soon(self, run_id: str) -> None:
        if self._folder is None:
            return
        self._changed[run_id] = None
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        """One after the other, each as it is by then."""
        while self._changed:
            run_id = next(iter(self._changed))
            del self._changed[run_id]
            try:
                await asyncio.to_thread(self._put, run_id, self._runs.get(run_id))
            except (OSError, UnicodeError) as error:
                self._complain(error)

    def _put(self, run_id: str, run: Run | None) -> None:
        assert self._folder is not None
        file = self._folder / file_name(run_id)
        if run is None:
            file.unlink(missing_ok=True)
        else:
            write_run(file, self.author.endpoint, run)

    def _complain(self, error: Exception) -> None:
        """Once: the run goes on, it is only not there after a crash."""
        if not self._failed:
            self._failed = True
            self._notice(
                SimtuiError(
                    "Runbooks cannot be kept on the disk",
                    str(error),
                    "They cannot be gone on with after simtui ends; the journal has what was sent",
                )
            )


def _unheard(error: SimtuiError) -> None:
    """Nobody is there to hear it."""


def in_memory() -> Runs:
    """Runs of an account of which nothing is kept."""
    return Runs(None, Author.of_this_process("", ""), SystemClock(), _unheard)


def _unreadable(files: Sequence[Path]) -> SimtuiError:
    return SimtuiError(
        "A runbook cannot be read" if len(files) == 1 else "Some runbooks cannot be read",
        ", ".join(map(str, files[:3])),
        "It is left as it is; the journal has what was sent, and without the file it is gone",
    )
