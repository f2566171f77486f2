"""The NAT rules or the tunnels of a network: one row each, which has a form of its own."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult

from simtui.models.config_change import Ref
from simtui.ui.configuring.switching import propose, switched
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.key import Key
from simtui.ui.list_page import ListPage
from simtui.ui.screens.network_pane import NetworkPane
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.remark import Remark
from simtui.views.cell import Cell

T = TypeVar("T")

_ON_A_ROW = ("open", "edit-", "delete-", "toggle-")


class PartListPage(NetworkPane, ListPage, Generic[T]):
    """Subclasses say what the rows are, and what there is to say of the one under the cursor."""

    kind: ClassVar[str]
    remark_lines: ClassVar[int]

    def __init__(self, feed: FleetFeed, network_id: str) -> None:
        super().__init__(feed)
        self.network_id = network_id

    def compose_body(self) -> ComposeResult:
        """The table, and the words about its row."""
        yield from super().compose_body()
        yield Remark(self.remark_lines)

    def on_resize(self) -> None:
        """Give the words the lines that there is room for."""
        self.query_one(Remark).fit_terminal()

    # What subclasses say

    @property
    @abstractmethod
    def items(self) -> Mapping[str, T]:
        """The objects by id, in the order of the rows."""

    @abstractmethod
    def remark(self, item: T) -> Cell:
        """What there is to say of one of them."""

    # What is shown

    def keys(self) -> Sequence[str]:
        """The ids, in order."""
        return tuple(self.items)

    def show_rows(self) -> None:
        """Bring the table and the lines around it up to date."""
        super().show_rows()

    def show_top(self) -> None:
        """Bring the lines around the table up to date."""
        super().show_top()
        self._show_remark()

    @property
    def item(self) -> T | None:
        """The object under the cursor."""
        return self.items.get(self.table.cursor_key or "")

    def _show_remark(self) -> None:
        item = self.item
        self.query_one(Remark).show(self.remark(item) if item is not None else Cell(""))

    @on(table_messages.Moved)
    def _moved(self) -> None:
        self._show_remark()
        self.show_hints()

    # What the keys do

    def offers(self, key: Key) -> bool:
        """Nothing can be done to a row where there is none."""
        return self.item is not None or not key.id.startswith(_ON_A_ROW)

    def ref(self, item_id: str = "") -> Ref:
        """An object of this network; a new one without an id."""
        return Ref(self.kind, item_id, self.network_id)

    def action_new(self) -> None:
        """A form for a new one."""
        self.edit("")

    def action_edit(self) -> None:
        """The form of the row."""
        if self.item is not None:
            self.edit(self.table.cursor_key or "")

    def action_toggle_row(self) -> None:
        """Switch the row off, or on again, after the difference was shown."""
        if self.item is not None:
            ref = self.ref(self.table.cursor_key or "")
            propose(self.simtui, lambda: switched(self.feed, ref))

    def edit(self, item_id: str) -> None:
        """The form of an object, or of a new one."""
        if (visit := self.simtui.visit) is not None:
            visit.configuring.edit(self.ref(item_id))
