"""Sorting and paging of every list (contract §1.4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.sandbox.call import Call, Refused
from simtui.sandbox.paging import paged
from simtui.sandbox.records import UserRecord

NOW = datetime(2026, 11, 22, tzinfo=UTC)
USER = UserRecord("u", "u@example.com", "u", "ADMINISTRATOR", NOW)
ROWS = [("c", 1), ("a", None), ("b", 2), ("d", 1)]
KEYS = {"name": lambda row: row[0], "size": lambda row: row[1]}


def names(**query: Any) -> str:
    answer = paged(Call(USER, NOW, query=query), ROWS, dict_of, KEYS, lambda row: row[0])
    return "".join(item["name"] for item in answer.body["items"])


def dict_of(row: tuple[str, int | None]) -> dict[str, Any]:
    return {"name": row[0]}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (None, "cabd"),
        ("name", "abcd"),
        ("-name", "dcba"),
        ("size", "cdba"),
        ("-size", "bcda"),
        ("size,-name", "dcba"),
        ("-size,-name", "bdca"),
    ],
)
def test_sorting_puts_the_unknown_last_and_breaks_ties(sort: str | None, expected: str) -> None:
    assert names(**({} if sort is None else {"sort": sort})) == expected


@pytest.mark.parametrize(
    ("offset", "limit", "expected"), [(0, 2, "ca"), (3, 2, "d"), (4, 2, ""), (99, 1, "")]
)
def test_a_page_is_a_window_and_may_be_empty(offset: int, limit: int, expected: str) -> None:
    assert names(offset=offset, limit=limit) == expected


def test_the_envelope_tells_where_it_is() -> None:
    answer = paged(Call(USER, NOW), ROWS, dict_of, KEYS, lambda row: row[0])
    assert {key: answer.body[key] for key in ("offset", "limit", "total")} == {
        "offset": 0,
        "limit": 50,
        "total": 4,
    }


@pytest.mark.parametrize("sort", ["colour", "name,colour", "--name", ""])
def test_an_unknown_sort_key_is_an_unknown_filter(sort: str) -> None:
    with pytest.raises(Refused) as refused:
        names(sort=sort)
    assert (refused.value.status, refused.value.name) == (400, "UNKNOWN_FILTER")


@given(
    st.lists(st.tuples(st.integers(0, 99), st.one_of(st.none(), st.integers(0, 3)))),
    st.sampled_from(["b", "-b", "-a,b", "b,-a"]),
    st.integers(1, 7),
)
@settings(derandomize=True, max_examples=60)
def test_pages_together_are_the_whole_list(
    rows: list[tuple[int, int | None]], sort: str, limit: int
) -> None:
    keys = {"a": lambda row: row[0], "b": lambda row: row[1]}

    def window(offset: int, size: int) -> list[Any]:
        query = {"sort": sort, "offset": offset, "limit": size}
        call = Call(USER, NOW, query=query)
        answer = paged(call, rows, lambda row: {"row": row}, keys, lambda row: row[0])
        return list(answer.body["items"])

    whole = window(0, 500)
    assert [one for at in range(0, len(rows), limit) for one in window(at, limit)] == whole
    assert sorted(one["row"] for one in whole if one["row"][1] is not None) == sorted(
        row for row in rows if row[1] is not None
    )
