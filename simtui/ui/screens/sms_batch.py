"""The messages that were sent together: how many stand where, and each of them."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult

from simtui.models import Sms
from simtui.store.sms_queries import BATCH, Batch, BatchQuery
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.keys import bindings
from simtui.ui.screens.sms_list import SmsListPage
from simtui.ui.widgets.line import Line
from simtui.views.amounts import count_text
from simtui.views.sms.heads import batch_bar, counts_line


class SmsBatchPage(SmsListPage[Batch]):
    """Delivery is followed while it is looked at."""

    scopes = ("table", "conversation")
    heading = "Deliveries"
    BINDINGS = bindings("conversation")

    def __init__(self, feed: FleetFeed, reference: str) -> None:
        super().__init__(feed, BatchQuery(reference))
        self._reference = reference
        self._messages: Mapping[str, Sms] = {}

    def compose_body(self) -> ComposeResult:
        """Two lines of numbers, and the messages."""
        yield Line(id="sms-bar", classes="head")
        yield Line(id="sms-counts", classes="head")
        yield from super().compose_body()

    @property
    def messages(self) -> Mapping[str, Sms]:
        """The newest first."""
        return self._messages

    @property
    def cursor_name(self) -> str:
        """Each batch has its own."""
        return f"SMS {self._reference}"

    def nothing(self) -> tuple[str, str]:
        """None was found, or there are too many to list."""
        batch = self.answer.value
        if batch is not None and batch.total:
            return (
                f"None of the {count_text(batch.total)} messages has failed.",
                f"Of more than {count_text(BATCH)} only those that failed are listed.",
            )
        return "The server has no messages of this.", "r asks again."

    def show_top(self) -> None:
        """How many there are, and how far they are."""
        batch = self.answer.value or Batch()
        counts = count_text(batch.total) if self.answer.value is not None else ""
        self.show_fleet_status(self.feed, ("SMS", "sent together"), counts=counts)
        self.show_nav()
        pending = batch.pending
        self.query_one("#sms-bar", Line).show(lambda width: batch_bar(batch.counts, pending, width))
        self.query_one("#sms-counts", Line).show(lambda width: counts_line(batch.counts))

    def answer_came(self) -> None:
        """Take them in."""
        if self.answer.value is not None:
            self._messages = {sms.sms_id: sms for sms in self.answer.value.items}
        super().answer_came()
