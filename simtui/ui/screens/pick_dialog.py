"""A list to pick one thing from, narrowed by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from simtui.ui.acting.offer_lines import offer_lines
from simtui.ui.screens.dialog import Dialog
from simtui.ui.screens.menu_dialog import MenuList
from simtui.views.forms.field import Choice


class PickDialog(Dialog[None]):
    """Offers texts; ``picked`` hears which one was taken, ``back`` that none was."""

    BINDINGS = [
        Binding("enter", "pick", show=False, priority=True),
        Binding("down", "row('cursor_down')", show=False),
        Binding("up", "row('cursor_up')", show=False),
        Binding("pagedown", "row('page_down')", show=False),
        Binding("pageup", "row('page_up')", show=False),
    ]

    def __init__(
        self,
        title: str,
        offers: Sequence[Choice],
        picked: Callable[[int], None],
        back: Callable[[], None],
        *,
        search: bool = False,
    ) -> None:
        super().__init__(title, "enter choose · esc back")
        self._offers = offers
        self._picked = picked
        self._back = back
        self._search = search
        self._lines = offer_lines(offers)
        self._shown = list(range(len(offers)))
        self._done = False

    def compose_body(self) -> ComposeResult:
        """The search line, if there is one, over the list."""
        if self._search:
            entry = Input(placeholder="type to search", compact=True)
            entry.cursor_blink = False
            yield entry
        with VerticalScroll(can_focus=False):
            yield MenuList(*self._options())

    def on_mount(self) -> None:
        """The first one is the one that enter takes."""
        self.query_one(MenuList).highlighted = 0 if self._shown else None

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        wanted = event.value.strip().casefold()
        self._shown = [
            index for index, offer in enumerate(self._offers) if wanted in offer.text.casefold()
        ]
        menu = self.query_one(MenuList)
        menu.clear_options()
        menu.add_options(self._options())
        menu.highlighted = 0 if self._shown else None

    def action_row(self, action: str) -> None:
        """Move in the list while something is typed."""
        getattr(self.query_one(MenuList), f"action_{action}")()

    def action_pick(self) -> None:
        """Take the one under the cursor, once."""
        index = self.query_one(MenuList).highlighted
        if index is not None and not self._done:
            self._done = True
            self._picked(self._shown[index])

    async def action_dismiss(self, result: None = None) -> None:
        """Back to where it was asked from."""
        if not self._done:
            self._done = True
            self._back()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.action_pick()

    def _options(self) -> list[Option]:
        """What is left of the lines, which stay where they are while it gets less."""
        return [Option(self._lines[index]) for index in self._shown]
