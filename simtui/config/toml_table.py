"""A table of the configuration file that knows where it stands.

Whoever reads it gets typed values, and a mistake is told with the file, the key's path,
what was expected there and what it may have been meant to be. Values are never shown:
any of them may be a secret that ended up at the wrong key.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from simtui.errors import ConfigError, UsageError

T = TypeVar("T")


class WrongType(Exception):
    """Raised by a reader: its argument is what would have been right."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file, at the dotted ``path`` (empty for the whole file)."""

    file: Path
    path: str
    values: Mapping[str, Any]

    def get(self, key: str, reader: Callable[[Any], T]) -> T | None:
        """The value of ``key`` as ``reader`` makes it, ``None`` when it is not there."""
        if key not in self.values:
            return None
        value = self.values[key]
        try:
            return reader(value)
        except WrongType as wrong:
            expected = str(wrong)
        except UsageError as error:
            raise self.error(key, error.detail, error.hint) from None
        raise self.error(key, f"expected {expected}, found {_kind(value)}")

    def sections(self) -> Iterator[tuple[str, Table]]:
        """The tables in this table."""
        for key in self.values:
            yield key, self.section(key)

    def section(self, key: str) -> Table:
        """The table at ``key``, an empty one when it is not there."""
        values = self.get(key, read_table)
        return Table(self.file, self._path_of(key), {} if values is None else values)

    def refuse_others(self, known: Iterable[str]) -> None:
        """Raise ``ConfigError`` for the first key that is not a ``known`` one."""
        known = tuple(known)
        for key in self.values:
            if key not in known:
                likely = did_you_mean(key, known)
                raise self.error(
                    key, "is not a setting", likely or f"Known here: {', '.join(known)}"
                )

    def error(self, key: str, detail: str, hint: str = "") -> ConfigError:
        """The error to raise for what stands at ``key``."""
        return ConfigError(
            "The configuration is not understood",
            f"{self.file}: {self._path_of(key)}: {detail}",
            hint,
        )

    def _path_of(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def read_text(value: Any) -> str:
    """A string."""
    if not isinstance(value, str):
        raise WrongType("a string in quotes")
    return value


def read_boolean(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise WrongType("true or false")
    return value


def read_whole_number(value: Any) -> int:
    """A whole number; true and false are none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongType("a whole number")
    return value


def read_table(value: Any) -> Mapping[str, Any]:
    """A table."""
    if not isinstance(value, dict):
        raise WrongType("a table")
    return value


def read_strings(value: Any) -> tuple[str, ...]:
    """A list of strings that holds at least one."""
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        raise WrongType("a list of strings")
    return tuple(value)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question with the nearest known word, empty when none is near."""
    near = difflib.get_close_matches(word, tuple(known), n=1)
    return f'Did you mean "{near[0]}"?' if near else ""


def _kind(value: Any) -> str:
    kinds = {
        bool: "true or false",
        str: "a string",
        int: "a whole number",
        float: "a number with a decimal point",
        list: "a list",
        dict: "a table",
    }
    return kinds.get(type(value), "a date or time")
