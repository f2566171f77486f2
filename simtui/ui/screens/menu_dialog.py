"""A list to choose one thing from."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.reactive import Reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simtui.ui.screens.dialog import Dialog
from simtui.views.text import cell_width, clean, fit

PREVIEW_WIDTH = 66
"""Cells of a line in the window, less the gaps."""


class MenuDialog(Dialog[int]):
    """Offers labels with a preview of what each stands for; answers the index chosen."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(title, "enter choose · esc close")
        self._choices = choices

    def compose_body(self) -> ComposeResult:
        """One line a choice."""
        widest = max((cell_width(label) for label, _ in self._choices), default=0)
        yield MenuList(
            *(
                Option(
                    Content.assemble(
                        (f"{label:<{widest}}  ", "bold"),
                        (preview_of(text, PREVIEW_WIDTH - widest), "$text-muted"),
                    )
                )
                for label, text in self._choices
            )
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)


def preview_of(text: str, width: int) -> str:
    """The beginning of ``text`` in one line of at most ``width`` cells."""
    line = clean(" ".join(text.split()), limit=width + 1)
    return fit(line, width).rstrip()


class MenuList(OptionList):
    """The list, with the letters that move a cursor everywhere else too."""

    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
    ]

    highlighted: Reactive[int | None] = Reactive(None, repaint=False)
    """Textual repaints the whole list when the cursor moves; two lines are enough."""
    _lit: int | None = None

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Draw the line that the cursor left and the one that it is on."""
        super().watch_highlighted(highlighted)
        for index in (self._lit, highlighted):
            if index is not None and (line := self._index_to_line.get(index)) is not None:
                self.refresh_lines(line, self._heights[index])
        self._lit = highlighted
