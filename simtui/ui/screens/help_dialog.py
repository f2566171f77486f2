"""The keys of this screen, searchable."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from simtui.ui.key import Key
from simtui.ui.keys import spelled
from simtui.ui.screens.dialog import Dialog
from simtui.views.detail.layout import wrap
from simtui.views.text import cell_width, fit

TEXT_WIDTH = 70
"""Cells of a line in the window."""


class HelpDialog(Dialog[None]):
    """Every key that means something here, narrowed by what is typed."""

    AUTO_FOCUS = "Input"

    def __init__(self, title: str, keys: Sequence[Key]) -> None:
        super().__init__(f"Keys · {title}", "type to search · esc close")
        self._keys = keys

    def compose_body(self) -> ComposeResult:
        """The search line over the table."""
        search = Input(placeholder="search", compact=True)
        search.cursor_blink = False
        yield search
        with VerticalScroll(can_focus=False):
            yield Static(help_content(self._keys, ""))

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self.query_one(Static).update(help_content(self._keys, event.value))

    def key_down(self) -> None:
        """Scroll the table while the search line has the focus."""
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def key_up(self) -> None:
        """Scroll the table while the search line has the focus."""
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def key_pagedown(self) -> None:
        """Scroll the table while the search line has the focus."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def key_pageup(self) -> None:
        """Scroll the table while the search line has the focus."""
        self.query_one(VerticalScroll).scroll_page_up(animate=False)


def help_content(keys: Sequence[Key], search: str) -> Content:
    """The keys that match: the key, what it does and its ``:`` twin."""
    words = search.casefold().split()
    rows = [(spelled(key.keys), described(key)) for key in keys]
    rows = [row for row in rows if all(word in " ".join(row).casefold() for word in words)]
    if not rows:
        return Content.styled("No key does that here.", "$text-muted")
    widest = max(cell_width(name) for name, _ in rows) + 2
    lines: list[Content] = []
    for name, text in rows:
        for number, part in enumerate(wrap(text, TEXT_WIDTH - widest)):
            head = fit("" if number else name, widest)
            lines.append(Content.assemble((head, "$text-accent"), part))
    return Content("\n").join(lines)


def described(key: Key) -> str:
    """What a key does, with its twin on the command line."""
    return f"{key.help} (:{key.command})" if key.command else key.help
