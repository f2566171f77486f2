"""One question that one key answers."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from simtui.ui.screens.dialog import Dialog
from simtui.views.text import clean


class ConfirmDialog(Dialog[bool]):
    """Says what would happen; ``y`` agrees, everything else leaves it."""

    BINDINGS = [
        Binding("y", "agree", show=False),
        Binding("n", "dismiss", show=False),
    ]

    def __init__(self, title: str, sentences: str, yes: str, no: str) -> None:
        super().__init__(title, f"y {yes} · esc {no}")
        self._sentences = sentences

    def compose_body(self) -> ComposeResult:
        """What it means."""
        yield Static(Content(clean(self._sentences)))

    def action_agree(self) -> None:
        """Do it."""
        self.dismiss(True)
