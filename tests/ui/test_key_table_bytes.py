"""What the table sends to the terminal: nothing without news, little with it, and it is right."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip

from benchmarks.table_bench import COLUMNS, Bench, Rows
from benchmarks.terminal import ENVIRONMENT, CountingDriver, terminal_of
from simtui.ui.widgets.key_table import KeyTable
from simtui.ui.widgets.table_frugal import FrugalStrip, transition
from simtui.views.cell import Cell, Row

KEYS = [str(index) for index in range(1000)]
WIDTH, HEIGHT = 80, 24


class QuietScreen(Screen[None]):
    """Textual repaints the screen whenever the focus moves; this one does not."""

    focused = reactive(None, repaint=False)


class Quiet(Bench):
    def get_default_screen(self) -> Screen[None]:
        return QuietScreen()


@pytest.fixture
async def table(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[KeyTable]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    widget = KeyTable()
    app = Quiet(widget)
    async with app.run_test(headless=False, size=(WIDTH, HEIGHT)):
        widget.show(KEYS, Rows(), COLUMNS)
        await bytes_of(widget)
        yield widget


async def bytes_of(table: KeyTable) -> int:
    """Bytes written since the last call of ``reset``, when everything is painted."""
    for _ in range(4):  # an event, its answer, the paint and what follows from it
        await table.wait_for_refresh()
    return terminal_of(table.app).bytes


def reset(table: KeyTable) -> CountingDriver:
    terminal = terminal_of(table.app)
    terminal.reset()
    return terminal


async def test_equal_rows_write_nothing(table: KeyTable) -> None:
    reset(table)
    table.show(list(KEYS), Rows(), list(COLUMNS))
    table.refresh_rows()
    table.refresh_rows(["3"])
    table.sort = None
    assert await bytes_of(table) == 0


async def test_rows_out_of_view_write_nothing(table: KeyTable) -> None:
    reset(table)
    table.show([*KEYS, "1000"], Rows(), COLUMNS)
    table.refresh_rows(["999"])
    assert await bytes_of(table) == 0


async def test_rows_above_a_held_cursor_write_nothing(table: KeyTable) -> None:
    table.move_to("500")
    await bytes_of(table)
    reset(table)
    table.show([str(index) for index in range(1000, 1003)] + KEYS, Rows(), COLUMNS)
    assert await bytes_of(table) == 0


async def test_one_changed_row_is_one_line(table: KeyTable) -> None:
    def source(key: str) -> Row:
        return (Cell("◐ susp.", "warn"), *Rows()(key)[1:]) if key == "3" else Rows()(key)

    reset(table)
    table.show(KEYS, source, COLUMNS)
    assert 80 < await bytes_of(table) <= 260


async def test_the_cursor_down_is_two_lines(table: KeyTable) -> None:
    reset(table)
    table.action_cursor_down()
    assert 160 < await bytes_of(table) <= 460


async def test_a_page_is_bounded(table: KeyTable) -> None:
    reset(table)
    table.action_page_down()
    assert await bytes_of(table) <= 5200


async def test_losing_the_focus_is_one_line(table: KeyTable) -> None:
    reset(table)
    table.screen.set_focus(None)
    assert 80 < await bytes_of(table) <= 260
    reset(table)
    table.focus()
    assert 80 < await bytes_of(table) <= 260


async def test_the_terminal_shows_what_the_table_drew(table: KeyTable) -> None:
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    terminal = reset(table)
    table.refresh()
    await bytes_of(table)
    for act in (
        table.action_page_down,
        table.action_toggle_mark,
        table.action_cursor_up,
        lambda: table.show(list(reversed(KEYS)), Rows(), COLUMNS),
        table.action_bottom,
        lambda: table.show(["1"], Rows(), COLUMNS),
    ):
        act()
        await bytes_of(table)
    stream.feed("".join(terminal.written))
    assert screen.display == [table.render_line(y).text for y in range(HEIGHT)]


STYLES = st.builds(
    Style,
    color=st.sampled_from([None, "#102030", "#ff8787", "red"]),
    bgcolor=st.sampled_from([None, "#101418", "blue"]),
    bold=st.sampled_from([None, False, True]),
    dim=st.sampled_from([None, True]),
    italic=st.sampled_from([None, True]),
    underline=st.sampled_from([None, True]),
    strike=st.sampled_from([None, True]),
    reverse=st.sampled_from([None, True]),
)
SEGMENTS = st.lists(
    st.builds(Segment, st.text("ab ▌泵", min_size=1, max_size=4), st.none() | STYLES), max_size=8
)


@given(segments=SEGMENTS)
def test_a_frugal_line_looks_like_a_lavish_one(segments: list[Segment]) -> None:
    console = Console(color_system="truecolor", force_terminal=True)
    frugal, lavish = FrugalStrip(segments).render(console), Strip(segments).render(console)
    assert _drawn(frugal) == _drawn(lavish)


def _drawn(text: str) -> list[list[pyte.screens.Char]]:
    """What a terminal shows after ``text`` and an X, which must have no style."""
    screen = pyte.Screen(80, 1)
    pyte.Stream(screen).feed(text + "X")
    return [[line[column] for column in range(80)] for line in (screen.buffer[0],)]


def test_a_transition_says_only_what_changes() -> None:
    plain = Style(color="#d0d0d0", bgcolor="#101418")
    bold, red = plain + Style(bold=True), plain + Style(color="#ff8787")

    def between(before: Style, after: Style) -> str:
        return transition(before, after, ColorSystem.TRUECOLOR)

    assert between(plain, plain) == ""
    assert between(plain, bold) == "\x1b[1m"
    assert between(bold, plain) == "\x1b[22m"
    assert between(plain, red) == "\x1b[38;2;255;135;135m"
    assert between(plain, Style.null()) == "\x1b[39;49m"
