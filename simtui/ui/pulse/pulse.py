"""What is wrong with the account that is visited, judged for as long as the visit lasts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from simtui.clock import Clock
from simtui.models.journal import JournalEntry
from simtui.store.queries import NetworksQuery
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.pulse.fleet_counting import FleetCounting
from simtui.ui.pulse.past import Past
from simtui.ui.pulse.pulse_watch import PulseWatch
from simtui.views.pulse.judge import judge
from simtui.views.pulse.row import PulseRow
from simtui.views.pulse.seen import Seen
from simtui.views.pulse.thresholds import Thresholds
from simtui.views.pulse.work import is_without_outcome

AGES_EVERY: Final = 10.0
"""Seconds after which what is judged by its age is judged anew."""


@dataclass(frozen=True, slots=True)
class Visited:
    """Whose pulse it is."""

    feed: FleetFeed
    clock: Clock
    thresholds: Thresholds
    last_visit: datetime | None


class Pulse:
    """``rows`` are the latest judgement, the worst first; listeners hear of every one.

    It asks for nothing while it is not `shown`: then it judges, more rarely, what is known
    without. `look` is to be called every few seconds.
    """

    def __init__(self, visited: Visited) -> None:
        self.rows: tuple[PulseRow, ...] = ()
        self._visited = visited
        feed, clock, limits = visited.feed, visited.clock, visited.thresholds
        history = feed.store.history
        self._watch = PulseWatch(feed, clock, self._judge_soon)
        self._fleet = FleetCounting(feed, clock, limits, self._judge_soon)
        self._past = Past(history, clock, limits.flap_hours, visited.last_visit, self._judge_soon)
        self._listeners: list[Callable[[], None]] = []
        self._unlisten = (
            feed.listen(self._news),
            feed.store.journal.listen(self._journal_changed),
        )
        self._without_outcome: tuple[JournalEntry, ...] = ()
        self._shown = self._is_due = False
        self._judged_at: float | None = None
        self._journal_changed()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear of every judgement; answers the function that stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    @property
    def is_current(self) -> bool:
        """Whether what there is to know of the fleet was judged: as it is now, or that it
        cannot be had."""
        entry = self._visited.feed.entry
        if self._is_due or self._judged_at is None:
            return False
        if entry.error is not None:
            return entry.value is None or self._fleet.facts is not None
        return not entry.loading and not entry.stale and self._fleet.is_current

    @property
    def loading(self) -> bool:
        """Whether any of it is on its way."""
        return self._visited.feed.entry.loading or self._watch.loading

    def show(self) -> None:
        """Somebody looks at it: ask for what it needs."""
        self._shown = True
        self._watch.open()
        self.look()
        self._judge()

    def hide(self) -> None:
        """Nobody looks any more: the rest rests."""
        self._shown = False
        self._watch.close()

    def refresh(self) -> None:
        """Ask for all of it again."""
        self._visited.feed.refresh()
        self._watch.refresh()

    def look(self) -> None:
        """Count, read and judge what is due."""
        self._past.look(shown=self._shown)
        self._past.note(self._visited.feed, self._visited.feed.store.quota)
        self._fleet.look(self._past.paces, shown=self._shown)
        self._watch.look()
        now = self._visited.clock.monotonic()
        if self._judged_at is None or now - self._judged_at >= AGES_EVERY:
            self._judge_soon()

    def close(self) -> None:
        """Judge no more."""
        self.hide()
        for unlisten in self._unlisten:
            unlisten()
        self._fleet.close()
        self._past.close()
        self._listeners.clear()

    # Judging

    def _news(self, news: News) -> None:
        """Networks, or whether the fleet can be had; a fleet that has come is counted at once,
        later ones when it is time."""
        self._fleet.look(self._past.paces, shown=self._shown)
        if news.names or not news.thing_ids:
            self._judge_soon()

    def _journal_changed(self) -> None:
        entries = self._visited.feed.store.journal.entries
        self._without_outcome = tuple(filter(is_without_outcome, entries))
        self._judge_soon()

    def _judge_soon(self) -> None:
        """Once for all that changes in one go."""
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._judge)

    def _judge(self) -> None:
        self._is_due = False
        self._judged_at = self._visited.clock.monotonic()
        self.rows = judge(self._seen())
        for listener in tuple(self._listeners):
            listener()

    def _seen(self) -> Seen:
        feed, past, watch = self._visited.feed, self._past, self._watch
        store, facts = feed.store, self._fleet.facts
        return Seen(
            feed.context,
            self._visited.thresholds,
            fleet_as_of=facts.habits.as_of if facts is not None else None,
            fleet_error=feed.entry.error,
            facts=facts,
            session_trends=past.session_trends(facts.sessions) if facts is not None else {},
            networks_as_of=store.entry(NetworksQuery()).fetched_at,
            pools=past.pools,
            tunnels=watch.tunnels,
            tunnels_left_out=watch.tunnels_left_out,
            flaps=past.counts.flaps,
            tunnel_changes=past.counts.tunnel_changes,
            sms=watch.sms,
            jobs=watch.jobs,
            quota=store.quota,
            quota_trend=past.quota,
            bills=watch.bills,
            journal=self._without_outcome,
            last_visit=self._visited.last_visit,
            changes=past.changes,
        )
