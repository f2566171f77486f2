"""Which columns the Thing list shows: a named set, as much of it as fits."""

from __future__ import annotations

from simtui.errors import UsageError
from simtui.views.cell import Column
from simtui.views.things.columns import SET_NAMES
from simtui.views.things.table import column_set


class ColumnChoice:
    """The set in force and the width it is fitted to; ``columns`` are what comes of them."""

    def __init__(self) -> None:
        self.name: str = SET_NAMES[0]
        self._width = 0
        self.columns: tuple[Column, ...] = ()

    def fit(self, width: int) -> None:
        """Fit into a table of ``width`` cells."""
        self._width = width
        self.columns = column_set(self.name, width)

    def next(self) -> None:
        """The set after this one, around."""
        following = SET_NAMES.index(self.name) + 1
        self.choose(SET_NAMES[following % len(SET_NAMES)])

    def choose(self, name: str) -> None:
        """The set of that name.

        Raises:
            UsageError: when there is none.
        """
        if name not in SET_NAMES:
            raise UsageError(
                f"There is no set of columns called {name}", f"there are {', '.join(SET_NAMES)}"
            )
        self.name = name
        self.fit(self._width)
