"""All Things of the fleet with the text that words are searched in, one position each.

A position is given to a Thing when it first appears and stays its own for good, so that
orders and hits can be plain lists of numbers. Searching 100,000 joined lower-case
strings takes about 10 ms; asking the Things themselves would take ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simtui.models import Thing
from simtui.views.filter.evaluate import Predicate
from simtui.views.filter.search_text import search_text
from simtui.views.filter.terms import TextTerm


class FleetIndex:
    """The Things by id and by position. The lists are for reading only."""

    def __init__(self, things: Iterable[Thing] = ()) -> None:
        self.ids: list[str] = []
        self.things: list[Thing | None] = []
        self._texts: list[str] = []
        self._positions: dict[str, int] = {}
        self._gone = 0
        self.update(things)

    def __len__(self) -> int:
        return len(self.ids) - self._gone

    def __contains__(self, thing_id: object) -> bool:
        at = self._positions.get(thing_id) if isinstance(thing_id, str) else None
        return at is not None and self.things[at] is not None

    def __iter__(self) -> Iterator[Thing]:
        """The Things in the order in which they first appeared."""
        return (thing for thing in self.things if thing is not None)

    def get(self, thing_id: str) -> Thing | None:
        """The Thing with this id, None when it is not (or no longer) known."""
        at = self._positions.get(thing_id)
        return None if at is None else self.things[at]

    def position_of(self, thing_id: str) -> int | None:
        """The position of a Thing, also of one that was removed; None if it never was here."""
        return self._positions.get(thing_id)

    def update(self, things: Iterable[Thing]) -> list[str]:
        """Add or replace Things; the ids of those that are new or differ from before."""
        changed: list[str] = []
        for thing in things:
            at = self._positions.get(thing.thing_id)
            if at is None:
                self._append(thing)
            elif self.things[at] == thing:
                continue
            else:
                self._gone -= self.things[at] is None
                self.things[at] = thing
                self._texts[at] = search_text(thing)
            changed.append(thing.thing_id)
        return changed

    def remove(self, thing_ids: Iterable[str]) -> list[str]:
        """Forget Things; the ids of those that were known. They keep their position."""
        removed: list[str] = []
        for thing_id in thing_ids:
            if thing_id in self:
                at = self._positions[thing_id]
                self.things[at] = None
                self._texts[at] = ""
                self._gone += 1
                removed.append(thing_id)
        return removed

    def matching(
        self, positions: Sequence[int], words: Sequence[TextTerm], facts: Predicate | None
    ) -> list[int]:
        """Those of ``positions`` that pass, in the same order.

        The words are asked first, because they are cheap and let few through.
        """
        left: Sequence[int] = positions
        for term in words:
            left = self._with_text(left, term)
        things = self.things
        if facts is None:
            return [at for at in left if things[at] is not None]
        return [at for at in left if (thing := things[at]) is not None and facts(thing)]

    def _append(self, thing: Thing) -> None:
        self._positions[thing.thing_id] = len(self.ids)
        self.ids.append(thing.thing_id)
        self.things.append(thing)
        self._texts.append(search_text(thing))

    def _with_text(self, positions: Sequence[int], term: TextTerm) -> list[int]:
        texts = self._texts
        if len(term.words) == 1:
            (word,) = term.words
            if term.negated:
                return [at for at in positions if word not in texts[at]]
            return [at for at in positions if word in texts[at]]
        wanted = not term.negated
        return [at for at in positions if any(w in texts[at] for w in term.words) is wanted]
