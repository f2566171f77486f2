"""An error in full: what failed, why, what to do next."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from simtui.errors import Invalid, SimtuiError
from simtui.ui.keys import bindings
from simtui.ui.screens.dialog import Dialog
from simtui.views.text import clean


class ErrorDialog(Dialog[None]):
    """Shows one error; nothing can be lost by closing it."""

    def __init__(self, error: SimtuiError) -> None:
        super().__init__("Error")
        self._error = error

    def compose_body(self) -> ComposeResult:
        """The sentences, each under its own word."""
        with ErrorText():
            yield Static(error_content(self._error))


class ErrorText(VerticalScroll, can_focus=True):
    """Scrolls when a server has a lot to say."""

    BINDINGS = bindings("text")


def error_content(error: SimtuiError) -> Content:
    """Title, detail, hint and what a supplier's help desk asks for."""
    parts: list[tuple[str, str] | str] = [(clean(error.title), "bold $text-error")]
    for word, text in (("Why", error.detail), ("What to do", error.hint)):
        if text:
            parts += ["\n\n", (word, "$text-muted"), "\n", clean(text, limit=4000)]
    if isinstance(error, Invalid):
        for problem in error.problems:
            parts += ["\n", (clean(problem.field), "$text-warning"), f": {clean(problem.message)}"]
    facts = [
        f"status {error.status}" if error.status else "",
        clean(error.name),
        f"transaction {clean(error.transaction_id)}" if error.transaction_id else "",
    ]
    if any(facts):
        parts += ["\n\n", (" · ".join(fact for fact in facts if fact), "$text-muted")]
    return Content.assemble(*parts)
