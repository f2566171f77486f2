"""What all lists of messages have in common: rows, the words below them, and the keys."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult

from simtui.models import Sms, SmsStatus, Thing
from simtui.store.cells import Watch
from simtui.store.entry import Entry
from simtui.store.query import Query
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import ConversationPlace
from simtui.ui.key import Key
from simtui.ui.list_page import ListPage
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.remark import Remark
from simtui.views.cell import Cell, Column, Row
from simtui.views.plan.selection import select_thing
from simtui.views.sms.rows import message_columns, message_row
from simtui.views.sms.words import detail_text, status_tone
from simtui.views.text import clean

T = TypeVar("T")

REMARK_LINES = 3
_ON_A_MESSAGE = ("send-again-", "cancel-sms-", "copy-sms-")


class SmsListPage(ListPage, Generic[T]):
    """Watches one question about messages. Subclasses say which, and what is in its answer."""

    heading = "SMS"
    screen_title = "SMS"

    _watch: Watch[T] | None = None

    def __init__(self, feed: FleetFeed, query: Query[T]) -> None:
        super().__init__(feed)
        self._query = query
        self.answer: Entry[T] = Entry()

    # What subclasses say

    @property
    @abstractmethod
    def messages(self) -> Mapping[str, Sms]:
        """The messages by id, in the order of the rows."""

    @abstractmethod
    def nothing(self) -> tuple[str, str]:
        """Why there are no messages, and what to do about it, when that is so."""

    # What is shown

    def compose_body(self) -> ComposeResult:
        """The table, and the words about its row."""
        yield from super().compose_body()
        yield Remark(REMARK_LINES)

    def on_mount(self) -> None:
        """Ask for them."""
        self._watch = self.feed.store.watch(self._query, self._came)

    def on_unmount(self) -> None:
        """Ask no more."""
        if self._watch is not None:
            self._watch.close()

    def on_resize(self) -> None:
        """Give the words the lines that there is room for."""
        self.query_one(Remark).fit_terminal()

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return message_columns(width, with_thing=True)

    def keys(self) -> Sequence[str]:
        """The ids of the messages."""
        return tuple(self.messages)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One message."""
        sms = self.messages[key]
        return message_row(sms, self.thing(sms.thing_id), columns, self.feed.context.now)

    def show_rows(self) -> None:
        """Bring the table and the words below it up to date."""
        super().show_rows()
        self.show_remark()

    def tick(self) -> None:
        """Let ages grow."""
        super().tick()
        self.show_remark()

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        if self.answer.value is not None:
            return self.nothing()
        if self.answer.error is not None:
            why = clean(str(self.answer.error), limit=600)
            return "The messages could not be loaded.", f"{why}\n\nr tries again now, ! shows all."
        return "Loading the messages …", "They appear as soon as the server has answered."

    def refresh_now(self) -> None:
        """Ask for them again."""
        self.feed.store.refresh(self._query)

    @property
    def asking(self) -> bool:
        """Whether they are on their way."""
        return self.answer.loading

    @property
    def message(self) -> Sms | None:
        """The message under the cursor."""
        return self.messages.get(self.table.cursor_key or "")

    @property
    def thing_here(self) -> Thing | None:
        """The Thing of the row under the cursor."""
        return self.thing(self.message.thing_id) if self.message is not None else None

    def show_remark(self) -> None:
        """Bring the words about the row up to date."""
        sms, said = self.message, Cell("")
        if sms is not None:
            text = detail_text(sms, self.feed.context.now, self.messages.get(sms.again_of))
            said = Cell(text, status_tone(sms.status))
        self.query_one(Remark).show(said)

    def answer_came(self) -> None:
        """There is something new; subclasses take it in first."""
        self.show_rows()

    def offers(self, key: Key) -> bool:
        """Nothing to do with a message where there is none, nor to cancel what is not queued."""
        if key.id.startswith("cancel-sms-"):
            return self.message is not None and self.message.status == SmsStatus.QUEUED
        if key.id.startswith("send-again-"):
            return self.message is not None and self.message.direction == "MT"
        return self.message is not None or not key.id.startswith(_ON_A_MESSAGE)

    def _came(self, entry: Entry[T]) -> None:
        self.answer = entry
        self.show_error(entry.error)
        self.answer_came()

    @on(table_messages.Moved)
    def _moved(self) -> None:
        self.show_remark()
        self.show_hints()

    # What the keys do

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.open_row(event.key)

    def open_row(self, key: str) -> None:
        """The conversation that the row is of."""
        sms = self.messages.get(key)
        if sms is not None and sms.thing_id:
            self.simtui.go_soon(ConversationPlace(sms.thing_id))

    def action_write_sms(self) -> None:
        """Write to the Thing of the row."""
        if (visit := self.simtui.visit) is not None and self.thing_here is not None:
            visit.messaging.write(select_thing(self.thing_here))

    def action_send_again(self) -> None:
        """Offer the message once more."""
        visit, sms = self.simtui.visit, self.message
        if visit is not None and sms is not None and sms.direction == "MT":
            visit.messaging.again(sms, self.thing(sms.thing_id))

    def action_cancel_sms(self) -> None:
        """Cancel the message while it is queued."""
        visit, sms = self.simtui.visit, self.message
        if visit is not None and sms is not None:
            visit.messaging.cancel(sms, self.thing(sms.thing_id))

    def action_copy(self) -> None:
        """The text of the message."""
        if self.message is not None:
            self.app.copy_to_clipboard(self.message.text)
            self.simtui.notice("Copied the text")
