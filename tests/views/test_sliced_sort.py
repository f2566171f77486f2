from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.views.sliced_sort import sorted_runs
from simtui.views.splice import found, including, without

ITEMS = st.lists(
    st.tuples(st.none() | st.integers(0, 6) | st.integers(0, 10**6), st.integers(0, 5)),
    max_size=120,
)


def _naive(items: list[tuple[Any, int]], descending: bool) -> list[int]:
    known = [at for at, (value, _) in enumerate(items) if value is not None]
    missing = [at for at, (value, _) in enumerate(items) if value is None]
    known.sort(key=lambda at: items[at][1])
    known.sort(key=lambda at: items[at][0], reverse=descending)
    missing.sort(key=lambda at: items[at][1])
    return known + missing


@given(ITEMS, st.booleans(), st.integers(1, 40))
def test_runs_join_to_the_sorted_whole(
    items: list[tuple[Any, int]], descending: bool, budget: int
) -> None:
    values = [value for value, _ in items]
    ties = [tie for _, tie in items]
    runs = list(sorted_runs(range(len(items)), values, ties, descending=descending, budget=budget))
    assert [at for run in runs for at in run] == _naive(items, descending)
    assert all(len(run) <= budget for run in runs)


@pytest.mark.parametrize("values", [[7] * 500, list(range(500)), [None] * 500, [0] * 499 + [1]])
def test_no_shape_of_values_makes_a_long_run(values: list[Any]) -> None:
    runs = list(
        sorted_runs(
            range(500),
            values,
            values[::-1] if values[0] is not None else list(range(500)),
            descending=False,
            budget=10,
        )
    )
    assert max(map(len, runs)) <= 10
    assert sorted(at for run in runs for at in run) == list(range(500))


def test_the_first_rows_come_before_everything_is_sorted() -> None:
    values = [(at * 7919) % 10_007 for at in range(10_000)]
    runs = sorted_runs(range(10_000), values, values, descending=False, budget=500)
    rows: list[int] = []
    steps = 0
    while len(rows) < 50:
        rows += next(runs)
        steps += 1
    assert [values[at] for at in rows[:50]] == sorted(values)[:50]
    assert sum(1 for run in runs if run) > 10


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)), st.sets(st.integers(61, 90)))
def test_splicing_is_like_sorting_again(there: set[int], gone: set[int], new: set[int]) -> None:
    def rank(item: int) -> int:
        return -item

    ordered = sorted(there, key=rank)
    rest = without(ordered, gone, rank)
    assert rest == sorted(there - gone, key=rank)
    assert including(rest, new, rank) == sorted((there - gone) | new, key=rank)
    assert all(
        ordered[at] == item for item in there if (at := found(ordered, item, rank)) is not None
    )
    assert found(ordered, 99, rank) is None
