"""Lists in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final, TypeVar

T = TypeVar("T")

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def newest_first(items: Iterable[T], moment: Callable[[T], datetime | None]) -> tuple[T, ...]:
    """By ``moment``, the latest first; what has none comes last."""
    return tuple(sorted(items, key=lambda item: moment(item) or _LONG_AGO, reverse=True))
