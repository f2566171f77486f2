"""A small opaque window over the page."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from simtui.views.text import clean

R = TypeVar("R")
FRAME_LINES = 2
"""Lines that the frame of a dialog takes."""
_SMALL = 16
"""Lines of a terminal that a dialog may have all of."""


def most_lines(height: int) -> int:
    """How high a dialog that fits itself may become on a terminal of ``height`` lines."""
    return height if height <= _SMALL else height * 9 // 10


class Dialog(ModalScreen[R]):
    """A titled window that ``esc`` and ``q`` close. It does not dim what is behind it,
    because that would send the whole screen again over the line."""

    BINDINGS = [
        Binding("escape", "dismiss", show=False),
        Binding("q", "dismiss", show=False),
    ]

    takes_text: ClassVar[bool] = False
    """Whether characters that were on their way when it opened belong into its first input."""

    def __init__(self, title: str, foot: str = "esc close") -> None:
        super().__init__()
        self._heading = clean(title)
        self._foot = foot
        self._ahead = ""

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        with Vertical(classes="dialog") as frame:
            frame.border_title = _literal(self._heading)
            frame.border_subtitle = _literal(self._foot)
            yield from self.compose_body()

    def compose_body(self) -> ComposeResult:
        """What stands inside; subclasses say."""
        yield Static("")

    def say_heading(self, title: str) -> None:
        """Say another title."""
        self.query_one(".dialog").border_title = _literal(clean(title))

    def on_mount(self) -> None:
        """Take over what was typed before there was anything to type in."""
        ahead, self._ahead = self._ahead, ""
        if ahead:
            self.typed_ahead(ahead)

    def typed_ahead(self, text: str) -> bool:
        """Take what was typed before an input had the focus; False when this takes no text."""
        if not self.takes_text:
            return False
        entry = next(iter(self.query(Input)), None)
        if entry is None or not entry.is_mounted:
            self._ahead += text
        else:
            entry.insert_text_at_cursor(text)
        return True

    async def action_dismiss(self, result: R | None = None) -> None:
        """Close without a choice."""
        self.dismiss(result)


def _literal(text: str) -> str:
    """Border titles are read as markup, so brackets are escaped."""
    return text.replace("[", "\\[")
