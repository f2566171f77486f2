"""A walk as the lines of a dialog."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.views.packet.lines import walk_rows
from simtui.views.packet.step import Step, Walk
from simtui.views.text import cell_width

OUTCOMES = ("PASS", "DROP", "REJECT", "UNKNOWN", "SKIP", "CHANGE")
WALK = Walk(
    tuple(Step("INBOUND chain", outcome, "rule 3 decides: DROP tcp " * 3) for outcome in OUTCOMES),
    "DROPPED",
    "It is dropped, as modelled.",
)


def lines(width: int) -> list[str]:
    return ["".join(cell.text for cell in row) for row in walk_rows(WALK, width)]


@pytest.mark.parametrize(
    "words",
    ["✓ passes", "✗ drops", "✗ rejects", "? not known", "· skipped", "→ rewritten"],
)
@pytest.mark.parametrize("width", [40, 76, 120])
def test_each_outcome_is_a_glyph_and_a_word(words, width) -> None:
    assert sum(line.startswith(words) for line in lines(width)) == 1


def test_the_text_stands_beside_its_stage_and_goes_on_below_itself() -> None:
    first, second = lines(60)[:2]
    assert first == "✓ passes     INBOUND chain   rule 3 decides: DROP tcp rule 3"
    assert second.startswith(" " * 29 + "decides:")


def test_the_sentence_comes_last_with_the_colour_of_the_verdict() -> None:
    (cell,) = walk_rows(WALK, 76)[-1]
    assert (cell.text, cell.tone) == ("It is dropped, as modelled.", "bad")


@given(st.integers(20, 130))
def test_no_line_is_wider_than_the_dialog(width) -> None:
    assert all(cell_width(line) <= width for line in lines(width))
