"""A small opaque window over the page."""

from __future__ import annotations

from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from simtui.views.text import clean

R = TypeVar("R")


class Dialog(ModalScreen[R]):
    """A titled window that ``esc`` and ``q`` close. It does not dim what is behind it,
    because that would send the whole screen again over the line."""

    BINDINGS = [
        Binding("escape", "dismiss", show=False),
        Binding("q", "dismiss", show=False),
    ]

    def __init__(self, title: str, foot: str = "esc close") -> None:
        super().__init__()
        self._heading = clean(title)
        self._foot = foot

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        with Vertical(classes="dialog") as frame:
            frame.border_title = _literal(self._heading)
            frame.border_subtitle = _literal(self._foot)
            yield from self.compose_body()

    def compose_body(self) -> ComposeResult:
        """What stands inside; subclasses say."""
        yield Static("")

    async def action_dismiss(self, result: R | None = None) -> None:
        """Close without a choice."""
        self.dismiss(result)


def _literal(text: str) -> str:
    """Border titles are read as markup, so brackets are escaped."""
    return text.replace("[", "\\[")
