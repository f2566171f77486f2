"""Before and after, what it reaches, and the question whether to save it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from simtui.errors import SimtuiError
from simtui.ui.paint import lines, painted
from simtui.ui.screens.dialog import FRAME_LINES, Dialog, most_lines
from simtui.ui.widgets.scrolling_text import ScrollingText
from simtui.views.cell import Cell, Row
from simtui.views.detail.layout import wrap
from simtui.views.text import clean

LEAST_LINES = 2
"""Lines of the differences that stay, however small the terminal is."""


SIGN = 2
"""Cells of the sign in front of a difference."""


class Stage(Enum):
    """How far it is."""

    ASKING = auto()
    SAVING = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what can come of it.

    ``save`` sends it and says on the way how far it is; it raises `SimtuiError` when it was
    not done. ``back`` is called when the person does not want it, or not like this.
    """

    title: str
    difference: tuple[Cell, ...]
    remarks: tuple[Cell, ...]
    do_it: str
    save: Callable[[Callable[[str], None]], Awaitable[None]]
    back: Callable[[], None]


class SaveDialog(Dialog[None]):
    """Shows a change; ``enter`` saves it, once, and ``esc`` goes back to the edit."""

    AUTO_FOCUS = "ScrollingText"
    BINDINGS = [
        Binding("enter", "save", show=False, priority=True),
        Binding("q", "dismiss", show=False),
    ]

    def __init__(self, question: Question) -> None:
        super().__init__(question.title, "")
        self._question = question
        self._stage = Stage.ASKING
        self._said = Cell("")
        self._seen = False

    @property
    def ready(self) -> bool:
        """Whether ``enter`` saves it."""
        return self._stage is Stage.ASKING and self._seen

    @property
    def stage(self) -> Stage:
        """How far it is."""
        return self._stage

    def compose_body(self) -> ComposeResult:
        """The differences, which scroll, and below them what to know and what becomes of it."""
        with ScrollingText():
            yield Static(id="save-difference")
        yield Static(id="save-remarks")
        yield Static(id="save-said")
        yield Static(id="save-question")

    def on_mount(self) -> None:
        """Ask."""
        self._show()
        self.call_after_refresh(self._was_seen)

    def on_resize(self) -> None:
        """Fit the terminal."""
        self._show()

    def _was_seen(self) -> None:
        """From now on a key is meant for what this dialog says."""
        self._seen = True
        self._show()

    # What the keys do

    def action_save(self) -> None:
        """Send it, once."""
        if self.ready:
            self._stage = Stage.SAVING
            self._say("Saving …")
            self.app.run_worker(self._save(), group="saving")

    async def action_dismiss(self, result: None = None) -> None:
        """Back to the edit; what is on its way goes on."""
        is_saving = self._stage is Stage.SAVING
        if is_saving:
            self.dismiss()
        else:
            self._question.back()

    async def _save(self) -> None:
        try:
            await self._question.save(self._say)
        except SimtuiError as error:
            self._stage = Stage.REFUSED
            self._said = Cell(f"✗ {clean(str(error), 600)}", "bad")
            self._show()

    # What is shown

    def _say(self, text: str) -> None:
        self._said = Cell(text, "accent")
        self._show()

    def _show(self) -> None:
        if not self.is_mounted:
            return
        width = max(self.query_one(".dialog").content_size.width - 1, 1)
        said, question = self._said, Cell(self._asked, "strong")
        for name, cell in (("said", said), ("question", question)):
            line = self.query_one(f"#save-{name}", Static)
            line.display = bool(cell.text)
            line.update(painted((cell,)))
        below = sum(len(wrap(cell.text, width)) for cell in (said, question) if cell.text)
        self._fit(width, most_lines(self.app.size.height) - FRAME_LINES - below)

    def _fit(self, width: int, room: int) -> None:
        """What to know stands below the differences, where it never scrolls away; where there
        is hardly any room it scrolls with them."""
        rows, remarks = list(self._rows(width)), list(self._remarks(width))
        if room - len(remarks) < LEAST_LINES:
            rows, remarks = [*rows, *remarks], []
        self.query_one("#save-difference", Static).update(lines(rows))
        below = self.query_one("#save-remarks", Static)
        below.update(lines(remarks))
        below.display = bool(remarks)
        height = min(len(rows), max(room - len(remarks), 1))
        self.query_one(ScrollingText).styles.height = height

    def _rows(self, width: int) -> Iterator[Row]:
        """The differences with their signs."""
        for cell in self._question.difference:
            mark, rest = cell.text[:SIGN], cell.text[SIGN:]
            indent = " " * (len(rest) - len(rest.lstrip()))
            for number, text in enumerate(wrap(rest.lstrip(), max(width - 6, 1))):
                head = mark + indent if not number else "      "
                yield (Cell(head + text, cell.tone),)

    def _remarks(self, width: int) -> Iterator[Row]:
        """What to know before it is saved, apart from the differences."""
        if self._question.remarks:
            yield (Cell(""),)
        for cell in self._question.remarks:
            for text in wrap(cell.text, width):
                yield (Cell(text, cell.tone),)

    @property
    def _asked(self) -> str:
        if not self._seen:
            return "…"
        if self._stage is Stage.SAVING:
            return "esc: look elsewhere, it goes on"
        if self._stage is Stage.REFUSED:
            return "esc: back to the edit, nothing of it is lost"
        return f"enter: {self._question.do_it} · esc: back"
