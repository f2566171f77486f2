"""A page of a list as it came, with the places of what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from simtui.models import Page

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RawPage(Generic[T]):
    """A page with its unreadable items still in their places, as None."""

    rows: tuple[T | None, ...]
    offset: int
    limit: int
    total: int

    @property
    def unreadable(self) -> int:
        """How many items lack what makes them one, such as their id."""
        return sum(row is None for row in self.rows)

    def page(self) -> Page[T]:
        """The page without them."""
        items = tuple(row for row in self.rows if row is not None)
        return Page(items, self.offset, self.limit, self.total)
