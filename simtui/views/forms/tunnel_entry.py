"""The kinds of fields that a tunnel's form is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from simtui.models import Network, Tunnel
from simtui.models.settings import TunnelSettings
from simtui.views.forms.entry import Entry, shown_text, untouched
from simtui.views.forms.field import Choice, Field
from simtui.views.forms.options import matching, suggestions

T = TypeVar("T")

_LAST_ITEM = re.compile(r"[^,\s]*\Z")


class Place(NamedTuple):
    """Where the tunnel of a form is.

    ``start`` is what stands in the fields at first, ``before`` what the server has of it:
    None for a new tunnel. ``own`` is the tunnel itself, ``others`` those beside it.
    """

    network: Network
    start: TunnelSettings
    before: TunnelSettings | None
    own: Tunnel | None
    others: tuple[Tunnel, ...]


def value_entry(
    place: Place, name: str, label: str, value: T, text: str, parse: Callable[[str], T]
) -> Entry[T]:
    """A field with the text of a value; what the server has of it is kept as it is."""
    shown = shown_text(text)
    read = parse if place.before is None else untouched(shown, value, parse)
    return Entry(Field(name, label, shown, read), read)


def word_entry(
    place: Place, name: str, label: str, word: str, parse: Callable[[str], str], *choices: Choice
) -> Entry[str]:
    """One of these words, and nothing else."""
    entry = value_entry(place, name, label, word, word, parse)
    choose = suggestions(*choices)
    field = replace(entry.field, choices=choose, strict=True, example=choices[0].text)
    return Entry(field, entry.parse)


def list_entry(
    place: Place,
    name: str,
    label: str,
    values: tuple[T, ...],
    parse: Callable[[str], tuple[T, ...]],
    *choices: Choice,
    example: str,
    empty: str = "",
) -> Entry[tuple[T, ...]]:
    """Several values with commas between; ``empty`` is what stands there for none."""
    text = ", ".join(map(str, values)) or empty
    entry = value_entry(place, name, label, values, text, parse)
    field = replace(entry.field, choices=_one_more(choices), several=True, example=example)
    return Entry(field, entry.parse)


def with_example(entry: Entry[T], example: str) -> Entry[T]:
    """With what stands in the field while it is empty."""
    return Entry(replace(entry.field, example=example), entry.parse)


def seconds_entry(
    place: Place, name: str, label: str, value: int, parse: Callable[[str], int], limits: str
) -> Entry[int]:
    """A time in seconds; ``limits`` says which are possible."""
    entry = value_entry(place, name, label, value, str(value), parse)
    return with_example(entry, f"seconds, {limits}")


def headed(section: str, *fields: Field) -> tuple[Field, ...]:
    """Fields under a heading, which stands over the first of them."""
    return (replace(fields[0], section=section), *fields[1:])


def _one_more(choices: Sequence[Choice]) -> Callable[[str], Sequence[Choice]]:
    """The last item is completed; what stands before it is not offered again."""

    def complete(text: str) -> Sequence[Choice]:
        last = _LAST_ITEM.search(text)
        part = last[0] if last else ""
        before = [item for item in re.split(r"[,\s]+", text[: len(text) - len(part)]) if item]
        taken = {item.casefold() for item in before}
        fresh = (one for one in choices if one.text.casefold() not in taken)
        return tuple(
            Choice(", ".join((*before, one.text)), one.note) for one in matching(fresh, part)
        )

    return complete
