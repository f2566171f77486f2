"""The messages to and from one Thing, in the order of time, as they are delivered."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult

from simtui.models import Sms, Thing
from simtui.store.sms_queries import CONVERSATION, ConversationQuery
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import ThingPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.screens.sms_list import SmsListPage
from simtui.ui.widgets.line import Line
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Column
from simtui.views.plan.wording import thing_name
from simtui.views.sms.heads import thing_line
from simtui.views.sms.rows import message_columns


class ConversationPage(SmsListPage[tuple[Sms, ...]]):
    """The newest message is the last row, and the cursor stays on it as they come in."""

    scopes = ("table", "conversation")
    heading = "Conversation"
    BINDINGS = bindings("conversation")

    def __init__(self, feed: FleetFeed, thing_id: str) -> None:
        super().__init__(feed, ConversationQuery(thing_id))
        self._thing_id = thing_id
        self._messages: Mapping[str, Sms] = {}
        self._newest = ""

    def compose_body(self) -> ComposeResult:
        """How the Thing is, what is looked for, and the messages."""
        yield Line(id="sms-thing", classes="head")
        yield Line(id="sms-verify", classes="head")
        yield from super().compose_body()

    def on_mount(self) -> None:
        """Follow what is looked for, too."""
        visit = self.simtui.visit
        if visit is not None:
            self._unlisten = visit.messaging.verifying.listen(self.show_top)

    def on_unmount(self) -> None:
        """Follow it no more."""
        self._unlisten()

    @property
    def messages(self) -> Mapping[str, Sms]:
        """The oldest first."""
        return self._messages

    @property
    def cursor_name(self) -> str:
        """Whoever comes back wants to see the newest message, wherever the cursor was."""
        return "Conversation"

    @property
    def thing_here(self) -> Thing | None:
        """The Thing of the conversation."""
        return self.thing(self._thing_id)

    def columns(self, width: int) -> tuple[Column, ...]:
        """Without the Thing, which is the same in all rows."""
        return message_columns(width, with_thing=False)

    def nothing(self) -> tuple[str, str]:
        """No message yet."""
        return "No messages to or from this Thing yet.", "s writes one."

    def show_top(self) -> None:
        """Which Thing, how it is, and what is looked for."""
        thing = self.thing_here
        name = thing_name(thing) if thing is not None else self._thing_id
        count = len(self._messages)
        more = "the latest " if count >= CONVERSATION else ""
        counts = f"{more}{count_text(count)}" if self.answer.value is not None else ""
        self.show_fleet_status(self.feed, ("SMS", name), counts=counts)
        self.show_nav()
        now = self.feed.context.now
        self.query_one("#sms-thing", Line).show(lambda width: thing_line(thing, now))
        self._show_verified()

    def _show_verified(self) -> None:
        visit = self.simtui.visit
        said = visit.messaging.verifying.said_of(self._thing_id) if visit is not None else None
        line = self.query_one("#sms-verify", Line)
        line.display = said is not None
        if said is not None:
            line.show(lambda width: (Cell(" "), said))

    def answer_came(self) -> None:
        """Take them in; who looks at the newest one goes on doing so."""
        at_end = self.table.cursor_key in (None, self._newest)
        if self.answer.value is not None:
            self._messages = {sms.sms_id: sms for sms in reversed(self.answer.value)}
        super().answer_came()
        newest = list(self._messages)[-1] if self._messages else ""
        if newest != self._newest and at_end:
            self.table.move_to(newest)
        self._newest = newest

    def offers(self, key: Key) -> bool:
        """One can always write, as long as the Thing is known."""
        if key.id == "answer-conversation":
            return self.thing_here is not None
        return super().offers(key)

    def open_row(self, key: str) -> None:
        """The Thing itself."""
        self.simtui.go_soon(ThingPlace(self._thing_id))
