"""The table as a person meets it: the cursor and the marks stay with their rows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.content import Content
from textual.message import Message
from textual.pilot import Pilot

from simtui.ui.styles import style_sheets
from simtui.ui.widgets.key_table import KeyTable
from simtui.views.cell import Cell, Column, Row

NAME = Column("name", "NAME", 10, flex=True)
SIZE = Column("size", "SIZE", 6, "right")
COLUMNS = (NAME, SIZE)


def row(key: str) -> Row:
    return Cell(f"pump {key}", "strong"), Cell("1 MB")


class Shown(App[None]):
    CSS_PATH = [path for path in style_sheets() if path.stem == "key_table"]

    def __init__(self) -> None:
        super().__init__()
        self.table = KeyTable()
        self.news: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.table

    def on_key_table_opened(self, message: KeyTable.Opened) -> None:
        self.news.append(message)

    def on_key_table_moved(self, message: KeyTable.Moved) -> None:
        self.news.append(message)

    def on_key_table_marked(self, message: KeyTable.Marked) -> None:
        self.news.append(message)

    def on_key_table_viewport(self, message: KeyTable.Viewport) -> None:
        self.news.append(message)

    def heard(self, kind: type[Message]) -> list[Any]:
        return [message for message in self.news if type(message) is kind]


@asynccontextmanager
async def shown(
    keys: Sequence[str], size: tuple[int, int] = (40, 6)
) -> AsyncIterator[tuple[KeyTable, Pilot[None]]]:
    app = Shown()
    async with app.run_test(size=size) as pilot:
        app.table.focus()
        app.table.show(keys, row, COLUMNS)
        await pilot.pause()
        yield app.table, pilot


def news(table: KeyTable, kind: type[Message]) -> list[Any]:
    app = table.app
    assert isinstance(app, Shown)
    return app.heard(kind)


def text(table: KeyTable) -> list[str]:
    return [table.render_line(y).text for y in range(table.size.height)]


async def test_it_shows_titles_and_rows() -> None:
    async with shown("ab") as (table, _):
        lines = text(table)
        assert lines[0].split() == ["NAME", "SIZE"]
        assert lines[1].split() == ["▌", "pump", "a", "1", "MB"]
        assert lines[2].split() == ["pump", "b", "1", "MB"]
        assert {len(line) for line in lines} == {40}


async def test_columns_end_where_they_should() -> None:
    async with shown("ab") as (table, _):
        header, first, *_ = text(table)
        assert first.index("pump") == header.index("NAME") == 3
        assert first.rstrip().endswith("1 MB")
        assert len(first.rstrip()) == len(header.rstrip()) == 39


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("abXcde", id="inserted above"),
        pytest.param("cabde", id="moved"),
        pytest.param("cde", id="removed above"),
        pytest.param("edcba", id="sorted the other way"),
        pytest.param("c", id="alone"),
    ],
)
async def test_the_cursor_follows_its_key(after: str) -> None:
    async with shown("abcde") as (table, pilot):
        await pilot.press("down", "down")
        table.show(after, row, COLUMNS)
        await pilot.pause()
        assert (table.cursor_key, table.cursor_index) == ("c", after.index("c"))
        assert "c" in table.visible_keys()


async def test_the_cursor_keeps_its_index_when_its_key_is_gone() -> None:
    async with shown("abcde") as (table, pilot):
        await pilot.press("down", "down")
        table.show("abde", row, COLUMNS)
        assert table.cursor_key == "d"
        table.show("ab", row, COLUMNS)
        assert table.cursor_key == "b"
        table.show("abcd", row, COLUMNS)
        assert table.cursor_key == "b"
        table.show("dcba", row, COLUMNS)
        assert table.cursor_key == "b"


async def test_the_cursor_comes_back_to_its_key_after_an_empty_list() -> None:
    async with shown("abcde") as (table, pilot):
        await pilot.press("down", "down")
        table.show("", row, COLUMNS)
        assert (table.cursor_key, table.cursor_index) == (None, 0)
        table.show("abcde", row, COLUMNS)
        assert table.cursor_key == "c"


async def test_an_untouched_cursor_stays_at_the_top_while_a_list_loads() -> None:
    async with shown("mn") as (table, _):
        table.show("abmn", row, COLUMNS)
        assert (table.cursor_key, table.visible_keys()[0]) == ("a", "a")


async def test_the_row_of_the_cursor_keeps_its_line_on_the_screen() -> None:
    keys = [str(index) for index in range(100)]
    async with shown(keys) as (table, pilot):
        await pilot.press("pagedown", "down", "down")
        line = table.visible_keys().index("7")
        table.show([f"new {index}" for index in range(30)] + keys, row, COLUMNS)
        assert table.visible_keys().index("7") == line


async def test_keys_move_the_cursor_and_the_ends_hold_it() -> None:
    async with shown([str(index) for index in range(12)]) as (table, pilot):
        expected = {
            "up": 0,
            "down": 1,
            "pagedown": 6,
            "end": 11,
            "pageup": 6,
            "home": 0,
        }
        seen = {}
        for key in expected:
            await pilot.press(key)
            seen[key] = table.cursor_index
            assert table.cursor_key in table.visible_keys()
        assert seen == expected


async def test_moving_in_an_empty_table_does_nothing() -> None:
    async with shown(()) as (table, pilot):
        await pilot.press("down", "end", "pagedown", "enter", "pageup", "right")
        table.action_toggle_mark()
        table.action_mark_range()
        table.action_mark_all()
        assert (table.cursor_key, table.cursor_index) == (None, 0)
        assert table.marked == frozenset()
        assert not news(table, KeyTable.Opened)


async def test_move_to_scrolls_there_and_refuses_unknown_keys() -> None:
    async with shown([str(index) for index in range(5000)]) as (table, _):
        assert table.move_to("4321")
        assert table.cursor_index == 4321
        assert "4321" in table.visible_keys()
        assert not table.move_to("nobody")
        assert table.cursor_key == "4321"


async def test_enter_opens_the_row() -> None:
    async with shown("abc") as (table, pilot):
        await pilot.press("down", "enter")
        assert [message.key for message in news(table, KeyTable.Opened)] == ["b"]


async def test_a_mark_goes_with_its_key_through_a_filter() -> None:
    async with shown("abcd") as (table, pilot):
        table.action_toggle_mark()
        table.action_toggle_mark()
        assert table.cursor_key == "c"
        table.show("bd", row, COLUMNS)
        await pilot.pause()
        assert table.marked == {"a", "b"}
        assert ["✓" in line for line in text(table)[1:3]] == [True, False]
        assert [set(message.keys) for message in news(table, KeyTable.Marked)] == [
            {"a"},
            {"a", "b"},
        ]


async def test_a_second_mark_takes_the_first_away() -> None:
    async with shown("ab") as (table, _):
        table.action_toggle_mark()
        table.action_cursor_up()
        table.action_toggle_mark()
        assert table.marked == frozenset()


@pytest.mark.parametrize(("start", "end"), [(1, 3), (3, 1)])
async def test_a_range_is_marked_in_both_directions(start: int, end: int) -> None:
    async with shown("abcde") as (table, _):
        table.move_to("abcde"[start])
        table.action_toggle_mark()
        table.move_to("abcde"[end])
        table.action_mark_range()
        assert table.marked == {"b", "c", "d"}


async def test_a_range_without_an_anchor_marks_one_row() -> None:
    async with shown("abcde") as (table, _):
        table.move_to("c")
        table.action_mark_range()
        assert table.marked == {"c"}


async def test_a_range_whose_anchor_was_filtered_away_marks_one_row() -> None:
    async with shown("abcde") as (table, _):
        table.action_toggle_mark()
        table.show("cde", row, COLUMNS)
        table.move_to("d")
        table.action_mark_range()
        assert table.marked == {"a", "d"}


async def test_all_rows_are_marked_and_unmarked_but_not_hidden_ones() -> None:
    async with shown("abcde") as (table, _):
        table.marked = {"a"}
        table.show("bc", row, COLUMNS)
        table.action_mark_all()
        assert table.marked == {"a", "b", "c"}
        table.action_mark_all()
        assert table.marked == {"a"}
        table.action_clear_marks()
        assert table.marked == frozenset()


async def test_the_screen_hears_of_moves_and_of_rows_in_view_once() -> None:
    async with shown([str(index) for index in range(100)], size=(40, 4)) as (table, pilot):
        first = news(table, KeyTable.Viewport)
        assert [message.keys for message in first] == [("0", "1", "2")]
        for _ in range(4):
            table.action_cursor_down()
        table.refresh_rows()
        await pilot.pause()
        assert [message.keys for message in news(table, KeyTable.Viewport)[1:]] == [("2", "3", "4")]
        moves = [(message.key, message.index) for message in news(table, KeyTable.Moved)]
        assert moves == [("0", 0), ("4", 4)]


async def test_an_equal_list_is_no_news() -> None:
    async with shown("abc") as (table, pilot):
        await pilot.pause()
        before = len(table.app.news)  # type: ignore[attr-defined]
        table.show(["a", "b", "c"], row, COLUMNS)
        await pilot.pause()
        assert len(table.app.news) == before  # type: ignore[attr-defined]


async def test_only_rows_in_view_are_asked_for() -> None:
    asked: list[str] = []

    def source(key: str) -> Row:
        asked.append(key)
        return row(key)

    async with shown((), size=(40, 4)) as (table, pilot):
        table.show([str(index) for index in range(100_000)], source, COLUMNS)
        await pilot.pause()
        assert asked == ["0", "1", "2"]
        asked.clear()
        await pilot.press("down", "down", "down")
        assert asked == ["3"]
        asked.clear()
        table.refresh_rows(["2", "77", "nobody"])
        assert asked == ["2"]


async def test_a_click_chooses_and_a_double_click_opens() -> None:
    async with shown("abc") as (table, pilot):
        await pilot.click(table, offset=(5, 3))
        assert table.cursor_key == "c"
        assert not news(table, KeyTable.Opened)
        await pilot.click(table, offset=(5, 2), times=2)
        assert [message.key for message in news(table, KeyTable.Opened)] == ["b"]
        await pilot.click(table, offset=(5, 0))
        await pilot.click(table, offset=(5, 5))
        assert table.cursor_key == "b"


async def test_the_wheel_scrolls_and_takes_the_cursor_along() -> None:
    async with shown([str(index) for index in range(100)]) as (table, pilot):
        table.post_message(events.MouseScrollDown(table, 5, 2, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert table.visible_keys()[0] == "3"
        assert table.cursor_key == "3"
        table.post_message(events.MouseScrollUp(table, 5, 2, 0, -1, 0, False, False, False))
        await pilot.pause()
        assert table.visible_keys()[0] == "0"
        assert table.cursor_key == "3"


async def test_the_sorted_column_has_an_arrow() -> None:
    async with shown("abc") as (table, pilot):
        table.sort = ("name", False)
        await pilot.pause()
        assert "NAME▲" in text(table)[0]
        table.sort = ("size", True)
        assert "SIZE▼" in text(table)[0]
        assert "NAME " in text(table)[0]
        table.sort = None
        assert text(table)[0].split() == ["NAME", "SIZE"]


async def test_an_empty_table_says_why() -> None:
    async with shown(()) as (table, pilot):
        table.empty = Content("No Thing matches [/nope].\nPress esc to clear the filter.")
        await pilot.pause()
        lines = [line.strip() for line in text(table)]
        assert lines[2:4] == ["No Thing matches [/nope].", "Press esc to clear the filter."]
        table.show("a", row, COLUMNS)
        assert "No Thing" not in "".join(text(table))


async def test_columns_that_do_not_fit_are_scrolled_by_columns() -> None:
    columns = [Column(name, name.upper(), 12) for name in ("one", "two", "three", "four")]

    def source(key: str) -> Row:
        return tuple(Cell(f"{column.key}-{key}") for column in columns)

    async with shown((), size=(32, 5)) as (table, pilot):
        table.show("a", source, columns)
        await pilot.pause()
        assert text(table)[0].endswith("›")
        await pilot.press("right")
        assert text(table)[0].startswith("  ‹TWO")
        assert text(table)[1].startswith("▌  two-a")
        await pilot.press("right", "right", "right")
        assert "four-a" in text(table)[1]
        assert not text(table)[0].endswith("›")
        await pilot.press("left", "left", "left", "left")
        assert text(table)[1].startswith("▌  one-a")


@pytest.mark.parametrize("size", [(10, 2), (10, 1), (3, 2), (1, 1), (200, 60)])
async def test_it_survives_any_size(size: tuple[int, int]) -> None:
    async with shown([str(index) for index in range(30)], size=size) as (table, pilot):
        await pilot.press("down", "end", "pageup", "right", "home")
        assert {len(line) for line in text(table)} == {size[0]}


async def test_a_smaller_window_keeps_the_cursor_in_view() -> None:
    async with shown([str(index) for index in range(30)], size=(40, 20)) as (table, pilot):
        table.move_to("15")
        await pilot.resize_terminal(30, 5)
        await pilot.pause()
        assert "15" in table.visible_keys()
        assert news(table, KeyTable.Viewport)[-1].keys == table.visible_keys()


async def test_wide_characters_keep_the_columns_straight() -> None:
    def source(key: str) -> Row:
        return Cell("泵站" * 20 if key == "wide" else "pump"), Cell("9 MB")

    async with shown((), size=(41, 5)) as (table, _):
        table.show(["wide", "narrow"], source, COLUMNS)
        wide, narrow = table.render_line(1), table.render_line(2)
        assert cell_len(wide.text) == cell_len(narrow.text) == 41
        assert wide.crop(32, 41).text == narrow.crop(32, 41).text == "    9 MB "


async def test_the_scrollbar_shows_where_one_is() -> None:
    async with shown([str(index) for index in range(100)]) as (table, pilot):
        assert ["▐" in line for line in text(table)] == [False, True] + [False] * 4
        await pilot.press("end")
        assert ["▐" in line for line in text(table)] == [False] * 5 + [True]


async def test_new_columns_start_at_the_left() -> None:
    async with shown("a") as (table, _):
        table.show("a", lambda key: (Cell("x"),), [Column("only", "ONLY", 4)])
        assert text(table)[0].split() == ["ONLY"]


async def test_it_can_be_filled_before_it_is_mounted() -> None:
    class Early(Shown):
        def compose(self) -> ComposeResult:
            self.table.show("abc", row, COLUMNS)
            self.table.sort = ("name", False)
            self.table.focus()
            yield self.table

    app = Early()
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert app.table.visible_keys() == ("a", "b", "c")
        assert app.table.has_focus


async def test_the_theme_can_change_while_it_is_shown() -> None:
    async with shown("abc") as (table, pilot):
        dark = list(table.render_line(2))
        table.app.theme = "textual-light"
        await pilot.pause()
        light = list(table.render_line(2))
        assert [segment.text for segment in light] == [segment.text for segment in dark]
        assert light != dark


async def test_the_cursor_is_seen_without_focus_and_without_colour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with shown("abc") as (table, pilot):
        focused = list(table.render_line(1))
        table.screen.set_focus(None)
        await pilot.pause()
        blurred = list(table.render_line(1))
        assert focused != blurred
        assert text(table)[1].startswith("▌")
