"""Every write from here, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import on

from simtui.errors import SimtuiError
from simtui.models.journal import JournalEntry
from simtui.ui.command_line import Order
from simtui.ui.exporting import export_file, write_export
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.fleet_status import counts_text
from simtui.ui.history import EntryPlace, JournalPlace, Place
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.command_bar import CommandBar, Complete, Mode
from simtui.views.amounts import count_text
from simtui.views.cell import Column, Row
from simtui.views.journal.export import journal_csv, journal_json
from simtui.views.journal.rows import journal_columns, journal_row
from simtui.views.journal.search import matches
from simtui.views.journal.ticket import ticket_text

_FORMATS = {".json": journal_json, ".csv": journal_csv}


class JournalPage(ListPage):
    """The journal, the latest first, as far as it has the words that are looked for."""

    scopes = ("table", "journal")
    heading = "Journal"
    screen_title = "Journal"
    BINDINGS = bindings("journal")

    def __init__(self, feed: FleetFeed, filter_text: str = "") -> None:
        super().__init__(feed)
        self.filter_text = filter_text
        self._words = filter_text
        self._shown: dict[str, JournalEntry] = {}

    def on_mount(self) -> None:
        """Follow it."""
        self._unlisten = self.follow_journal(self._look_again)
        self._look_again()

    def on_unmount(self) -> None:
        """Follow it no more."""
        self._unlisten()

    def takes(self, place: Place) -> bool:
        """The journal with other words."""
        if isinstance(place, JournalPlace):
            self.filter_text = place.filter_text
            self.look_for(place.filter_text)
            return True
        return False

    def offers(self, key: Key) -> bool:
        """Nothing to open, copy or undo where nothing stands."""
        if key.id == "filter-journal":
            return bool(self.feed.store.journal.entries)
        return bool(self._shown) or key.id not in ("open", "undo-entry", "copy-entry")

    def look_for(self, words: str) -> None:
        """Show what has all of these words."""
        self._words = words
        self._look_again()

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return journal_columns(width)

    def keys(self) -> Sequence[str]:
        """The ids of the entries."""
        return tuple(self._shown)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One write."""
        return journal_row(self._shown[key], self.feed.context.now, columns)

    def why_empty(self) -> tuple[str, str]:
        """Why there is none."""
        if self.feed.store.journal.entries:
            return "No write has all of these words.", "esc clears the filter, / changes it."
        return (
            "Nothing was written from here yet.",
            "Every change that is sent stands here first, with what became of it afterwards.",
        )

    def show_top(self) -> None:
        """How many there are."""
        total = len(self.feed.store.journal.entries)
        crumbs = ("Journal", f"/{self.filter_text}") if self.filter_text else ("Journal",)
        self.show_fleet_status(self.feed, crumbs, counts=counts_text(len(self._shown), total))
        self.show_nav()

    def escape(self) -> bool:
        """Clear the filter."""
        if self.filter_text:
            self.simtui.go_soon(JournalPlace())
        return bool(self.filter_text)

    def _look_again(self) -> None:
        entries = reversed(self.feed.store.journal.entries)
        self._shown = {one.entry_id: one for one in entries if matches(one, self._words)}
        self.show_rows()
        self.show_hints()

    @property
    def _chosen(self) -> JournalEntry | None:
        return self._shown.get(self.table.cursor_key or "")

    # What the keys do

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(EntryPlace(event.key))

    def action_filter(self) -> None:
        """Type words."""
        self.open_bar("/", self.filter_text)

    def action_undo_this(self) -> None:
        """Plan what takes the row's write back."""
        if self._chosen is not None and self.simtui.visit is not None:
            self.simtui.visit.acting.undo(self._chosen)

    def action_copy(self) -> None:
        """The row's story as text for a ticket."""
        if self._chosen is not None:
            context = self.feed.context
            self.app.copy_to_clipboard(ticket_text(self._chosen, context.now, context))
            self.simtui.notice("Copied it as text for a ticket")

    def order(self, order: Order) -> None:
        """Carry out ``:export`` and ``:filter``.

        Raises:
            UsageError: when the file cannot be one.
        """
        if order.name == "export":
            file, shown = export_file(order.argument), tuple(self._shown.values())
            self.simtui.run_worker(self._export(file, shown))
        elif order.name == "filter":
            self.simtui.go_soon(JournalPlace(order.argument))
        else:
            super().order(order)

    async def _export(self, file: Path, entries: tuple[JournalEntry, ...]) -> None:
        app = self.simtui
        try:
            await write_export(file, _FORMATS, entries)
        except SimtuiError as error:
            app.report(error)
        else:
            writes = "write" if len(entries) == 1 else "writes"
            app.notice(f"Exported {count_text(len(entries))} {writes} to {file}")

    # Typing words

    def complete(self, mode: Mode) -> Complete:
        """Words are free; commands are completed."""
        return (lambda text: ()) if mode == "/" else super().complete(mode)

    def typed(self, text: str, bar: CommandBar) -> None:
        """Let the list follow what is typed behind ``/``."""
        self.look_for(text)

    def entered(self, text: str, bar: CommandBar) -> None:
        """Keep the words."""
        self.close_bar()
        self.simtui.go_soon(JournalPlace(text.strip()))

    def given_up(self) -> None:
        """Show what was shown before the typing."""
        self.look_for(self.filter_text)
