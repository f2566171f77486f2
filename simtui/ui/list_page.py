"""A page that is one table of something else than the fleet's Things."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult

from simtui.models import Thing
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.page import Page
from simtui.ui.paint import nothing_here
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.fleet_table import ListTable
from simtui.views.cell import Column, Row


class ListPage(Page):
    """Shows rows by key. Subclasses say which rows, and call `show_rows` when they change."""

    def __init__(self, feed: FleetFeed) -> None:
        super().__init__()
        self.feed = feed

    def compose_body(self) -> ComposeResult:
        """The table."""
        yield ListTable(classes="body")

    def on_mount(self) -> None:
        """Show what is there, with the cursor where it was."""
        self._unlisten_feed = self.feed.listen(self.fleet_changed)
        self.show_rows()
        visit = self.simtui.visit
        if visit is not None:
            self.table.move_to(visit.cursors.get(self.cursor_name, ""))
        self.focus_body()

    def on_unmount(self) -> None:
        """Listen no more."""
        self._unlisten_feed()

    def on_resize(self) -> None:
        """Choose the columns that fit."""
        self.show_rows()

    @property
    def table(self) -> ListTable:
        """The rows."""
        return self.query_one(ListTable)

    def focus_body(self) -> None:
        """The table has the keys."""
        self.table.focus()

    def tick(self) -> None:
        """Let ages grow."""
        self.table.refresh_rows()
        self.show_top()

    def show_rows(self) -> None:
        """Bring the table and what stands over it up to date."""
        columns = self.columns(self.app.size.width)
        self.table.show(self.keys(), lambda key: self.row(key, columns), columns)
        self.table.empty = nothing_here(*self.why_empty())
        self.show_top()

    def fleet_changed(self, news: News) -> None:
        """Names of Things may be others now."""
        self.table.refresh_rows()
        self.show_top()

    @on(table_messages.Moved)
    def _remember_cursor(self, event: table_messages.Moved) -> None:
        """For whoever comes back; who never left the first row stays there."""
        visit = self.simtui.visit
        if visit is not None:
            visit.cursors.pop(self.cursor_name, None)
            if event.key is not None and event.index:
                visit.cursors[self.cursor_name] = event.key

    def follow_journal(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Hear of changes of the journal, when the present message has been dealt with."""

        def heard() -> None:
            self.call_later(on_change)

        return self.feed.store.journal.listen(heard)

    # What subclasses say

    @property
    def cursor_name(self) -> str:
        """By what the place of the cursor is remembered."""
        return self.heading

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        raise NotImplementedError

    def keys(self) -> Sequence[str]:
        """The keys of the rows, in order."""
        raise NotImplementedError

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """The cells of a row."""
        raise NotImplementedError

    def why_empty(self) -> tuple[str, str]:
        """Why there are no rows, and what to do about it."""
        raise NotImplementedError

    def show_top(self) -> None:
        """Bring the lines over the table up to date."""
        raise NotImplementedError

    def thing(self, thing_id: str | None) -> Thing | None:
        """A Thing as it is known."""
        return self.feed.thing(thing_id) if thing_id else None
