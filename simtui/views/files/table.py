"""A table of a file, read key by key; what is wrong is noted, and reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from simtui.views.files.mistakes import Mistakes, Place, numbered
from simtui.views.filter.problem import nearest, one_of

T = TypeVar("T")

_CALLED: Final = ("name", "cidr", "destination", "comment")
"""Keys that an entry of a list is told from its like by."""

_KINDS: Final[Mapping[type, str]] = {
    bool: "true or false",
    str: "a text",
    int: "a whole number",
    float: "a number with a point",
    list: "a list",
    dict: "a table",
}


class Table:
    """Knows where it stands; answers defaults for keys that are missing or wrong."""

    def __init__(self, values: Mapping[str, Any], place: Place, mistakes: Mistakes) -> None:
        self._values = values
        self.place = place
        self._mistakes = mistakes
        self._known: list[str] = []

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        return self._read(key, default, lambda value: isinstance(value, str), 'a text: "depots"')

    def needed(self, key: str, example: str) -> str:
        """A text that has to be there."""
        if key not in self._values:
            self._mistakes.add(self.place, key, f'it is missing. For example {key} = "{example}"')
        return self.text(key)

    def optional(self, key: str) -> str | None:
        """A text, None when it is not there."""
        return self.text(key) if self._has(key) else None

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        return self._read(key, default, lambda value: isinstance(value, bool), "true or false")

    def number(self, key: str, default: int) -> int:
        """A whole number."""
        return self._read(key, default, _is_number, "a whole number without quotes")

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts."""
        expected = 'a list of texts: ["192.0.2.0/24"]'
        return tuple(self._read(key, default, lambda value: _is_list(value, _is_text), expected))

    def numbers(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of whole numbers."""
        expected = "a list of whole numbers: [14, 19]"
        return tuple(self._read(key, default, lambda value: _is_list(value, _is_number), expected))

    def moment(self, key: str) -> datetime | None:
        """A moment with its offset from UTC, None when it is not there."""

        def is_moment(value: object) -> bool:
            return isinstance(value, datetime) and value.tzinfo is not None

        return self._read(key, None, is_moment, "a moment in UTC: 2026-12-24T18:00:00Z")

    def section(self, key: str) -> Table:
        """The table at a key; an empty one when it is not there."""
        nothing: Mapping[str, Any] = {}
        values = self._read(key, nothing, _is_table, f"a table: [{key}]")
        return Table(values, self.place.of(key), self._mistakes)

    def entries(self, key: str) -> Iterator[Table]:
        """Every ``[[key]]``, in order."""
        nothing: list[Mapping[str, Any]] = []
        expected = f"a list of tables, each beginning with [[{key}]]"
        found = self._read(key, nothing, lambda value: _is_list(value, _is_table), expected)
        for number, values in enumerate(found, 1):
            called = next((values[name] for name in _CALLED if values.get(name)), "")
            place = self.place.of(numbered(key, number, called))
            yield Table(values, place, self._mistakes)

    def refuse_others(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._values:
            if key not in self._known:
                close = nearest(key, self._known)
                meant = f" Did you mean {close}?" if close else ""
                known = one_of(self._known) if self._known else "nothing"
                self._mistakes.add(self.place, key, f"it is not known. Known is {known}.{meant}")

    def _has(self, key: str) -> bool:
        self._known.append(key)
        return key in self._values

    def _read(self, key: str, default: T, fits: Callable[[Any], bool], expected: str) -> T:
        if not self._has(key):
            return default
        value = self._values[key]
        if fits(value):
            found: T = value
            return found
        kind = _KINDS.get(type(value), "a date or a time")
        self._mistakes.add(self.place, key, f"it is {kind}. Expected {expected}")
        return default


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_list(value: object, fits: Callable[[object], bool]) -> bool:
    return isinstance(value, list) and all(map(fits, value))
