"""The Thing detail as plain text for ``simtui thing``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simtui.views.detail.section import Section
from simtui.views.text import cell_width, fit

_INDENT = "  "


def section_lines(sections: Sequence[Section]) -> Iterator[str]:
    """A title, its rows with their labels aligned, its note in brackets, and a blank line."""
    labels = [label for section in sections for label, _ in section.rows]
    width = max(map(cell_width, labels), default=0)
    for number, section in enumerate(sections):
        if number:
            yield ""
        yield section.title
        for label, cell in section.rows:
            yield f"{_INDENT}{fit(label, width)}  {cell.text}" if label else _INDENT + cell.text
        if section.note:
            yield f"{_INDENT}({section.note})"
