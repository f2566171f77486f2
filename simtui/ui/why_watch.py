"""Finding out why a Thing is offline: a few questions, each asked once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Final

from simtui.errors import SimtuiError
from simtui.models import Thing
from simtui.store.list_queries import IpProfilesQuery, NetworksQuery
from simtui.store.why_queries import further_questions, questions_of_thing
from simtui.ui.asked_once import AskedOnce
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.why.around import Around, Tally, moment_to_compare
from simtui.views.why.diagnose import Diagnosis, diagnose
from simtui.views.why.evidence import Fact
from simtui.views.why.gather import gather

SLICE: Final = 5_000
"""Things that are counted between two frames."""
NO_MOMENT: Final = "Since when it is silent is not told"
NO_FLEET: Final = "The fleet is not loaded"


class WhyWatch:
    """The diagnosis by now; ``on_change`` hears whenever there may be another one.

    The fleet is counted without asking anybody, once it is loaded.
    """

    def __init__(self, feed: FleetFeed, thing_id: str, on_change: Callable[[], None]) -> None:
        self._feed = feed
        self._thing_id = thing_id
        self._on_change = on_change
        self._asked = AskedOnce(feed.store, feed.clock, self._came)
        self._around: Fact[Around] | None = None
        self._counted_at: datetime | None = None
        self._counting: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Ask what can be asked already."""
        self._asked.ask(questions_of_thing(self._thing_id))
        self.look_further()

    def close(self) -> None:
        """Wait for nothing any more."""
        self._asked.close()
        if self._counting is not None:
            self._counting.cancel()

    def refresh(self) -> None:
        """Ask all of it again, and count anew."""
        self._around = None
        self._asked.ask_again()
        self.look_further()

    def look_further(self) -> None:
        """Ask and count what only makes sense by what is known now."""
        thing = self.thing
        self._asked.heard_at(self._feed.entry.fetched_at)
        if thing is None:
            return
        network = self._feed.context.network_of(thing)
        self._asked.ask(further_questions(thing, network.network_id if network else None))
        if self._counting is None and self._is_loaded and self._is_to_be_counted(thing):
            self._counting = asyncio.get_running_loop().create_task(self._count(thing))

    @property
    def thing(self) -> Thing | None:
        """The Thing as it is known best."""
        entry = self._asked.answers.get("thing")
        return self._feed.thing(self._thing_id) or (entry.value if entry is not None else None)

    @property
    def waiting(self) -> bool:
        """Whether an answer is on its way."""
        return bool(self._asked.waiting)

    @property
    def error(self) -> SimtuiError | None:
        """Why something is not known that could be."""
        return self._asked.error

    @property
    def diagnosis(self) -> Diagnosis:
        """What is known comes to this."""
        store, answers = self._feed.store, dict(self._asked.answers)
        answers["networks"] = store.entry(NetworksQuery())
        answers["profiles"] = store.entry(IpProfilesQuery())
        waiting = set(self._asked.waiting)
        waiting |= {name for name in ("networks", "profiles") if answers[name].loading}
        if self.thing is None and "thing" in waiting:
            waiting |= {"routes", "tunnels", "nat_rules"}
        evidence = gather(self.thing, self._feed.context, answers, waiting, self._around_by_now)
        return diagnose(evidence)

    @property
    def _is_loaded(self) -> bool:
        entry = self._feed.entry
        return entry.value is not None and entry.progress is None

    def _is_to_be_counted(self, thing: Thing) -> bool:
        """Whether it was not counted yet, or around another moment than that of its silence."""
        if "thing" in self._asked.waiting:
            return False
        return self._around is None or self._counted_at != moment_to_compare(thing)

    @property
    def _around_by_now(self) -> Fact[Around]:
        if self._around is not None:
            return self._around
        entry = self._feed.entry
        waiting = self._counting is not None or entry.loading or "thing" in self._asked.waiting
        return Fact(missing=NO_FLEET, waiting=waiting)

    async def _count(self, thing: Thing) -> None:
        """Count the fleet in slices, so that no frame waits for it."""
        since, entry = moment_to_compare(thing), self._feed.entry
        self._counted_at = since
        if since is None:
            self._around = Fact(missing=NO_MOMENT)
        else:
            tally, things = Tally(thing, since, self._feed.context), iter(list(self._feed.index))
            while some := list(islice(things, SLICE)):
                tally.add(some)
                await asyncio.sleep(0)
            self._around = Fact(tally.around, entry.fetched_at, "")
        self._counting = None
        self._on_change()

    def _came(self) -> None:
        self.look_further()
        self._on_change()
