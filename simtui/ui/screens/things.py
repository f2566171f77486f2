"""The Thing list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import events, on
from textual.app import ComposeResult

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.models.billing import Scope
from simtui.store.cells import Watch
from simtui.store.fleet_queries import WindowQuery
from simtui.ui.acting.acting_page import ActingPage
from simtui.ui.acting.targets import Targets
from simtui.ui.column_choice import ColumnChoice
from simtui.ui.command_line import Order
from simtui.ui.filtering import FAULTY, FilterTyping, with_or_without
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.fleet_list import FleetList
from simtui.ui.fleet_status import counts_text, why_empty
from simtui.ui.history import BillingPlace, BlastPlace, RawPlace, ThingPlace, ThingsPlace
from simtui.ui.keys import bindings
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.command_bar import CommandBar, Complete, Mode
from simtui.ui.widgets.fleet_table import FleetTable
from simtui.views.cell import Row
from simtui.views.filter.parser import parse
from simtui.views.sort_values import SORT_VALUES
from simtui.views.things.columns import SET_NAMES
from simtui.views.things.table import thing_row

FIRST_SORT = "iccid"
FAULTS_RECOUNTED_EVERY = 6
"""Ticks between two counts of what is faulty: time alone makes a Thing silent."""


class ThingsPage(ActingPage):
    """Every Thing that passes the filter, in the order of a column."""

    scopes = ("table", "marks", "things")
    heading = "Things"
    BINDINGS = bindings("things")

    def __init__(self, feed: FleetFeed) -> None:
        super().__init__()
        self.feed = feed
        self.filter_text = ""
        self._typing = FilterTyping(feed)
        self._columns = ColumnChoice()
        self._window: Watch[tuple[Thing, ...]] | None = None
        self._ticks = 0

    def compose_body(self) -> ComposeResult:
        """The table, and nothing else."""
        yield FleetTable(classes="body")

    def on_mount(self) -> None:
        """Follow the feed."""
        self._faulty = FleetList(self.feed, self.show_state, query=parse(FAULTY))
        self._list = FleetList(self.feed, self._rows_changed, column=FIRST_SORT)
        self._unlisten = self.feed.listen(self._news)
        self.focus_body()

    def on_unmount(self) -> None:
        """Follow nothing any more."""
        self._unlisten()
        self._list.close()
        self._faulty.close()
        self._watch_rows(())

    @property
    def table(self) -> FleetTable:
        """The rows."""
        return self.query_one(FleetTable)

    def focus_body(self) -> None:
        """The table has the keys."""
        self.table.focus()

    def arrive(self, place: ThingsPlace) -> None:
        """Be at a place: with its filter."""
        self.filter_text = place.filter_text
        self._list.set_filter(parse(place.filter_text))
        self.show_state()

    def tick(self) -> None:
        """Let ages grow, and ask again what depends on time."""
        self._ticks += 1
        if self._list.query.uses_time:
            self._list.pass_time()
        if self._ticks % FAULTS_RECOUNTED_EVERY == 0:
            self._faulty.pass_time()
        self.table.refresh_rows()
        self.show_state()

    def refresh_now(self) -> None:
        """Ask for the whole fleet, and for the rows in view first."""
        self._watch_rows(())
        self._watch_rows(self.table.visible_keys())
        self.feed.refresh()

    @property
    def asking(self) -> bool:
        """Whether the fleet is on its way."""
        return self.feed.entry.loading

    def escape(self) -> bool:
        """Clear the filter, then the marks."""
        if self.filter_text:
            self.simtui.go_soon(ThingsPlace())
        elif self.table.marked:
            self.table.action_clear_marks()
        else:
            return False
        return True

    # What is shown

    def show_state(self) -> None:
        """Bring the top lines and the reason of an empty list up to date."""
        if not self.is_mounted or not hasattr(self, "_list"):
            return
        shown, total = len(self._list.keys), self._list.total
        known = self.feed.entry.value is not None
        crumbs = ("Things", f"/{self.filter_text}") if self.filter_text else ("Things",)
        self.show_fleet_status(
            self.feed,
            crumbs,
            marked=len(self.table.marked),
            counts=counts_text(shown, total) if known else "",
            troubles=len(self._faulty.keys),
        )
        self.show_nav(tuple(self._remarks()))
        self.table.empty = why_empty(self.feed.entry, self.filter_text, total)

    def _remarks(self) -> Iterator[str]:
        """The set of columns and the order, where they are not what one starts with."""
        if self._columns.name != SET_NAMES[0]:
            yield self._columns.name
        column, descending = self._list.sort
        if (column, descending) != (FIRST_SORT, False):
            yield f"by {column.replace('_', ' ')} {'▼' if descending else '▲'}"

    def _news(self, news: News) -> None:
        self.show_error(self.feed.error)
        self.table.refresh_rows(None if news.names or news.rebuilt else news.thing_ids)
        self.show_state()

    def _rows_changed(self) -> None:
        if self._columns.columns:
            self.table.show(self._list.keys, self._row, self._columns.columns)
            self.table.sort = self._list.sort
        self.show_state()

    def _row(self, thing_id: str) -> Row:
        thing = self.feed.thing(thing_id)
        columns = self._columns.columns
        return thing_row(thing, columns, self.feed.context) if thing else ()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the columns that fit."""
        self._columns.fit(event.size.width)
        self._rows_changed()

    @on(table_messages.Marked)
    def _marked(self) -> None:
        self.show_state()

    @on(table_messages.Viewport)
    def _viewport(self, event: table_messages.Viewport) -> None:
        self._watch_rows(event.keys)

    def _shown_things(self) -> tuple[Thing, ...]:
        known = (self.feed.thing(key) for key in self._list.keys)
        return tuple(thing for thing in known if thing is not None)

    def _watch_rows(self, thing_ids: Sequence[str]) -> None:
        """Let the store keep the rows in view newest (design §5: only what is on screen)."""
        if self._window is not None:
            self._window.close()
            self._window = None
        things = (self.feed.thing(thing_id) for thing_id in thing_ids)
        iccids = tuple(sorted(thing.iccid for thing in things if thing is not None))
        if iccids:
            query = WindowQuery(iccids, max_age=self.simtui.refresh_seconds)
            self._window = self.feed.store.watch(query, lambda entry: None)

    # What the keys do

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(ThingPlace(event.key))

    def action_filter(self) -> None:
        """Type a filter."""
        self._typing.begin()
        self.open_bar("/", self.filter_text)

    def action_toggle_faulty(self) -> None:
        """Only what is faulty, or everything again."""
        self.simtui.go_soon(ThingsPlace(with_or_without(self.filter_text, FAULTY)))

    def action_blast(self) -> None:
        """What the marked Things, or the silent ones that the filter leaves, share."""
        marked = tuple(sorted(self.table.marked))
        self.simtui.go_soon(BlastPlace("" if marked else self.filter_text, marked))

    def action_next_columns(self) -> None:
        """The next set of columns."""
        self._columns.next()
        self._rows_changed()

    def action_raw(self) -> None:
        """The row's JSON."""
        if self.table.cursor_key is not None:
            self.simtui.go_soon(RawPlace(self.table.cursor_key))

    def action_bill(self) -> None:
        """What the row costs."""
        if self.table.cursor_key is not None:
            self.simtui.go_soon(BillingPlace(Scope.THING, self.table.cursor_key))

    def action_copy(self) -> None:
        """Offer the row's values."""
        thing = self.feed.thing(self.table.cursor_key or "")
        if thing is not None:
            self.simtui.offer_copies(thing)

    def targets(self) -> Targets:
        """The marked rows, the row under the cursor, and what the filter leaves."""
        known = (self.feed.thing(key) for key in sorted(self.table.marked))
        return Targets(
            marked=tuple(thing for thing in known if thing is not None),
            row=self.feed.thing(self.table.cursor_key or ""),
            filter_text=self.filter_text,
            rows=len(self._list.keys),
            shown=self._shown_things,
        )

    def order(self, order: Order) -> None:
        """Carry out ``:filter``, ``:sort`` and ``:columns``.

        Raises:
            UsageError: for a filter, column or set that is not there.
        """
        if order.name == "filter":
            parse(order.argument)
            self.simtui.go_soon(ThingsPlace(order.argument))
        elif order.name == "columns":
            self._columns.choose(order.argument)
            self._rows_changed()
        elif order.argument not in SORT_VALUES:
            raise UsageError(f"There is no column {order.argument}", ", ".join(SORT_VALUES))
        else:
            self.action_sort(order.argument)

    def candidates(self, name: str, argument: str) -> Sequence[str]:
        """What the argument of a command could become."""
        if name in ("things", "filter", "blast"):
            self._typing.begin()
            return self._typing.complete(argument)
        known = {"sort": tuple(SORT_VALUES), "columns": SET_NAMES}.get(name, ())
        return [each for each in known if each.startswith(argument)]

    def complete(self, mode: Mode) -> Complete:
        """Filters behind ``/``, commands behind ``:``."""
        return self._typing.complete if mode == "/" else super().complete(mode)

    def action_sort(self, column: str) -> None:
        """Sort by a column; again reverses."""
        sorted_by, descending = self._list.sort
        self._list.set_sort(column, column == sorted_by and not descending)
        self.table.sort = self._list.sort
        self.show_state()

    # Typing a filter

    def typed(self, text: str, bar: CommandBar) -> None:
        """Let the list follow what is typed behind ``/``."""
        self._typing.typed(text, bar, self._list.set_filter)

    def entered(self, text: str, bar: CommandBar) -> None:
        """Keep the filter, when it can be read."""
        if self._typing.typed(text, bar, self._list.set_filter):
            self.close_bar()
            self.simtui.go_soon(ThingsPlace(text.strip()))

    def given_up(self) -> None:
        """Show what was shown before the typing."""
        self._list.set_filter(parse(self.filter_text))
