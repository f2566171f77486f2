"""Lists: sorting and paging by the rules of contract §1.4, for every collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from simtui.sandbox.call import Answer, Call, Refused

T = TypeVar("T")
SortKeys: TypeAlias = "Mapping[str, Callable[[T], Any]]"

DEFAULT_LIMIT = 50


def paged(
    call: Call,
    rows: Sequence[T],
    render: Callable[[T], dict[str, Any]],
    sort_keys: Mapping[str, Callable[[T], Any]],
    tie: Callable[[T], Any],
) -> Answer:
    """Answer one page of ``rows``, sorted as the call asks, else in their own order.

    Only the rows of the page are rendered.

    Raises:
        Refused: 400 ``UNKNOWN_FILTER`` for a sort key that is not in ``sort_keys``.
    """
    return page(call, in_order(call, rows, sort_keys, tie), render)


def in_order(
    call: Call,
    rows: Sequence[T],
    sort_keys: Mapping[str, Callable[[T], Any]],
    tie: Callable[[T], Any],
) -> Sequence[T]:
    """Sort by ``?sort=-a,b``; what has no value stands last; ``tie`` decides the rest."""
    wanted = sort_terms(call.query.get("sort"), sort_keys)
    if not wanted:
        return rows
    ordered = sorted(rows, key=tie)
    for key, descending in reversed(wanted):
        value = sort_keys[key]
        present = [row for row in ordered if value(row) is not None]
        absent = [row for row in ordered if value(row) is None]
        ordered = sorted(present, key=value, reverse=descending) + absent
    return ordered


def sort_terms(
    sort: str | None, sort_keys: Mapping[str, Callable[[T], Any]]
) -> list[tuple[str, bool]]:
    """Read ``-a,b`` as [(a, descending), (b, ascending)].

    Raises:
        Refused: 400 ``UNKNOWN_FILTER``.
    """
    if sort is None:
        return []
    terms = [(term.removeprefix("-"), term.startswith("-")) for term in sort.split(",")]
    for key, _ in terms:
        if key not in sort_keys:
            known = ", ".join(sorted(sort_keys))
            message = f"Cannot sort by “{key}”; known keys are: {known}"
            raise Refused(
                400, "UNKNOWN_FILTER", message, problems=(("sort", "UNKNOWN_KEY", message),)
            )
    return terms


def page(call: Call, rows: Sequence[T], render: Callable[[T], dict[str, Any]]) -> Answer:
    """Answer the window of ``rows`` that offset and limit name, already in order."""
    offset = call.query.get("offset", 0)
    limit = call.query.get("limit", DEFAULT_LIMIT)
    items = [render(row) for row in rows[offset : offset + limit]]
    return Answer({"items": items, "offset": offset, "limit": limit, "total": len(rows)})
