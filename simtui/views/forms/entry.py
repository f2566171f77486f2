"""A field together with what is made of its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from simtui.errors import UsageError
from simtui.views.forms.field import Answers, Choice, Field, FieldError
from simtui.views.text import clean

T = TypeVar("T")

_LONGEST: Final = 100_000  # nothing of a text that can be edited is cut off


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A field and its reader, which raises ``UsageError`` for a text that cannot be."""

    field: Field
    parse: Callable[[str], T]

    def read(self, answers: Answers) -> T:
        """The value of the answer; no answer is the empty text.

        Raises:
            FieldError: the answer cannot be.
        """
        try:
            return self.parse(answers.get(self.field.name, ""))
        except UsageError as error:
            raise refused(self.field.name, error) from None


def refused(field: str, error: UsageError) -> FieldError:
    """The same sentences, about this field."""
    return FieldError(field, error.title, error.detail, error.hint)


def untouched(shown: str, value: T, parse: Callable[[str], T]) -> Callable[[str], T]:
    """A reader that takes what stood in the field at first for the value it stood for.

    What the server has need not pass as input, and not every text can be shown as it is:
    an edit of one field leaves the others as they are.
    """

    def read(text: str) -> T:
        return value if text.strip() == shown.strip() else parse(text)

    return read


def text_entry(
    name: str,
    label: str,
    parse: Callable[[str], str],
    original: str | None = None,
    *,
    example: str = "",
    choices: Callable[[str], Sequence[Choice]] | None = None,
) -> Entry[str]:
    """A line of text; ``original`` is what the server has, None for something new."""
    shown = shown_text(original or "")
    kept = parse if original is None else untouched(shown, original, parse)
    return Entry(Field(name, label, shown, kept, example, choices), kept)


def shown_text(text: str) -> str:
    """A text of the server's as it can stand in a field: safe to print, not cut."""
    return clean(text, _LONGEST)
