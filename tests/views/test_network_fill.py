"""How full a pool is, as numbers and as a bar (contract §3.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import IpPool
from simtui.views.network.fill import Fill, fill_bar, fill_of, fullest, percent_cell

COUNTS = st.integers(0, 70_000)


def pool(**told: int | None) -> IpPool:
    return IpPool("q1", "10.0.0.0/24", **told)


def test_the_locked_are_among_the_leased() -> None:
    fill = fill_of(pool(size=253, leased=31, locked=4))
    assert fill == Fill(253, 4, 27)
    assert (fill.used, fill.free, fill.percent) == (31, 222, 12)


def test_what_is_not_told_is_not_guessed_but_the_size_can_be_reckoned() -> None:
    assert fill_of(pool(size=253)) is None
    assert fill_of(pool(leased=3)) == Fill(253, 0, 3)
    assert fill_of(IpPool("q1", "no range", leased=3)) is None
    assert percent_cell(None, 12).text == "–"


def test_odd_numbers_from_the_server_are_shown() -> None:
    fill = fill_of(pool(size=2, leased=5, locked=9))
    assert fill == Fill(2, 5, 0)
    assert (fill.free, fill.percent, fill.tone) == (0, 100, "bad")
    assert Fill(0, 0, 0).percent == 100


@pytest.mark.parametrize(("used", "tone"), [(74, ""), (75, "warn"), (94, "warn"), (95, "bad")])
def test_a_pool_that_fills_up_is_worth_a_look(used: int, tone: str) -> None:
    cell = percent_cell(Fill(100, 0, used), 12)
    assert (cell.tone, cell.text[-4:]) == (tone, f"{used} %")


def test_the_fullest_pool_is_the_one_with_the_least_room_in_percent() -> None:
    pools = (pool(size=253, leased=100), pool(size=5, leased=4), pool())
    assert fullest(pools) == Fill(5, 0, 4)
    assert fullest(()) is None


def test_a_single_locked_address_and_the_last_free_one_are_seen() -> None:
    assert fill_bar(Fill(65_533, 1, 65_531), 6) == "█▒▒▒▒░"
    assert fill_bar(Fill(100, 0, 100), 6) == "▒▒▒▒▒▒"
    assert fill_bar(Fill(0, 0, 0), 4) == "░░░░"


@given(COUNTS, COUNTS, COUNTS, st.integers(0, 40))
def test_a_bar_has_its_width_and_at_least_a_cell_of_whatever_there_is(
    locked: int, leased: int, free: int, width: int
) -> None:
    fill = Fill(locked + leased + free, locked, leased)
    bar = fill_bar(fill, width)
    assert len(bar) == width
    assert bar == "".join(sorted(bar, key="█▒░".index))
    if width >= 3 and fill.usable:
        assert [sign in bar for sign in "█▒░"] == [count > 0 for count in (locked, leased, free)]
