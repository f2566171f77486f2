"""The messages of the account: what is open or failed, a row a conversation, or the latest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from simtui.models import Sms
from simtui.store.query import Query
from simtui.store.sms_queries import LatestSmsQuery, Messages, OpenSmsQuery
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import ConversationPlace, SmsPlace, SmsView
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.screens.sms_list import SmsListPage
from simtui.views.amounts import count_text
from simtui.views.cell import Column, Row
from simtui.views.plan.wording import things_text
from simtui.views.sms.rows import (
    Conversation,
    conversation_columns,
    conversation_row,
    conversations,
)

_NEXT: Final[Mapping[SmsView, SmsView]] = {
    "open": "conversations",
    "conversations": "latest",
    "latest": "open",
}
_CRUMBS: Final[Mapping[SmsView, str]] = {
    "open": "open and failed",
    "conversations": "conversations",
    "latest": "latest",
}


class SmsPage(SmsListPage[Messages]):
    """One of three views on the same messages; ``v`` goes from one to the next."""

    scopes = ("table", "sms")
    BINDINGS = bindings("sms")

    def __init__(self, feed: FleetFeed, view: SmsView = "open") -> None:
        query: Query[Messages] = OpenSmsQuery() if view == "open" else LatestSmsQuery()
        super().__init__(feed, query)
        self._view: SmsView = view
        self._messages: Mapping[str, Sms] = {}
        self._conversations: Mapping[str, Conversation] = {}

    @property
    def messages(self) -> Mapping[str, Sms]:
        """As the server lists them, newest first."""
        return self._messages

    @property
    def cursor_name(self) -> str:
        """Each view has its own."""
        return f"SMS {self._view}"

    @property
    def message(self) -> Sms | None:
        """Of a conversation, its latest message."""
        if self._view == "conversations":
            one = self._conversations.get(self.table.cursor_key or "")
            return one.last if one is not None else None
        return super().message

    def columns(self, width: int) -> tuple[Column, ...]:
        """Those of messages, or of conversations."""
        if self._view == "conversations":
            return conversation_columns(width)
        return super().columns(width)

    def keys(self) -> Sequence[str]:
        """Messages by their ids, conversations by their Things."""
        return tuple(self._conversations if self._view == "conversations" else self._messages)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One of them."""
        if self._view == "conversations":
            one = self._conversations[key]
            return conversation_row(one, self.thing(key), columns, self.feed.context.now)
        return super().row(key, columns)

    def nothing(self) -> tuple[str, str]:
        """Nothing is open, or nothing was ever sent."""
        if self._view == "open":
            return (
                "No message is pending, and none has failed within 7 days.",
                "v shows the conversations and the latest messages.\n"
                "s on a Thing in the list (2) writes one.",
            )
        return "There are no messages yet.", "s on a Thing in the list (2) writes one."

    def show_top(self) -> None:
        """How many there are, and whether there are more."""
        value = self.answer.value
        counts = self._counts(value) if value is not None else ""
        self.show_fleet_status(self.feed, ("SMS", _CRUMBS[self._view]), counts=counts)
        self.show_nav()

    def _counts(self, value: Messages) -> str:
        if self._view == "conversations":
            return things_text(len(self._conversations))
        more = f" of {count_text(len(value.items) + value.unread)}" if value.unread else ""
        return f"{count_text(len(value.items))}{more}"

    def answer_came(self) -> None:
        """Take them in."""
        if self.answer.value is not None:
            items = self.answer.value.items
            self._messages = {sms.sms_id: sms for sms in items}
            self._conversations = conversations(items)
        super().answer_came()

    def open_row(self, key: str) -> None:
        """The conversation."""
        if self._view == "conversations":
            self.simtui.go_soon(ConversationPlace(key))
        else:
            super().open_row(key)

    def offers(self, key: Key) -> bool:
        """Nothing to open or to write to where nothing stands."""
        if key.id in ("open", "answer-sms"):
            return bool(self.keys())
        return super().offers(key)

    def action_next_view(self) -> None:
        """To the next view, as another place of the same step."""
        if (visit := self.simtui.visit) is not None:
            self.app.call_next(visit.replace, SmsPlace(_NEXT[self._view]))
