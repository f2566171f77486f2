"""A closed set of values, each with the text that chooses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

from simtui.errors import UsageError
from simtui.views.filter.problem import nearest, one_of
from simtui.views.forms.entry import Entry
from simtui.views.forms.field import Choice, Field
from simtui.views.plan.wording import named

T = TypeVar("T")

NOT_KNOWN: Final = "not known here"
"""The note of a value that stands there already and is none of the set."""


class Known(NamedTuple):
    """An object of the account that can be chosen by its name."""

    object_id: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Options(Generic[T]):
    """What can be chosen; ``what`` it is called in a sentence: ``network``."""

    what: str
    items: tuple[tuple[Choice, T], ...]

    def matching(self, text: str) -> Sequence[Choice]:
        """The choices that have ``text`` in them, ignoring case."""
        return matching((choice for choice, _ in self.items), text)

    def parse(self, text: str) -> T:
        """The value of a choice, by its text as it is or, if that is clear, in any case.

        Raises:
            UsageError: none of them is meant, or more than one.
        """
        wanted = text.strip()
        exact = [value for choice, value in self.items if choice.text == wanted]
        lower = wanted.lower()
        loose = [value for choice, value in self.items if choice.text.lower() == lower]
        found = exact[:1] or loose
        if len(found) == 1:
            return found[0]
        raise self._not_one(wanted, several=len(found) > 1)

    def text_of(self, value: T) -> str:
        """The text that chooses a value; empty when it is none of the set."""
        return next((choice.text for choice, own in self.items if own == value), "")

    def including(self, value: T, text: str) -> Options[T]:
        """The same set with a value that stands there already, whatever it is."""
        if any(own == value for _, own in self.items):
            return self
        taken = {choice.text for choice, _ in self.items}
        label = _free(named(text).strip(), "?", taken)
        return Options(self.what, (*self.items, (Choice(label, NOT_KNOWN), value)))

    def _not_one(self, wanted: str, *, several: bool) -> UsageError:
        texts = [choice.text for choice, _ in self.items]
        rule = f"Expected {one_of(texts)}" if texts else f"There is no {self.what} to choose yet"
        example = f"For example {texts[0]}" if texts else ""
        if several:
            return UsageError(f"“{named(wanted)}” is more than one {self.what}", rule, example)
        if not wanted:
            return UsageError(f"No {self.what} is chosen", rule, example)
        close = nearest(wanted, texts)
        hint = f"Did you mean {close}?" if close else example
        return UsageError(f"There is no {self.what} “{named(wanted)}”", rule, hint)


def matching(choices: Iterable[Choice], text: str) -> Sequence[Choice]:
    """The choices that have ``text`` in them, ignoring case."""
    part = text.strip().lower()
    return tuple(choice for choice in choices if part in choice.text.lower())


def suggestions(*choices: Choice) -> Callable[[str], Sequence[Choice]]:
    """Choices of a field that takes other texts as well."""
    return lambda text: matching(choices, text)


def words(what: str, *choices: Choice) -> Options[str]:
    """A set of words that stand for themselves."""
    return Options(what, tuple((choice, choice.text) for choice in choices))


def by_name(what: str, objects: Iterable[Known], before: str = "") -> Options[str]:
    """Objects chosen by name, for their ids; the same name twice is told apart by the id.

    ``before`` stands in front of each name.
    """
    every = sorted(objects, key=lambda one: (one.name.lower(), one.object_id))
    labels = [before + (named(one.name).strip() or named(one.object_id)) for one in every]
    often = Counter(labels)
    items: dict[str, tuple[Choice, str]] = {}
    for one, label in zip(every, labels, strict=True):
        told = f"{label} ({named(one.object_id)})" if often[label] > 1 else label
        free = _free(told, named(one.object_id), items)
        items[free] = (Choice(free, one.note), one.object_id)
    return Options(what, tuple(items.values()))


def choice_entry(name: str, label: str, options: Options[T], text: str = "") -> Entry[T]:
    """A field in which one of the options stands, and nothing else can."""
    field = Field(
        name,
        label,
        text,
        options.parse,
        example=options.items[0][0].text if options.items else "",
        choices=options.matching,
        strict=True,
    )
    return Entry(field, options.parse)


def _free(label: str, mark: str, taken: Container[str]) -> str:
    """The label, with the mark behind it as often as it takes to be the only one."""
    while label in taken:
        label = f"{label} ({mark})"
    return label
