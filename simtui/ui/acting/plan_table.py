"""The table of a plan: its groups, which open, and the remarks."""

from __future__ import annotations

from textual.binding import Binding

from simtui.ui.acting.plan_rows import PlanRows
from simtui.ui.widgets.key_table import KeyTable
from simtui.ui.widgets.table_layout import EDGE, GUTTER
from simtui.views.cell import Column
from simtui.views.plan.plan import Plan


class PlanTable(KeyTable):
    """Shows a plan; ``title`` says whose word it is."""

    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "top", show=False),
        Binding("G", "bottom", show=False),
        Binding("right,l", "unfold(True)", show=False),
        Binding("left,h", "unfold(False)", show=False),
    ]

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._content = PlanRows(plan, 1)
        self._title = ""

    @property
    def lines(self) -> int:
        """How many lines all of it takes, its title included."""
        return len(self._content.keys) + 1

    def say(self, plan: Plan, title: str, width: int) -> None:
        """Show a plan in ``width`` cells."""
        self._title = title
        self._content.show(plan, max(width - GUTTER - EDGE, 1))
        self._say_again()

    def toggle(self) -> None:
        """Open or close the group that the cursor is in."""
        key = self.cursor_key
        if key is not None and self._content.toggle(key):
            self._say_again()
            self.move_to(key.split(" ", 1)[0])

    def action_unfold(self, wanted: bool) -> None:
        """Open the group that the cursor is in, or close it."""
        if self.cursor_key is not None and self._content.is_open(self.cursor_key) != wanted:
            self.toggle()

    def _say_again(self) -> None:
        column = Column("plan", self._title, 1, flex=True)
        self.show(self._content.keys, self._content.row, (column,))
