"""The line of screens: what gives way to what, where there is little room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.ui.page import SCREENS
from simtui.views.lines import nav_line
from simtui.views.text import cell_width

TITLES = [screen.title for screen in SCREENS]


def line(width: int, *remarks: str, current: str = "Things") -> str:
    return "".join(cell.text for cell in nav_line(SCREENS, current, remarks, width))


def test_with_room_every_title_is_whole_and_the_remark_stands_at_the_right() -> None:
    shown = line(140, "by name ▲", "U 1 unsaved")
    assert all(f" {key} {title}" in shown for key, title, _ in SCREENS)
    assert shown.endswith("by name ▲ · U 1 unsaved ")
    assert cell_width(shown) == 140


def test_at_80_columns_all_titles_are_there_short_where_they_have_to_be() -> None:
    shown = line(80)
    assert all(f" {key} {short or title}" in shown for key, title, short in SCREENS)
    assert cell_width(shown) <= 80


def test_a_remark_takes_the_room_of_the_last_titles_and_leaves_their_digits() -> None:
    shown = line(80, "by last seen ▼", "U 12 unsaved")
    assert "by last seen ▼ · U 12 unsaved" in shown
    assert " 2 Things 3 Groups" in shown and "Journal" not in shown
    assert all(f" {screen.key}" in shown for screen in SCREENS)


def test_the_present_screen_keeps_its_title() -> None:
    assert " 0 Journal" in line(80, "only failed", "U 12 unsaved", current="Journal")


@given(st.integers(24, 200), st.lists(st.text("abc ▲", max_size=30), max_size=3))
def test_it_never_is_wider_than_the_terminal_and_no_digit_is_lost(
    width: int, remarks: list[str]
) -> None:
    for current in TITLES:
        shown = line(max(width, 34), *remarks, current=current)
        assert cell_width(shown) <= max(width, 34)
        assert all(f" {screen.key}" in shown for screen in SCREENS)


@pytest.mark.parametrize("width", [40])
def test_in_a_small_terminal_the_digits_and_the_present_screen_are_what_is_left(width: int) -> None:
    assert cell_width(line(width, "a remark that is long")) <= width
