"""One field of a form: its label, where it is typed, and whether what was typed can be."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label

from simtui.errors import UsageError
from simtui.ui.widgets.line_input import LineInput
from simtui.views.forms.field import Field
from simtui.views.text import clean

_ANSWER = "answer-"
_MOST = 2000
"""Characters of an answer that are shown when a form opens."""


class FieldRow(Horizontal):
    """A label and an input in one line."""

    def __init__(self, number: int, field: Field, value: str) -> None:
        super().__init__(classes="answer")
        self.number = number
        self.field = field
        self.problem: UsageError | None = None
        self._judged = ""
        self._value = clean(value, _MOST)

    def compose(self) -> ComposeResult:
        """Label and input."""
        yield Label(Content(self.field.label))
        entry = LineInput(
            self._value,
            id=f"{_ANSWER}{self.number}",
            placeholder=self.field.example,
            password=self.field.secret,
            compact=True,
            multiline=self.field.multiline,
        )
        entry.cursor_blink = False
        yield entry

    @property
    def entry(self) -> Input:
        """Where it is typed."""
        return self.query_one(Input)

    @property
    def value(self) -> str:
        """What is typed now."""
        return self.entry.value if self.is_mounted else self._value

    def put(self, text: str) -> None:
        """Let it say something, without that counting as typed."""
        with self.entry.prevent(Input.Changed):
            self.entry.value = text
        self.entry.cursor_position = len(text)

    def check(self) -> None:
        """Judge what is typed by the rule of the field."""
        try:
            self.field.check(self.value)
        except UsageError as error:
            self.mark(error)
        else:
            self.mark(None)

    def mark(self, problem: UsageError | None) -> None:
        """Show whether it can be: a cross beside the label, which a colour only repeats."""
        if (problem is None) != (self.problem is None):
            label = self.field.label if problem is None else f"✗ {self.field.label}"
            self.query_one(Label).update(Content(label))
            self.set_class(problem is not None, "-refused")
        self.problem = problem
        self._judged = self.value

    @property
    def is_refused_as_it_stands(self) -> bool:
        """Whether just this text was refused: then that it has changed is old news."""
        return self.problem is not None and self.value == self._judged


def number_of(identity: str | None) -> int | None:
    """Which field an input is of, by its id; None for other widgets."""
    is_answer = identity is not None and identity.startswith(_ANSWER)
    return int(identity.removeprefix(_ANSWER)) if identity is not None and is_answer else None
