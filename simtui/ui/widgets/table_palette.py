"""The colours of a table, taken from the style sheet once and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from rich.style import Style as RichStyle
from textual.style import Style

from simtui.views.cell import Tone

Part: TypeAlias = Literal["header", "sorted", "bar", "tick", "thumb", "empty"]
Lookup: TypeAlias = Callable[..., Style]

COMPONENT_CLASSES = frozenset(
    f"key-table--{name}"
    for name in (
        "header",
        "sorted",
        "cursor",
        "cursor-blurred",
        "marked",
        "bar",
        "tick",
        "thumb",
        "empty",
        *(f"tone-{tone}" for tone in ("dim", "ok", "warn", "bad", "accent", "strong")),
    )
)


class Palette:
    """Styles for each kind of text on each kind of line, with or without the focus.

    ``lookup`` resolves component classes to a style (``Widget.get_visual_style``), which
    is too slow to be done for every cell of every frame. The focus is not left to CSS,
    because Textual repaints the whole widget when a ``:focus`` rule takes effect.
    """

    def __init__(self, lookup: Lookup, *, focused: bool) -> None:
        """Resolve styles with ``lookup``, each of them once."""
        self._lookup = lookup
        self._cursor = "cursor" if focused else "cursor-blurred"
        self._styles: dict[tuple[str, ...], RichStyle] = {}

    def base(self) -> Style:
        """The style of text that explains an empty table."""
        return self._lookup("key-table--empty")

    def blank(self) -> RichStyle:
        """The style of a line with nothing on it."""
        return self._style()

    def header(self, *, by: bool = False) -> RichStyle:
        """The style of a column's title, ``by`` for the one the table is sorted by."""
        return self._style("header", "sorted") if by else self._style("header")

    def cell(self, tone: Tone, *, cursor: bool, marked: bool) -> RichStyle:
        """The style of a cell that means ``tone``."""
        return self._style(*self._line(cursor, marked), *((f"tone-{tone}",) if tone else ()))

    def part(self, part: Part, *, cursor: bool, marked: bool) -> RichStyle:
        """The style of what a line has besides its cells."""
        return self._style(*self._line(cursor, marked), part)

    def _line(self, cursor: bool, marked: bool) -> tuple[str, ...]:
        return ("marked",) * marked + (self._cursor,) * cursor

    def _style(self, *names: str) -> RichStyle:
        style = self._styles.get(names)
        if style is None:
            style = self._lookup(*(f"key-table--{name}" for name in names)).rich_style
            self._styles[names] = style
        return style
