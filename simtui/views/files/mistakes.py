"""Mistakes in files: all of them are collected, so that they can be corrected at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from simtui.errors import UsageError
from simtui.views.amounts import count_text
from simtui.views.plan.wording import named
from simtui.views.text import clean

T = TypeVar("T")
V = TypeVar("V")

_SHOWN: Final = 40
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file inside the directory, and which entry of it."""

    file: str
    entry: str = ""

    def of(self, entry: str) -> Place:
        """An entry inside this one."""
        return replace(self, entry=f"{self.entry} {entry}".strip())

    def item(self, number: int) -> Place:
        """An item of the list that this is, counted from 1."""
        return replace(self, entry=numbered(self.entry, number))

    def __str__(self) -> str:
        """``networks/depots.toml: nat_rule 2 “ssh”``; safe to print."""
        return ": ".join(named(part) for part in (self.file, self.entry) if part)


def numbered(key: str, number: int, name: object = "") -> str:
    """``nat_rule 2 “ssh”``: the entry of a list, counted from 1, with its name if it has one."""
    return f"{key} {number}" + (f" “{named(name)}”" if isinstance(name, str) and name else "")


class Mistakes:
    """What is wrong, each as a sentence with its place."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}

    def add(self, place: Place, key: str, what: UsageError | str) -> None:
        """Note a mistake of ``key``, or of the whole entry when that is empty."""
        where = ": ".join(part for part in (str(place), key) if part)
        self._found[clean(f"{where}: {what}", _LONGEST)] = None

    def checked(self, place: Place, key: str, parse: Callable[[V], T], value: V, otherwise: T) -> T:
        """What ``parse`` makes of a value; ``otherwise`` when it is refused, which is noted."""
        try:
            return parse(value)
        except UsageError as error:
            self.add(place, key, error)
            return otherwise

    def refuse(self) -> None:
        """Go on only if nothing is wrong so far.

        Raises:
            UsageError: with a note for every mistake.
        """
        if not self._found:
            return
        count = len(self._found)
        number = f"is {count} mistake" if count == 1 else f"are {count_text(count)} mistakes"
        error = UsageError(
            "The files are not used",
            f"There {number} in them",
            "Nothing was sent; correct them and run it again",
        )
        for what in tuple(self._found)[:_SHOWN]:
            error.add_note(f"  {what}")
        if count > _SHOWN:
            error.add_note(f"  … and {count_text(count - _SHOWN)} more")
        raise error
