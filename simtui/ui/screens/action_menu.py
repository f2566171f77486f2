"""What can be done with the Things that are meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simtui.ui.screens.dialog import Dialog
from simtui.ui.screens.menu_dialog import MenuList

LETTERS = {
    "activate": "a",
    "suspend": "s",
    "resume": "r",
    "retire": "x",
    "name": "n",
    "describe": "d",
    "tags": "t",
    "add-tag": "plus",
    "remove-tag": "minus",
    "rename-tag": "equals_sign",
    "move": "m",
    "services": "v",
    "lock-ip": "l",
    "unlock-ip": "u",
    "imei-lock": "i",
    "reset": "c",
    "ping": "p",
}
"""The key of each word in the menu, as Textual calls it; those that move the cursor stay free."""
_LEAST_HELP = 30
"""Cells beside the labels from which there is room for a sentence."""
_SPELLED = {"plus": "+", "minus": "-", "equals_sign": "="}


@dataclass(frozen=True, slots=True)
class MenuRow:
    """An action on offer, or the ``barrier``, why it cannot be chosen."""

    word: str
    label: str
    help: str
    barrier: str = ""


class ActionMenu(Dialog[None]):
    """Offers the actions; ``tab`` asks for other Things."""

    BINDINGS = [Binding("tab", "other_target", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        rows: Sequence[MenuRow],
        chosen: Callable[[str], None],
        other_target: Callable[[], None],
    ) -> None:
        super().__init__(title, "enter choose · tab other Things · esc close")
        self._rows = rows
        self._chosen = chosen
        self._other_target = other_target
        self._done = False
        for row in rows:
            if letter := LETTERS.get(row.word):
                self._bindings.bind(letter, f"letter({row.word!r})", show=False)

    def compose_body(self) -> ComposeResult:
        """The actions; how, the room decides."""
        yield MenuList()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._choose(self._rows[event.option_index])

    def on_resize(self) -> None:
        """One line an action. At first nothing is under the cursor, so that a key too much
        chooses nothing."""
        menu = self.query_one(MenuList)
        highlighted = menu.highlighted
        width = self.query_one(".dialog").content_size.width
        widest = max(len(row.label) for row in self._rows)
        menu.clear_options()
        menu.add_options(
            Option(_line(row, widest, width), disabled=bool(row.barrier)) for row in self._rows
        )
        menu.highlighted = highlighted

    def action_letter(self, word: str) -> None:
        """The action that a letter stands for."""
        self._choose(next(row for row in self._rows if row.word == word))

    def action_other_target(self) -> None:
        """Ask for other Things."""
        if not self._done:
            self._done = True
            self._other_target()

    def _choose(self, row: MenuRow) -> None:
        """Take an action, once; what is forbidden says so where it stands."""
        if not row.barrier and not self._done:
            self._done = True
            self._chosen(row.word)


def _line(row: MenuRow, widest: int, width: int) -> Content:
    """What has no room beside the label: the help is left out, a barrier goes below it."""
    key = LETTERS.get(row.word, " ")
    letter = _SPELLED.get(key, key)
    label = f"{row.label:<{widest}}  "
    has_room = width - widest >= _LEAST_HELP
    if row.barrier:
        between = "" if has_room else "\n    "
        return Content.styled(f"{letter} {label}{between}{row.barrier}", "$text-muted")
    if not has_room:
        return Content.assemble((f"{letter} ", "$text-accent"), (row.label, "bold"))
    return Content.assemble(
        (f"{letter} ", "$text-accent"), (label, "bold"), (row.help, "$text-muted")
    ).rstrip()
