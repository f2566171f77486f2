"""Telling how the writes of an earlier run ended, while a person looks at something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from simtui.models.journal import JournalEntry
from simtui.store.journal.journal import Journal
from simtui.ui.notices import Notice, Rank


class JournalNews:
    """Looks after writes that were taken up; the writes of this run have somebody who waits
    for them (`simtui.ui.acting`). ``looks_at`` answers the job that is on the screen. The
    words are imported when there is something to say, not before the first frame.
    """

    def __init__(
        self, journal: Journal, say: Callable[[Notice], None], looks_at: Callable[[], str | None]
    ) -> None:
        self._journal = journal
        self._say = say
        self._looks_at = looks_at
        self._open: set[str] = set()
        self.close = journal.listen(self._changed)

    def take_up(self, entries: Iterable[JournalEntry]) -> None:
        """These are of an earlier run, and something is still to be learnt of them."""
        self._open.update(entry.entry_id for entry in entries)

    def _changed(self) -> None:
        """Say what has ended since; nothing is said twice."""
        ended = [one for one in map(self._journal.entry, self._open) if one and one.settled]
        self._open.difference_update(entry.entry_id for entry in ended)
        for entry in ended:
            if entry.job_id is None:
                self._tell_write(entry)
            elif entry.job_id != self._looks_at():
                self._tell_job(entry)

    def _tell_write(self, entry: JournalEntry) -> None:
        from simtui.views.jobs.news import settled_text

        self._say(Notice(Rank.OUTCOME, settled_text(entry)))

    def _tell_job(self, entry: JournalEntry) -> None:
        """Of an operation of several requests when the last of them has ended."""
        operation = self._journal.of_operation(entry.intent.operation)
        if all(one.settled for one in operation):
            from simtui.views.jobs.news import ended_text

            self._say(Notice(Rank.OUTCOME, ended_text(operation)))
