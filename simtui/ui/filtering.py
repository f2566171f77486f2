"""Typing a filter: the list follows while it can be read, and keeps what it had while not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.widgets.command_bar import CommandBar
from simtui.views.filter.complete import complete
from simtui.views.filter.parser import parse
from simtui.views.filter.problem import FilterError
from simtui.views.filter.terms import Filter
from simtui.views.filter.vocabulary import Vocabulary, vocabulary_of

FAULTY = "faulty:yes"


class FilterTyping:
    """Reads what is typed behind ``/`` against the words of the account."""

    def __init__(self, feed: FleetFeed) -> None:
        self._feed = feed
        self._vocabulary = Vocabulary()

    def begin(self) -> None:
        """Learn the account's words anew; tags are what the Things carry now."""
        tags = {tag for thing in self._feed.index for tag in thing.tags}
        self._vocabulary = vocabulary_of(self._feed.context, tags)

    def complete(self, text: str) -> Sequence[str]:
        """The whole filters that ``text`` could become."""
        return complete(text, len(text), self._vocabulary)

    def typed(self, text: str, bar: CommandBar, follow: Callable[[Filter], None]) -> bool:
        """Let the list follow, or say in the bar what is wrong and where."""
        try:
            query = parse(text, self._vocabulary)
        except FilterError as error:
            meant = f", did you mean {error.suggestion}?" if error.suggestion else ""
            bar.refuse(
                f"{error.title}{meant} Expected {error.expected}",
                error.position,
                brief=f"Expected {error.expected}",
            )
            return False
        follow(query)
        return True


def with_or_without(text: str, word: str) -> str:
    """The filter with the term ``word`` added at its end, or taken away where it stood."""
    (term,) = parse(word).terms
    terms = parse(text).terms
    if term not in terms:
        return f"{text} {word}".strip()
    return Filter(tuple(each for each in terms if each != term)).canonical()
