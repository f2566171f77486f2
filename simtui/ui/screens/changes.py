"""What was seen to change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from textual import on

from simtui.errors import SimtuiError, UsageError
from simtui.models.change import Change, ChangesFound, ChangesWanted
from simtui.ui.change_place import place_of
from simtui.ui.command_line import Order
from simtui.ui.exporting import export_file, write_export
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.fleet_status import counts_text
from simtui.ui.history import ChangesPlace, EntryPlace, Place
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.command_bar import CommandBar, Complete, Mode
from simtui.views.amounts import count_text
from simtui.views.cell import Column, Row
from simtui.views.history.export import changes_csv, changes_json
from simtui.views.history.rows import change_columns, change_row
from simtui.views.history.since import ALL, SPANS, VISIT, Since, parse_since
from simtui.views.history.ticket import change_ticket

MOST = 2_000
"""Rows that are shown; a filter or a shorter time brings the others."""
EVERYTHING = 1_000_000
"""More than a history holds: all of it is exported."""
_FORMATS = {".json": changes_json, ".csv": changes_csv}
_DAY = "24h"


class ChangesPage(ListPage):
    """The changes of a Thing or of all there is, the latest first; rows are changes."""

    scopes = ("table", "changes")
    heading = "Changes"
    BINDINGS = bindings("changes")

    def __init__(
        self,
        feed: FleetFeed,
        last_visit: datetime | None,
        thing_id: str = "",
        since: str = "",
        filter_text: str = "",
    ) -> None:
        super().__init__(feed)
        self._last_visit = last_visit
        self._place = ChangesPlace(thing_id, since, filter_text)
        self._words = filter_text
        self._shown: dict[str, Change] = {}
        self._total: int | None = None
        self._kept = 0
        self._asks = self._again = False

    def on_mount(self) -> None:
        """Follow them."""
        self._unlisten = self.feed.store.history.listen(self._load_soon)
        self._load_soon()

    def on_unmount(self) -> None:
        """Follow them no more."""
        self._unlisten()

    def takes(self, place: Place) -> bool:
        """The same since another time, or with other words."""
        if isinstance(place, ChangesPlace) and place.thing_id == self._place.thing_id:
            self._place, self._words = place, place.filter_text
            self._load_soon()
            return True
        return False

    @property
    def cursor_name(self) -> str:
        """Each Thing's changes have a cursor of their own."""
        return f"{self.heading} {self._place.thing_id}"

    def offers(self, key: Key) -> bool:
        """Nothing to open or copy where nothing stands, nor a write where there is none."""
        if key.id == "changes-write":
            return self._chosen is not None and bool(self._chosen.entry_id)
        return bool(self._shown) or key.id not in ("open", "copy-change")

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return change_columns(width, of_one=bool(self._place.thing_id))

    def keys(self) -> Sequence[str]:
        """The ids of the changes."""
        return tuple(self._shown)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One change."""
        return change_row(self._shown[key], columns, self.feed.context.now)

    def why_empty(self) -> tuple[str, str]:
        """Why there is none."""
        if self._total is None:
            return "Reading what changed …", "It is kept in a file on this machine."
        if self._words:
            return "No change has all of these words.", "esc clears the filter, / changes it."
        if self._kept:
            kept = count_text(self._kept)
            return f"Nothing was seen to change {self.since.said}.", f"v goes on, to all {kept}."
        return (
            "Nothing was seen to change yet.",
            "simtui notes what it sees while it runs, and at its start what changed meanwhile.",
        )

    def show_top(self) -> None:
        """How many there are, of what and since when."""
        place = self._place
        thing = self.thing(place.thing_id)
        of = [(thing.name or thing.iccid) if thing else place.thing_id] if place.thing_id else []
        crumbs = ("Changes", *of, self.since.said, *([f"/{self._words}"] if self._words else []))
        counts = counts_text(len(self._shown), self._total or 0)
        self.show_fleet_status(self.feed, crumbs, counts=counts)
        self.show_nav()

    def escape(self) -> bool:
        """Clear the filter."""
        if self._place.filter_text:
            self.simtui.go_soon(ChangesPlace(self._place.thing_id, self._place.since))
        return bool(self._place.filter_text)

    def refresh_now(self) -> None:
        """Ask for the fleet again; what differs then is a change."""
        self.feed.refresh()
        self._load_soon()

    @property
    def asking(self) -> bool:
        """Whether the fleet is on its way."""
        return self.feed.entry.loading

    @property
    def since(self) -> Since:
        """Since when."""
        now = self.feed.context.now
        try:
            return parse_since(self._place.since or self._usual, now, self._last_visit)
        except UsageError:  # a visit, where none is known
            return parse_since(_DAY, now, None)

    @property
    def _usual(self) -> str:
        """Of a Thing all there is; else what is new to who looks."""
        if self._place.thing_id:
            return ALL
        return VISIT if self._last_visit is not None else _DAY

    @property
    def _wanted(self) -> ChangesWanted:
        place = self._place
        return ChangesWanted(self.since.start, thing_id=place.thing_id, words=self._words)

    @property
    def _chosen(self) -> Change | None:
        return self._shown.get(self.table.cursor_key or "")

    # Reading them

    def _load_soon(self) -> None:
        """One reading at a time; what is asked for meanwhile is read after it."""
        self._again = True
        if not self._asks and self.is_attached:
            self._asks = True
            self.run_worker(self._load())

    async def _load(self) -> None:
        history = self.feed.store.history
        try:
            while self._again:
                self._again = False
                found = await history.find(self._wanted, MOST)
                everything = ChangesWanted(thing_id=self._place.thing_id)
                kept = found if found.total else await history.find(everything, 1)
                self._show(found, kept.total)
        except SimtuiError as error:
            self.show_error(error)
        finally:
            self._asks = False

    def _show(self, found: ChangesFound, kept: int) -> None:
        self._shown = {str(change.change_id): change for change in found.changes}
        self._total, self._kept = found.total, kept
        self.show_rows()
        self.show_error(None)

    # What the keys do

    @on(table_messages.Moved)
    def _moved(self) -> None:
        self.show_hints()

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        change = self._shown[event.key]
        place = place_of(change)
        if place is None or (change.of_thing and self.thing(change.object_id) is None):
            self.show_notice("It is not there any more; c copies what is known of it", "dim")
        else:
            self.simtui.go_soon(place)

    async def action_next_span(self) -> None:
        """The next time to begin at."""
        spans = [span for span in SPANS if span != VISIT or self._last_visit is not None]
        here = self.since.text
        following = spans[(spans.index(here) + 1) % len(spans)] if here in spans else spans[0]
        if self.simtui.visit is not None:
            place = self._place
            await self.simtui.visit.replace(
                ChangesPlace(place.thing_id, following, place.filter_text)
            )

    def action_filter(self) -> None:
        """Type words."""
        self.open_bar("/", self._place.filter_text)

    def action_copy(self) -> None:
        """The row as text for a ticket."""
        if self._chosen is not None:
            self.app.copy_to_clipboard(change_ticket(self._chosen, self.feed.context.now))
            self.simtui.notice("Copied it as text for a ticket")

    def action_open_write(self) -> None:
        """The write that it came from."""
        if self._chosen is not None and self._chosen.entry_id:
            self.simtui.go_soon(EntryPlace(self._chosen.entry_id))
        else:
            self.show_notice("No write from here is known to have done it", "dim")

    def order(self, order: Order) -> None:
        """Carry out ``:export`` and ``:filter``.

        Raises:
            UsageError: when the file cannot be one.
        """
        if order.name == "export":
            self.simtui.run_worker(self._export(export_file(order.argument), self._wanted))
        elif order.name == "filter":
            self._go_with(order.argument)
        else:
            super().order(order)

    async def _export(self, file: Path, wanted: ChangesWanted) -> None:
        app = self.simtui
        try:
            found = await self.feed.store.history.find(wanted, EVERYTHING)
            await write_export(file, _FORMATS, found.changes)
        except SimtuiError as error:
            app.report(error)
        else:
            changes = "change" if found.total == 1 else "changes"
            app.notice(f"Exported {count_text(found.total)} {changes} to {file}")

    # Typing words

    def complete(self, mode: Mode) -> Complete:
        """Words are free; commands are completed."""
        return (lambda text: ()) if mode == "/" else super().complete(mode)

    def typed(self, text: str, bar: CommandBar) -> None:
        """Let the list follow what is typed behind ``/``."""
        self._words = text
        self._load_soon()

    def entered(self, text: str, bar: CommandBar) -> None:
        """Keep the words."""
        self.close_bar()
        self._go_with(text.strip())

    def given_up(self) -> None:
        """Show what was shown before the typing."""
        self.typed(self._place.filter_text, self.query_one(CommandBar))

    def _go_with(self, words: str) -> None:
        place = self._place
        self.simtui.go_soon(ChangesPlace(place.thing_id, place.since, words))
