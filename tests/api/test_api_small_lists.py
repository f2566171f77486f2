from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.api.paging import LARGEST_PAGE, every
from simtui.api.raw_page import RawPage


class Numbers:
    """A list of numbers, changed by ``meddle`` before each answer."""

    def __init__(self, count: int, largest: int, meddle: Callable[[Numbers], None]) -> None:
        self.rows: list[int | None] = list(range(count))
        self.largest = largest
        self.meddle = meddle
        self.asked: list[tuple[int, int]] = []

    async def fetch(self, offset: int, limit: int) -> RawPage[int]:
        self.asked.append((offset, limit))
        self.meddle(self)
        rows = tuple(self.rows[offset : offset + self.largest])
        return RawPage(rows, offset, limit, len(self.rows))


def nothing(numbers: Numbers) -> None:
    pass


async def test_one_page_is_one_request() -> None:
    numbers = Numbers(7, 10, nothing)
    assert await every(numbers.fetch, lambda number: number) == tuple(range(7))
    assert numbers.asked == [(0, LARGEST_PAGE)]


async def test_an_empty_list() -> None:
    assert await every(Numbers(0, 10, nothing).fetch, lambda number: number) == ()


async def test_several_pages_in_the_servers_order() -> None:
    numbers = Numbers(25, 10, nothing)
    assert await every(numbers.fetch, lambda number: number) == tuple(range(25))
    assert [offset for offset, _ in numbers.asked] == [0, 9, 18]


async def test_a_row_that_was_pushed_out_of_a_page_is_found_by_reading_again() -> None:
    def meddle(numbers: Numbers) -> None:
        if len(numbers.asked) == 2:
            numbers.rows.remove(0)

    numbers = Numbers(25, 10, meddle)
    assert await every(numbers.fetch, lambda number: number) == tuple(range(1, 25))


@settings(deadline=None)
@given(st.integers(0, 60), st.lists(st.integers(0, 60), max_size=3))
def test_a_list_that_loses_rows_for_a_moment_comes_out_exact(
    count: int, removals: list[int]
) -> None:
    pending, gone = list(removals), set()

    def meddle(numbers: Numbers) -> None:
        if pending and numbers.rows:
            gone.add(numbers.rows.pop(pending.pop() % len(numbers.rows)))

    numbers = Numbers(count, 10, meddle)
    found = asyncio.run(every(numbers.fetch, lambda number: number))
    assert sorted(found) == sorted(set(range(count)) - gone)


@pytest.mark.parametrize("largest", [0, 1])
async def test_pages_too_small_to_overlap_end(largest: int) -> None:
    numbers = Numbers(25, largest, nothing)
    await every(numbers.fetch, lambda number: number)
    assert len(numbers.asked) <= 6


async def test_unreadable_rows_do_not_cause_another_reading() -> None:
    numbers = Numbers(25, 10, nothing)
    numbers.rows[3] = None
    assert len(await every(numbers.fetch, lambda number: number)) == 24
    assert len(numbers.asked) == 3


async def test_a_list_that_never_rests_ends() -> None:
    def meddle(numbers: Numbers) -> None:
        numbers.rows.pop(0)
        numbers.rows.append(100 + len(numbers.asked))

    numbers = Numbers(25, 10, meddle)
    await every(numbers.fetch, lambda number: number)
    assert len(numbers.asked) <= 9


async def test_a_server_that_ignores_the_offset_ends() -> None:
    numbers = Numbers(25, 10, nothing)

    async def fetch(offset: int, limit: int) -> RawPage[int]:
        return await numbers.fetch(0, limit)

    assert await every(fetch, lambda number: number) == tuple(range(10))
