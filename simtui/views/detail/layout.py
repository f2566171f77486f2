"""A section as lines of a given width: labels aligned, long values wrapped beside them."""

from __future__ import annotations

from collections.abc import Iterator

from simtui.views.cell import Cell, Row
from simtui.views.detail.section import Section
from simtui.views.text import cell_width, fit

LABEL_WIDTH = 12
_NARROWEST_VALUE = 16


def laid_out(section: Section, width: int) -> tuple[Row, ...]:
    """The rows and the note of a section; the title is the frame's business."""
    lines: list[Row] = []
    for label, cell in section.rows:
        lines += _labelled(label, cell, width) if label else _wrapped(cell, width)
    if section.note:
        lines += _wrapped(Cell(section.note, "dim"), width)
    return tuple(lines)


def _labelled(label: str, cell: Cell, width: int) -> Iterator[Row]:
    """The value in the column behind the label, or under it where there is no room."""
    label_width = max(LABEL_WIDTH, cell_width(label) + 1)
    if width - label_width < _NARROWEST_VALUE:
        yield (Cell(fit(label, width), "dim"),)
        yield from _wrapped(cell, width)
        return
    for number, text in enumerate(wrap(cell.text, width - label_width)):
        head = fit("" if number else label, label_width)
        yield (Cell(head, "dim"), Cell(text, cell.tone))


def _wrapped(cell: Cell, width: int) -> Iterator[Row]:
    for text in wrap(cell.text, width):
        yield (Cell(text, cell.tone),)


def wrap(text: str, width: int) -> list[str]:
    """The words of ``text`` in lines of at most ``width`` cells; a longer word is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if cell_width(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = fit(word, width).rstrip() if cell_width(word) > width else word
    return [*lines, line]
