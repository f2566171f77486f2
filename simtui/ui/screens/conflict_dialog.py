"""Somebody else was quicker: was, theirs and mine side by side, and nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from simtui.ui.paint import lines
from simtui.ui.screens.dialog import FRAME_LINES, Dialog, most_lines
from simtui.ui.widgets.scrolling_text import ScrollingText
from simtui.views.cell import Cell, Row
from simtui.views.detail.layout import wrap
from simtui.views.plan.three_way import FieldVersions
from simtui.views.text import clean, fit

LEAVE_THEIRS = "leave theirs"
COLUMNS_FROM = 60
"""Cells from which the three versions stand side by side."""
_LABEL_WIDTH = 13
_HEADS = ("was", "theirs", "mine")


class ConflictDialog(Dialog[None]):
    """Shows the three versions; ``m`` takes mine over theirs, ``esc`` leaves theirs.

    ``offer`` is what ``m`` does, as a sentence; empty when there is nothing left to do, and
    ``said`` then tells why. ``said`` is the server's word on what happened otherwise;
    ``leave`` is what ``esc`` does.
    """

    BINDINGS = [Binding("m", "mine", show=False)]

    def __init__(
        self,
        title: str,
        said: str,
        fields: Sequence[FieldVersions],
        offer: str,
        mine: Callable[[], None],
        *,
        leave: str = LEAVE_THEIRS,
    ) -> None:
        esc = "theirs" if leave == LEAVE_THEIRS else "later"
        super().__init__(title, f"m mine · esc {esc}" if offer else "esc close")
        self._said = said
        self._fields = fields
        self._offer = offer
        self._mine = mine
        self._leave = leave
        self._done = False

    def compose_body(self) -> ComposeResult:
        """All of it in one text that scrolls."""
        with ScrollingText():
            yield Static(id="conflict")
        yield Static(id="conflict-question")

    def on_resize(self, event: events.Resize) -> None:
        """Side by side, or one under the other where it is narrow."""
        width = max(self.query_one(".dialog").content_size.width - 1, 1)
        rows = list(self._rows(width))
        self.query_one("#conflict", Static).update(lines(rows))
        leave = f"esc: {self._leave}"
        question = f"m: {self._offer} · {leave}" if self._offer else leave
        self.query_one("#conflict-question", Static).update(Content(question))
        room = most_lines(self.app.size.height) - FRAME_LINES - len(wrap(question, width))
        self.query_one(ScrollingText).styles.height = min(len(rows), max(room, 1))

    def action_mine(self) -> None:
        """Take mine over theirs, once."""
        if self._offer and not self._done:
            self._done = True
            self._mine()

    def _rows(self, width: int) -> Iterator[Row]:
        for text in wrap(clean(self._said, 600), width):
            yield (Cell(text, "warn"),)
        yield (Cell(""),)
        if width >= COLUMNS_FROM:
            yield from _side_by_side(self._fields, width)
        else:
            yield from _stacked(self._fields, width)


def _side_by_side(fields: Sequence[FieldVersions], width: int) -> Iterator[Row]:
    room = (width - _LABEL_WIDTH) // 3
    yield (Cell(" " * _LABEL_WIDTH), *(Cell(fit(head, room), "dim") for head in _HEADS))
    for field in fields:
        texts = [wrap(text, room - 2) for text in _texts(field)]
        for number in range(max(map(len, texts))):
            label = "" if number else field.label
            parts = [text[number] if number < len(text) else "" for text in texts]
            yield (Cell(fit(label, _LABEL_WIDTH), "dim"), *_toned(field, parts, room))


def _stacked(fields: Sequence[FieldVersions], width: int) -> Iterator[Row]:
    for field in fields:
        yield (Cell(field.label, "strong"),)
        versions = _texts(field)
        for head, text, cell in zip(_HEADS, versions, _toned(field, versions, 0), strict=True):
            for number, part in enumerate(wrap(text, width - 9)):
                yield (Cell(fit("" if number else f"  {head}", 9), "dim"), Cell(part, cell.tone))


def _texts(field: FieldVersions) -> tuple[str, str, str]:
    """What stands in the columns; what I did not touch stays as theirs, whoever wins."""
    untouched = field.mine == field.was
    return field.was, field.theirs, "as theirs" if untouched else field.mine


def _toned(field: FieldVersions, texts: Sequence[str], width: int) -> tuple[Cell, ...]:
    """What differs stands out: theirs as a warning, mine as what is wanted."""
    was, theirs, mine = (fit(text, width) if width else text for text in texts)
    return (
        Cell(was),
        Cell(theirs, "warn" if field.theirs != field.was else ""),
        Cell(mine, "bad" if field.clash else "accent" if field.mine != field.was else "dim"),
    )
