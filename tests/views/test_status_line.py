"""The top line: what gives way when there is not enough room."""

from __future__ import annotations

import pytest

from simtui.views.status_line import Status, status_line
from simtui.views.text import cell_width

FULL = Status(
    profile="prod",
    crumbs=("Things", "/silent:yes"),
    marked="53 marked",
    counts="53 of 2,000",
    troubles="220 ✗",
    age="10s ago",
    quota="quota 35/1000",
    read_only=True,
)


def text_at(width: int) -> str:
    return "".join(cell.text for cell in status_line(FULL, width))


@pytest.mark.parametrize("width", range(1, 130))
def test_it_is_exactly_as_wide_as_the_terminal(width: int) -> None:
    assert cell_width(text_at(width)) == width


@pytest.mark.parametrize(
    ("width", "right"),
    [
        (120, "53 marked · 53 of 2,000 · 220 ✗ · 10s ago · quota 35/1000 · RO"),
        (80, "53 marked · 220 ✗ · 10s ago · quota 35/1000 · RO"),
        (70, "53 marked · 220 ✗ · 10s ago · RO"),
        (60, "53 marked · 10s ago · RO"),
        (50, "10s ago · RO"),
    ],
)
def test_what_is_marked_stays_longer_than_what_the_list_says_itself(width: int, right: str) -> None:
    assert text_at(width).startswith(" prod ▸ Things ▸ /silent:yes  ")
    assert text_at(width).split("/silent:yes")[1].strip() == right
