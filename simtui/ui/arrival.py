"""What is done and told when an account is opened: what earlier runs have left open."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from simtui.errors import SimtuiError
from simtui.models import Job, JobProgress
from simtui.models.journal import JournalEntry, Outcome
from simtui.models.runbook import Run
from simtui.store.cells import Watch
from simtui.store.entry import Entry
from simtui.store.job_queries import JobQuery
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.journal_news import JournalNews
from simtui.ui.notices import Notice, Rank
from simtui.ui.workspace import Workspace
from simtui.views.cell import Cell


class Arrival:
    """Opens the network behind the first frame, takes up what was left, and says so.
    The words for that are imported when there is something to say.

    The most important comes first: writes without an outcome, jobs that still run, SIM
    cards that changed their device since the last visit.
    """

    def __init__(
        self,
        workspace: Workspace,
        feed: FleetFeed,
        news: JournalNews,
        say: Callable[[Notice], None],
    ) -> None:
        self._workspace = workspace
        self._feed = feed
        self._news = news
        self._say = say
        self._loaded = False
        self._watches: list[Watch[JobProgress]] = []
        self._unlisten: Callable[[], None] = lambda: None

    async def connect(self) -> None:
        """Fill in what the snapshot and the journal have, then open the network.

        Raises:
            SimtuiError: when the journal cannot be read, or the credentials cannot be had.
        """
        store = self._workspace.store
        await store.restore_rest()
        unread = await self._load_journal()
        await self._load_drafts()
        await self._load_runs()
        await self._workspace.connect()
        taken_up = store.outbox.take_up()
        self._news.take_up(taken_up)
        self._tell_unknown([one for one in taken_up if one.outcome == Outcome.UNKNOWN])
        self._tell_running(one for one in taken_up if one.outcome == Outcome.ACCEPTED)
        self._unlisten = self._feed.listen(self._fleet_changed)
        self._fleet_changed(News())
        if unread is not None:
            raise unread

    def close(self) -> None:
        """Wait for nothing any more."""
        self._unlisten()
        for watch in self._watches:
            watch.close()

    async def _load_journal(self) -> SimtuiError | None:
        """Once, before anything is taken up."""
        if self._loaded:
            return None
        try:
            await self._workspace.store.journal.load_aside()
        except SimtuiError as error:
            return error
        self._loaded = True
        return None

    async def _load_drafts(self) -> None:
        """Edits of earlier runs that were not saved are offered again."""
        drafts = self._workspace.drafts
        await drafts.load()
        if drafts.all:
            from simtui.views.config.draft_words import offered_text

            cell = Cell(offered_text(drafts.all, drafts.now()), "warn")
            self._say(Notice(Rank.UNSAVED, cell, lambda: bool(drafts.all)))

    async def _load_runs(self) -> None:
        """Runbooks of earlier runs that have not ended are offered again."""
        runs = self._workspace.runs
        await runs.load()
        if any(not run.ended for run in runs.all):
            from simtui.views.runbook.news import offered_text

            def left() -> list[Run]:
                return [run for run in runs.all if not (run.ended or runs.is_elsewhere(run))]

            if found := left():
                cell = Cell(offered_text(found, runs.now()), "warn")
                self._say(Notice(Rank.INTERRUPTED, cell, lambda: bool(left())))

    def _tell_unknown(self, entries: list[JournalEntry]) -> None:
        if entries:
            from simtui.views.jobs.news import unknown_text

            cell = Cell(unknown_text(entries), "warn")
            self._say(Notice(Rank.UNKNOWN, cell, lambda: any(map(self._is_unknown, entries))))

    def _tell_running(self, entries: Iterable[JournalEntry]) -> None:
        for entry in entries:
            if entry.job_id is not None:
                self._tell_when_known(entry, entry.job_id)

    def _tell_when_known(self, entry: JournalEntry, job_id: str) -> None:
        """Say how far a job is, once that is known; its end is told by the journal."""
        from simtui.views.jobs.news import running_text

        told = False

        def came(known: Entry[JobProgress]) -> None:
            nonlocal told
            job: Job | None = known.value.job if known.value is not None else None
            if job is not None and not told:
                told = True
                if not job.finished:
                    cell = Cell(running_text(entry, job), "accent")
                    self._say(Notice(Rank.RUNNING, cell, lambda: not self._is_settled(entry)))

        self._watches.append(self._workspace.store.watch(JobQuery(job_id), came))

    def _is_unknown(self, entry: JournalEntry) -> bool:
        now = self._workspace.store.journal.entry(entry.entry_id) or entry
        return now.outcome == Outcome.UNKNOWN

    def _is_settled(self, entry: JournalEntry) -> bool:
        return (self._workspace.store.journal.entry(entry.entry_id) or entry).settled

    def _fleet_changed(self, news: News) -> None:
        """Say which devices changed, once, when the fleet is here as it is now."""
        entry, since = self._feed.entry, self._workspace.last_visit.previous
        if entry.value is None or entry.loading or entry.stale:
            return
        self._unlisten()
        from simtui.views.imei.changes import imei_changes
        from simtui.views.imei.ticket import since_text

        changes = imei_changes(self._feed.index, since) if since is not None else ()
        if changes and since is not None:
            cell = Cell(f"{since_text(len(changes), since)} · i", "warn")
            self._say(Notice(Rank.DEVICES, cell))
