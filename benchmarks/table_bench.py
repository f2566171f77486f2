"""The table: from a key to the last byte of its frame, beside the least that Textual can do.

``python -m benchmarks.table_bench 1000 100000`` prints a small table. The yardstick is a
widget of one colour that repaints as many lines and does nothing else, in the same run.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from benchmarks.terminal import ENVIRONMENT, CountingDriver, terminal_of
from simtui.ui.styles import style_sheets
from simtui.ui.widgets.key_table import KeyTable
from simtui.views.cell import Cell, Column, Row

SIZES = ((80, 24), (120, 40))
REPEATS = 9
SETTLE_SECONDS = 0.03
COLUMNS = (
    Column("state", "STATE", 9),
    Column("name", "NAME", 12, flex=True),
    Column("iccid", "ICCID", 19),
    Column("session", "SESSION", 9),
    Column("seen", "LAST SEEN", 9, "right"),
)


class Figure(NamedTuple):
    """What one action costs: the median of the time to its frame, and bytes written."""

    ms: float
    bytes: int


class Rows:
    """Rows of a made-up fleet. ``version`` changes what each of them says."""

    def __init__(self) -> None:
        self.version = 0

    def __call__(self, key: str) -> Row:
        """The row of ``key``."""
        online = int(key) % 5 > 0
        return (
            Cell("● active", "ok"),
            Cell(f"pump-{key}", "strong"),
            Cell(f"8931{int(key):015d}"),
            Cell("◉ online", "ok") if online else Cell("○ offline", "bad"),
            Cell(f"{self.version}s ago"),
        )


class BareLines(Widget, can_focus=True):
    """The yardstick: lines of one colour that are painted again when a key comes."""

    BINDINGS = [Binding("down", "paint(2)"), Binding("pagedown", "paint(999)")]

    def render_line(self, y: int) -> Strip:
        """The same line everywhere."""
        return Strip([Segment("x" * self.size.width, Style(color="white", bgcolor="black"))])

    def action_paint(self, lines: int) -> None:
        """Paint the uppermost ``lines`` again."""
        self.refresh(
            *(Region(0, y, self.size.width, 1) for y in range(min(lines, self.size.height)))
        )


class Bench(App[None]):
    """One widget on the whole screen of a terminal that counts."""

    CSS_PATH = [*style_sheets()]

    def __init__(self, widget: Widget) -> None:
        super().__init__(driver_class=CountingDriver)
        self.widget = widget

    def compose(self) -> ComposeResult:
        """Only the widget."""
        yield self.widget

    def on_mount(self) -> None:
        """Keys go to the widget."""
        self.widget.focus()

    async def cost(self, act: Callable[[], Any], *, paints: bool = True) -> Figure:
        """What ``act`` costs; the time is that of the call when it ``paints`` nothing."""
        terminal = terminal_of(self)
        seconds: list[float] = []
        for _ in range(REPEATS):
            await asyncio.sleep(SETTLE_SECONDS)
            terminal.reset()
            start = time.perf_counter()
            act()
            end = await terminal.frame() if paints else time.perf_counter()
            seconds.append(end - start)
        await asyncio.sleep(SETTLE_SECONDS)
        return Figure(statistics.median(seconds) * 1000, terminal.bytes)

    def press(self, key: str) -> Callable[[], None]:
        """The pressing of a key."""
        return functools.partial(terminal_of(self).press, key)


async def table_costs(rows: int, size: tuple[int, int]) -> dict[str, Figure]:
    """What the table costs with ``rows`` rows on a terminal of ``size``."""
    keys, source = [str(index) for index in range(rows)], Rows()
    refetched = itertools.cycle((list(keys), keys))
    table = KeyTable()
    app = Bench(table)

    def one_row() -> None:
        source.version += 1
        table.refresh_rows([table.visible_keys()[3]])

    async with app.run_test(headless=False, size=size):
        start = time.perf_counter()
        table.show(keys, source, COLUMNS)
        load = Figure((time.perf_counter() - start) * 1000, 0)
        return {
            "show": load,
            "down": await app.cost(app.press("down")),
            "page down": await app.cost(app.press("pagedown")),
            "one row": await app.cost(one_row),
            "idle": await app.cost(
                lambda: table.show(next(refetched), source, COLUMNS), paints=False
            ),
        }


async def bare_costs(size: tuple[int, int]) -> dict[str, Figure]:
    """What the yardstick costs for as many lines."""
    bare = BareLines()
    app = Bench(bare)
    async with app.run_test(headless=False, size=size):
        return {
            "down": await app.cost(app.press("down")),
            "page down": await app.cost(app.press("pagedown")),
            "one row": await app.cost(lambda: bare.action_paint(1)),
        }


Costs = dict[str, dict[str, Figure]]


def measure(rows: int) -> dict[str, Costs]:
    """Costs by size, then ``table`` or ``bare``, then action, for a table of ``rows`` rows."""
    os.environ.update(ENVIRONMENT)
    return {
        f"{size[0]}x{size[1]}": {
            "table": asyncio.run(table_costs(rows, size)),
            "bare": asyncio.run(bare_costs(size)),
        }
        for size in SIZES
    }


def report(rows: int, measured: dict[str, Costs]) -> list[str]:
    """The figures as lines for a person."""
    lines = [f"table of {rows:,} rows         ms    bytes    bare ms  bare bytes"]
    for size, costs in measured.items():
        for action, figure in costs["table"].items():
            bare = costs["bare"].get(action)
            beside = f"{bare.ms:10.2f} {bare.bytes:11,}" if bare else ""
            lines.append(
                f"{size:8} {action:12} {figure.ms:10.2f} {figure.bytes:8,} {beside}".rstrip()
            )
    return lines


def main(arguments: list[str]) -> None:
    """Measure tables of the given numbers of rows."""
    for rows in map(int, arguments or ["1000", "100000"]):
        print("\n".join(report(rows, measure(rows))), end="\n\n")


if __name__ == "__main__":
    main(sys.argv[1:])
