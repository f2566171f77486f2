"""What the words behind ``:`` could become; learnt from the fleet once while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simtui.models import Thing
from simtui.ui.acting.offers import Known, Offers, offers_of
from simtui.ui.acting.order_words import complete_words
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.filter.complete import complete
from simtui.views.filter.vocabulary import Vocabulary, vocabulary_of
from simtui.views.forms.field import Choice
from simtui.views.plan.action_words import ACTION_WORDS


class Completing:
    """Completes arguments and filters; ``meant`` tells the Things an action would be about."""

    def __init__(self, feed: FleetFeed, meant: Callable[[], Sequence[Thing]]) -> None:
        self._feed = feed
        self._meant = meant
        self._offers: dict[str, Offers] = {}
        self._vocabulary: Vocabulary | None = None

    def complete(self, name: str, text: str) -> list[str]:
        """The whole arguments that ``text`` behind the action ``name`` could become."""
        if name not in self._offers:
            self._offers[name] = self._learnt(name)
        return complete_words(text, self._offers[name], self._filters)

    def forget(self) -> None:
        """Learn from the fleet anew what can be offered: to go through it takes its time."""
        self._offers.clear()
        self._vocabulary = None

    def _learnt(self, name: str) -> Offers:
        form = ACTION_WORDS[name].form
        known = Known(tuple(self._feed.index), self._meant(), self._feed.context)
        return offers_of(form[0].kind if form else "text", known)

    def _filters(self, typed: str) -> list[Choice]:
        if self._vocabulary is None:
            tags = {tag for thing in self._feed.index for tag in thing.tags}
            self._vocabulary = vocabulary_of(self._feed.context, tags)
        return [Choice(whole) for whole in complete(typed, len(typed), self._vocabulary)]
