"""The exact test, against the fractions that it stands for."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, isclose, log

from hypothesis import given
from hypothesis import strategies as st

from simtui.views.blast.fisher import chance, log_least, log_tail, shares_of


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    total = draw(st.integers(1, 60))
    having, silent = draw(st.integers(0, total)), draw(st.integers(0, total))
    both = draw(st.integers(max(0, having + silent - total), min(having, silent)))
    return both, having, silent, total


def exactly(both: int, having: int, silent: int, total: int) -> Fraction:
    """The probability of ``both`` or more."""
    ways = sum(
        comb(having, some) * comb(total - having, silent - some)
        for some in range(both, min(having, silent) + 1)
    )
    return Fraction(ways, comb(total, silent))


@given(tables())
def test_the_tail_is_the_sum_of_its_terms(table: tuple[int, int, int, int]) -> None:
    both, having, silent, total = table
    found = chance(log_tail(*table))
    if both * total > having * silent:
        assert isclose(found, float(exactly(*table)), rel_tol=1e-9)
    else:
        assert found == 1.0  # no more than is to be expected


@given(tables())
def test_no_table_of_its_size_is_rarer_than_the_least(table: tuple[int, int, int, int]) -> None:
    _, having, silent, total = table
    rarest = exactly(min(having, silent), having, silent, total)
    assert isclose(exp(log_least(having, silent, total)), float(rarest), rel_tol=1e-9)


def test_a_chance_far_below_what_a_float_holds_is_still_told_apart() -> None:
    assert log_tail(2_000, 2_000, 2_500, 100_000) < log_tail(1_900, 2_000, 2_500, 100_000) < -5_000


@given(st.lists(st.floats(-60, 0), min_size=1, max_size=40), st.sampled_from([0.01, 0.05, 0.5]))
def test_the_level_is_shared_by_the_values_that_could_reach_it(
    least: list[float], level: float
) -> None:
    number = shares_of(least, level)
    reaching = sum(one <= log(level / number) for one in least)
    assert reaching <= number <= len(least)
    assert number == 1 or sum(one <= log(level / (number - 1)) for one in least) > number - 1
