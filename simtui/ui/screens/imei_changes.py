"""The SIM cards that changed their device."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import on

from simtui.ui.acting.acting_page import ActingPage
from simtui.ui.acting.targets import Targets
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.fleet_status import counts_text
from simtui.ui.history import ThingPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.widgets import table_messages
from simtui.views.ages import short_moment
from simtui.views.amounts import count_text
from simtui.views.cell import Column, Row
from simtui.views.imei.changes import ImeiChange, imei_changes
from simtui.views.imei.rows import imei_columns, imei_row
from simtui.views.imei.ticket import imei_ticket


class ImeiPage(ActingPage, ListPage):
    """Changes since the last visit, or all of them, the latest first; rows are Things."""

    scopes = ("table", "imei")
    heading = "IMEI changes"
    BINDINGS = bindings("imei")

    def __init__(self, feed: FleetFeed, last_visit: datetime | None) -> None:
        super().__init__(feed)
        self._last_visit = last_visit
        self._since: datetime | None = None
        self._chosen = False
        self._all: tuple[ImeiChange, ...] = ()
        self._shown: dict[str, ImeiChange] = {}

    def on_mount(self) -> None:
        """Ask for nothing: the fleet is watched already."""
        self._begin()

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return imei_columns(width)

    def keys(self) -> Sequence[str]:
        """The ids of the Things."""
        return tuple(self._shown)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One change."""
        return imei_row(self._shown[key], columns, self.feed.context.now)

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        if self.feed.entry.value is None:
            return "Loading the fleet …", "Changes appear as soon as the Things are here."
        if self._since is not None and self._all:
            return (
                f"No SIM card changed its device since {short_moment(self._since)}.",
                f"v shows all {count_text(len(self._all))} changes.",
            )
        return "No SIM card is known to have changed its device.", "Nothing is to be done."

    def show_top(self) -> None:
        """How many there are, and since when."""
        shown, total = len(self._shown), len(self._all)
        self.show_fleet_status(
            self.feed,
            ("IMEI changes", self._span()),
            marked=len(self.table.marked),
            counts=counts_text(shown, total),
        )
        self.show_nav()

    def fleet_changed(self, news: News) -> None:
        """A Thing may have changed its device right now."""
        self.show_error(self.feed.error)
        if news.rebuilt and not self._chosen:
            self._begin()
        elif news.rebuilt or news.thing_ids:
            self._select()
        self.show_rows()

    def offers(self, key: Key) -> bool:
        """Nothing to act on without changes, and one span only at the first visit."""
        if key.id == "imei-span":
            return self._last_visit is not None
        return bool(self._shown) or key.id not in ("open", "act-imei", "copy-imei")

    def refresh_now(self) -> None:
        """Ask for the fleet again."""
        self.feed.refresh()

    @property
    def asking(self) -> bool:
        """Whether the fleet is on its way."""
        return self.feed.entry.loading

    def _begin(self) -> None:
        """With what is new, when there is any."""
        is_any = bool(imei_changes(self.feed.index, self._last_visit))
        self._since = self._last_visit if is_any else None
        self._select()

    def _select(self) -> None:
        self._all = imei_changes(self.feed.index)
        chosen = (one for one in self._all if self._since is None or one.at > self._since)
        self._shown = {change.thing.thing_id: change for change in chosen}
        self.show_hints()

    def _span(self) -> str:
        if self._since is not None:
            return f"since your last visit, {short_moment(self._since)}"
        return "all that is known" if self._last_visit else "all that is known: the first visit"

    def targets(self) -> Targets:
        """The marked Things, or the one of the row."""
        marked = (self.feed.thing(key) for key in sorted(self.table.marked))
        return Targets(
            marked=tuple(thing for thing in marked if thing is not None),
            row=self.feed.thing(self.table.cursor_key or ""),
        )

    # What the keys do

    @on(table_messages.Marked)
    def _marked(self) -> None:
        self.show_top()

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(ThingPlace(event.key))

    def action_next_span(self) -> None:
        """Since the last visit, or all."""
        if self._last_visit is None:
            self.show_notice("No earlier visit is known, so these are all changes", "dim")
        else:
            self._chosen = True
            self._since = self._last_visit if self._since is None else None
            self._select()
            self.show_rows()

    def action_copy(self) -> None:
        """The row as text for a ticket."""
        change = self._shown.get(self.table.cursor_key or "")
        if change is not None:
            self.app.copy_to_clipboard(imei_ticket(change, self.feed.context.now))
            self.simtui.notice("Copied it as text for a ticket")
