from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.views.text import UNSAFE, cell_width, clean, fit

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\x1b\x00\x9b\u202e\u200d\ufe0f\u0301\u0300\u115f\ufeff\ud800\U000e0041한é😀"
        ),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pump-12", "pump-12"),
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("\x9b31m", "\\x9b31m"),
        ("\x00\x7f\t\n", "\\x00\\x7f\\x09\\x0a"),
        ("abc\u202edef", "abc\\u202edef"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("Zürich 한국 😀", "Zürich 한국 😀"),
        ("[/nope]", "[/nope]"),
    ],
)
def test_what_a_terminal_would_act_on_is_made_visible(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_combining_marks_are_capped_at_four_in_a_row() -> None:
    shown = clean("x" + "\u0301" * 50 + "q" + "\u0302" * 5)
    assert shown == "x" + "\u0301" * 4 + "q" + "\u0302" * 4


def test_a_mark_without_a_letter_does_not_land_on_what_stands_before() -> None:
    assert clean("\u0301x") == "◌\u0301x"
    assert clean("a\x1b\u0301") == "a\\x1b◌\u0301"


def test_variation_selectors_go_because_terminals_disagree_about_their_width() -> None:
    assert clean("❤\ufe0f") == "❤"


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert clean("a" * 100, limit=10) == "a" * 9 + "…"
    assert clean("a" * 10, limit=10) == "a" * 10
    assert len(clean("\x1b" * 1000, limit=50)) == 50


@given(HOSTILE)
def test_nothing_unsafe_is_left_and_cleaning_again_changes_nothing(text: str) -> None:
    shown = clean(text)
    assert UNSAFE.search(shown) is None
    shown.encode()  # no lone surrogate either
    assert clean(shown) == shown
    marks = 0
    for character in shown:
        marks = marks + 1 if unicodedata.combining(character) else 0
        assert marks <= 4


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80))
def test_harmless_ascii_is_left_alone(text: str) -> None:
    assert clean(text) is text


@given(HOSTILE.map(clean), st.integers(0, 30), st.sampled_from(["left", "right"]))
def test_fit_is_exact_in_cells(text: str, width: int, align: str) -> None:
    assert cell_width(fit(text, width, align)) == width  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "width", "left", "right"),
    [
        ("ab", 4, "ab  ", "  ab"),
        ("abcdef", 4, "abc…", "abc…"),
        ("한국어", 4, "한 …", "한 …"),
        ("한국어", 5, "한국…", "한국…"),
        ("x", 0, "", ""),
        ("xy", 1, "…", "…"),
        ("", 2, "  ", "  "),
    ],
)
def test_fit_cuts_and_pads_by_cells(text: str, width: int, left: str, right: str) -> None:
    assert fit(text, width) == left
    assert fit(text, width, "right") == right
