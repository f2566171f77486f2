from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.views.cell import Cell
from simtui.views.detail.layout import LABEL_WIDTH, laid_out, wrap
from simtui.views.detail.section import Section
from simtui.views.sparkline import sparkline
from simtui.views.text import cell_width, clean


def texts(section: Section, width: int) -> list[str]:
    return ["".join(cell.text for cell in row) for row in laid_out(section, width)]


def test_a_long_value_goes_on_under_itself() -> None:
    section = Section("S", (("Label", Cell("one two three four five six")),))
    first, second, *_ = texts(section, LABEL_WIDTH + 16)
    assert first.startswith("Label ")
    assert second.startswith(" " * LABEL_WIDTH)


def test_where_it_is_narrow_the_value_stands_under_its_label() -> None:
    assert texts(Section("S", (("Label", Cell("value")),)), 14) == [f"{'Label':<14}", "value"]


def test_a_row_without_a_label_and_the_note_take_the_whole_width() -> None:
    section = Section("S", (("", Cell("a sentence")),), "a note")
    assert texts(section, 40) == ["a sentence", "a note"]


@given(st.text(max_size=80).map(clean), st.integers(4, 40))
def test_no_line_is_wider_than_it_may_be(text: str, width: int) -> None:
    assert all(cell_width(line) <= width for line in wrap(text, width))


@given(st.lists(st.sampled_from(["a", "word", "longer-word"]), max_size=20))
def test_no_word_is_lost(words: list[str]) -> None:
    assert " ".join(wrap(" ".join(words), 12)).split() == words


@pytest.mark.parametrize(
    ("values", "bars"),
    [((), ""), ((0, 0), "▁▁"), ((1, 2, 4), "▃▅█"), ((0, 1, 1000), "▁▂█")],
)
def test_bars_grow_with_their_values(values: tuple[float, ...], bars: str) -> None:
    assert sparkline(values) == bars
