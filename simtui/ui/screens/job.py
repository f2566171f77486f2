"""One job: how far it is, and what became of each Thing."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from simtui.models import ItemOutcome, JobItem
from simtui.models.action import SendSms
from simtui.models.job import REPORT
from simtui.models.journal import JournalEntry
from simtui.models.sms import reference_for
from simtui.ui.cancelling import offer_to_cancel
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import SmsBatchPlace, ThingPlace
from simtui.ui.job_watch import JobWatch
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.retrying import retry_failed
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.line import Line
from simtui.views.cell import Column, Row
from simtui.views.jobs.head import batch_text, counts_line, origin_line, progress_line
from simtui.views.jobs.results import (
    outcome_word,
    outcomes_of,
    places_of,
    result_columns,
    result_row,
)
from simtui.views.jobs.ticket import result_text
from simtui.views.jobs.words import job_title
from simtui.views.text import clean


class JobPage(ListPage):
    """Follows a job to its end; rows are its targets, by their places in the result."""

    scopes = ("table", "job")
    heading = "Job"
    screen_title = "Jobs"
    BINDINGS = bindings("job")

    def __init__(self, feed: FleetFeed, job_id: str) -> None:
        super().__init__(feed)
        self.job_id = job_id
        self._watch: JobWatch | None = None
        self._outcome: str | None = None

    def compose_body(self) -> ComposeResult:
        """Three lines about the job, and the table."""
        for name in ("progress", "counts", "origin"):
            yield Line(id=f"job-{name}", classes="head")
        yield from super().compose_body()

    def on_mount(self) -> None:
        """Ask for it, and for its result when it has ended."""
        self._unlisten = self.follow_journal(self.show_top)
        self._watch = JobWatch(self.feed.store, self.job_id, self._came)

    def on_unmount(self) -> None:
        """Ask no more."""
        self._unlisten()
        if self._watch is not None:
            self._watch.close()

    # What is shown

    @property
    def cursor_name(self) -> str:
        """Each job has its own."""
        return f"Job {self.job_id}"

    @property
    def items(self) -> tuple[JobItem, ...]:
        """What became of its targets, as far as that is known."""
        return (self._watch.items if self._watch is not None else None) or ()

    @property
    def entry(self) -> JournalEntry | None:
        """The write from here that it came of, if it did."""
        return self.feed.store.journal.of_job(self.job_id)

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return result_columns(width)

    def keys(self) -> Sequence[str]:
        """The places of the items: a Thing may be there more than once."""
        return [str(place) for place in places_of(self.items, self._outcome)]

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One target."""
        item = self.items[int(key)]
        return result_row(item, self.thing(item.thing_id), columns)

    def why_empty(self) -> tuple[str, str]:
        """Why there is no result."""
        watch = self._watch
        if watch is None or (watch.job is None and watch.error is None):
            return "Loading the job …", "It appears as soon as the server has answered."
        if watch.error is not None and watch.items is None:
            known = f"\n\nThe journal says: {clean(self.entry.detail)}" if self.entry else ""
            return "The job could not be loaded.", f"{clean(str(watch.error), 600)}{known}"
        if watch.job is not None and not watch.job.finished:
            return "It runs.", "What became of each Thing stands here at its end; r: so far."
        if watch.items is None:
            return "Loading the result …", "It appears as soon as the server has answered."
        if watch.job is not None and watch.job.type == REPORT:
            return "It made a billing report.", "7 shows what it costs."
        return "It has no Things.", "Nothing was to be done."

    def show_top(self) -> None:
        """The lines over the table; each is drawn only when it reads differently."""
        job = self._watch.job if self._watch is not None else None
        entry, now = self.entry, self.feed.context.now
        title = job_title(job, entry) if job is not None else clean(self.job_id)
        self.show_fleet_status(self.feed, ("Jobs", title))
        self.show_nav((self._batch(entry), self._shown_outcome()))
        if job is not None:
            self._line("progress").show(lambda width: progress_line(job, width))
            self._line("counts").show(lambda width: counts_line(job))
            self._line("origin").show(lambda width: origin_line(job, entry, now, width))

    def refresh_now(self) -> None:
        """Ask again for the job and for its result so far."""
        if self._watch is not None:
            self._watch.refresh()

    @property
    def asking(self) -> bool:
        """Whether any of it is on its way."""
        return self._watch is not None and self._watch.loading

    def offers(self, key: Key) -> bool:
        """Nothing to open or to filter without a result, nothing to stop after the end."""
        job = self._watch.job if self._watch is not None else None
        if key.id == "cancel-this-job":
            return job is not None and not job.finished
        if key.id == "deliveries":
            return self.entry is not None and self.entry.intent.kind == SendSms.kind
        if key.id == "retry-failed":
            return any(item.outcome == ItemOutcome.FAILED for item in self.items)
        return bool(self.items) or key.id not in ("open", "next-outcome")

    def escape(self) -> bool:
        """All outcomes again."""
        filtered, self._outcome = self._outcome is not None, None
        if filtered:
            self.show_rows()
        return filtered

    def _came(self) -> None:
        if self._watch is not None:
            self.show_error(self._watch.error)
        self.show_rows()

    def _line(self, name: str) -> Line:
        return self.query_one(f"#job-{name}", Line)

    def _batch(self, entry: JournalEntry | None) -> str:
        if entry is None:
            return ""
        store, operation = self.feed.store, entry.intent.operation
        goes_on = any(running.operation == operation for running in store.operations.running)
        return batch_text(entry, store.journal.of_operation(operation), goes_on=goes_on)

    def _shown_outcome(self) -> str:
        return f"only {outcome_word(self._outcome)}" if self._outcome is not None else ""

    # What the keys do

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        thing_id = self.items[int(event.key)].thing_id
        if thing_id:
            self.simtui.go_soon(ThingPlace(thing_id))

    def action_deliveries(self) -> None:
        """The messages that it has sent."""
        if (entry := self.entry) is not None and entry.intent.kind == SendSms.kind:
            self.simtui.go_soon(SmsBatchPlace(_messages_of(entry)))

    def action_next_outcome(self) -> None:
        """Only the failed, then the done, the skipped, and all again."""
        shown = (None, *outcomes_of(self.items))
        at = shown.index(self._outcome) if self._outcome in shown else 0
        self._outcome = shown[(at + 1) % len(shown)]
        self.show_rows()

    def action_copy(self) -> None:
        """The result as text."""
        job = self._watch.job if self._watch is not None else None
        if job is not None:
            now = self.feed.context.now
            text = result_text(job, self.entry, self.items, self.feed.thing, now)
            self.app.copy_to_clipboard(text)
            self.simtui.notice("Copied the result as text")

    def action_cancel_job(self) -> None:
        """Stop it, after a question."""
        job = self._watch.job if self._watch is not None else None
        if job is not None:
            offer_to_cancel(self.simtui, self.feed.store, job, self.entry)

    def action_retry_failed(self) -> None:
        """Plan the same again for those that failed."""
        job = self._watch.job if self._watch is not None else None
        if job is not None and self.simtui.visit is not None:
            retry_failed(self.simtui.visit, job, self.entry, self.items, self._object)

    def _object(self, why: str) -> None:
        self.show_notice(why, "warn")


def _messages_of(entry: JournalEntry) -> str:
    """The reference of the messages of a write."""
    return reference_for(entry.intent.operation, str(entry.intent.parameters.get("again_of", "")))
