"""A page of a list (contract §1.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a list, where they start, and how many there are in all."""

    items: tuple[T, ...]
    offset: int
    limit: int
    total: int
