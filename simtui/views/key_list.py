"""The ids of a list, in order, without a copy of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload


class KeyList(Sequence[str]):
    """Ids by row, read through positions. It never changes: a new order is a new list."""

    __slots__ = ("_count", "_ids", "_positions")

    def __init__(self, ids: Sequence[str], positions: list[int]) -> None:
        self._ids = ids
        self._positions = positions
        self._count = len(positions)  # the positions may still grow behind it

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self._ids[self._positions[at]] for at in range(*row.indices(self._count))]
        if not -self._count <= row < self._count:
            raise IndexError(row)
        return self._ids[self._positions[row if row >= 0 else row + self._count]]

    def row_of(self, position: int) -> int | None:
        """The row that shows this position, None when it is not in the list."""
        try:
            return self._positions.index(position, 0, self._count)
        except ValueError:
            return None
