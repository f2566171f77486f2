"""A form before it is on the screen: fields to fill in, each with its rule and an example."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from simtui.errors import UsageError
from simtui.views.cell import Cell

S = TypeVar("S")

Answers: TypeAlias = Mapping[str, str]
"""What was typed, by the names of the fields; nothing is taken off it."""


class FieldError(UsageError):
    """What was typed into ``field`` cannot be: what is wrong, the rule, and an example."""

    def __init__(self, field: str, title: str, detail: str = "", hint: str = "") -> None:
        super().__init__(title, detail, hint)
        self.field = field


class Choice(NamedTuple):
    """A text that can be taken, and what it stands for."""

    text: str
    note: str = ""


def anything(text: str) -> None:
    """Every text will do."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line to fill in.

    ``check`` raises ``UsageError`` for a text that cannot be; it is asked when the field is
    left. ``example`` stands in the empty field. ``choices`` are the whole texts that what is
    typed could become; with ``strict`` nothing else will do. ``several``: items separated by
    commas. ``multiline``: what is pasted may have several lines, which are joined by ``⏎``.
    ``section`` is a heading that stands over the field.
    """

    name: str
    label: str
    value: str = ""
    check: Callable[[str], object] = anything
    example: str = ""
    choices: Callable[[str], Sequence[Choice]] | None = None
    strict: bool = False
    several: bool = False
    secret: bool = False
    section: str = ""
    multiline: bool = False


def _no_remarks(answers: Answers) -> Sequence[Cell]:
    return ()


@dataclass(frozen=True, slots=True)
class Form(Generic[S]):
    """Fields, and what is made of the answers.

    ``read`` raises ``FieldError`` when an answer cannot be, alone or beside the others.
    ``remarks`` is what is to be said of the answers so far; it never raises.
    """

    title: str
    fields: tuple[Field, ...]
    read: Callable[[Answers], S]
    remarks: Callable[[Answers], Sequence[Cell]] = _no_remarks
