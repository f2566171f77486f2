"""What becomes of a packet, step by step: as it is saved, and as it is edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from simtui.errors import SimtuiError
from simtui.ui.paint import lines
from simtui.ui.screens.dialog import FRAME_LINES, Dialog, most_lines
from simtui.ui.widgets.scrolling_text import ScrollingText
from simtui.views.cell import Cell, Row
from simtui.views.detail.layout import wrap
from simtui.views.packet.lines import walk_rows
from simtui.views.packet.probe import Probe
from simtui.views.packet.walk import Comparison
from simtui.views.text import clean

_WAITING = Cell("Reading routes, NAT rules and tunnels …", "accent")


class WalkDialog(Dialog[None]):
    """Shows the walk as soon as it is known; ``esc`` goes back to the question."""

    AUTO_FOCUS = "ScrollingText"

    def __init__(self, probe: Probe, again: Callable[[], None]) -> None:
        super().__init__(_title(probe), "esc ask about another · as modelled")
        self._again = again
        self._found: Comparison | None = None
        self._failed: SimtuiError | None = None

    def compose_body(self) -> ComposeResult:
        """All of it in one text that scrolls."""
        with ScrollingText():
            yield Static(id="walk")

    def show(self, found: Comparison) -> None:
        """The answer is known."""
        self._found = found
        self._draw()

    def fail(self, error: SimtuiError) -> None:
        """It cannot be told, because something could not be read."""
        self._failed = error
        self._draw()

    def on_mount(self) -> None:
        """Draw what is known by now."""
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the terminal."""
        self._draw()

    async def action_dismiss(self, result: None = None) -> None:
        """Back to the question."""
        self._again()

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        width = max(self.query_one(".dialog").content_size.width - 1, 1)
        rows = list(self._rows(width))
        self.query_one("#walk", Static).update(lines(rows))
        room = most_lines(self.app.size.height) - FRAME_LINES
        self.query_one(ScrollingText).styles.height = min(len(rows), max(room, 1))

    def _rows(self, width: int) -> Iterator[Row]:
        if self._failed is not None:
            for text in wrap(f"✗ {clean(str(self._failed), 600)}", width):
                yield (Cell(text, "bad"),)
        elif self._found is None:
            yield (_WAITING,)
        elif not self._found.differ:
            yield from walk_rows(self._found.saved, width)
        else:
            yield (Cell("As it is edited, not saved yet", "warn"),)
            yield from walk_rows(self._found.edited, width)
            yield (Cell(""),)
            yield (Cell("As it is saved", "strong"),)
            yield from walk_rows(self._found.saved, width)


def _title(probe: Probe) -> str:
    ends = [
        f"{address}:{port}" if port else address
        for address, port in ((probe.src, probe.src_port), (probe.dst, probe.dst_port))
    ]
    return f"{probe.protocol} {ends[0]} → {ends[1]}"
