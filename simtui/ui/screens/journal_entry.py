"""One write: what it was, and everything that was learnt of it."""

from __future__ import annotations

from textual.app import ComposeResult

from simtui.models.journal import JournalEntry
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.history import JobPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.page import Page
from simtui.ui.widgets.scrolling_text import ScrollingText
from simtui.ui.widgets.section_list import SectionList
from simtui.views.detail.section import Section
from simtui.views.journal.rows import journal_sections
from simtui.views.journal.ticket import ticket_text
from simtui.views.text import clean


class EntryPage(Page):
    """Shows one entry of the journal, and follows what is still learnt of it."""

    scopes = ("text", "entry")
    heading = "Write"
    screen_title = "Journal"
    BINDINGS = bindings("entry")

    def __init__(self, feed: FleetFeed, entry_id: str) -> None:
        super().__init__()
        self._feed = feed
        self._entry_id = entry_id

    def compose_body(self) -> ComposeResult:
        """Sections one below the other."""
        with ScrollingText(classes="body"):
            yield SectionList()

    def on_mount(self) -> None:
        """Follow it."""
        self._unlisten = self._feed.store.journal.listen(self._heard)
        self._unlisten_feed = self._feed.listen(self._news)
        self.show_nav()
        self.show_state()
        self.focus_body()

    def on_unmount(self) -> None:
        """Follow it no more."""
        self._unlisten()
        self._unlisten_feed()

    @property
    def entry(self) -> JournalEntry | None:
        """The write; None when the journal does not have it."""
        return self._feed.store.journal.entry(self._entry_id)

    def offers(self, key: Key) -> bool:
        """Only what became a job leads to one."""
        has_job = self.entry is not None and self.entry.job_id is not None
        return has_job or key.id != "entry-job"

    def focus_body(self) -> None:
        """The text has the keys."""
        self.query_one(ScrollingText).focus()

    def tick(self) -> None:
        """Let ages grow."""
        self.show_state()

    def show_state(self) -> None:
        """Bring the page up to date; what reads the same is not drawn."""
        entry, context = self.entry, self._feed.context
        title = clean(entry.intent.summary) if entry is not None else self._entry_id
        self.show_fleet_status(self._feed, ("Journal", title))
        sections: tuple[Section, ...] = (
            Section("Write", note="the journal does not have it (any more)"),
        )
        if entry is not None:
            sections = journal_sections(entry, context.now, context)
        self.query_one(SectionList).show(sections)
        self.show_hints()

    def _heard(self) -> None:
        """Also from the thread that loads the journal."""
        self.call_later(self.show_state)

    def _news(self, news: News) -> None:
        if news.names:
            self.show_state()

    # What the keys do

    def action_undo_this(self) -> None:
        """Plan what takes it back."""
        if self.entry is not None and self.simtui.visit is not None:
            self.simtui.visit.acting.undo(self.entry)

    def action_open_job(self) -> None:
        """The job that it became."""
        if self.entry is not None and self.entry.job_id is not None:
            self._open_job(self.entry, self.entry.job_id)
        else:
            self.show_notice("It did not become a job: one Thing is changed at once", "dim")

    def _open_job(self, entry: JournalEntry, job_id: str) -> None:
        """Go to the job; another account's has nothing to do with the one of that id here."""
        endpoint = entry.intent.endpoint
        if endpoint == self._feed.store.journal.author.endpoint:
            self.simtui.go_soon(JobPlace(job_id))
        else:
            self.show_notice(f"The job is of another account: {endpoint}", "warn")

    def action_copy(self) -> None:
        """Its story as text for a ticket."""
        if self.entry is not None:
            context = self._feed.context
            self.app.copy_to_clipboard(ticket_text(self.entry, context.now, context))
            self.simtui.notice("Copied it as text for a ticket")
