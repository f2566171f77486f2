"""What is asked to find out why a Thing is offline, for the length of one command."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from simtui.cli.settled import settled
from simtui.clock import Clock
from simtui.models import Thing
from simtui.store.entry import Entry
from simtui.store.queries import FleetQuery, IpProfilesQuery, NetworksQuery
from simtui.store.query import Query
from simtui.store.store import Store
from simtui.store.why_queries import further_questions, questions_of_thing
from simtui.views.fleet_context import FleetContext
from simtui.views.why.around import Around, Tally, moment_to_compare
from simtui.views.why.diagnose import Diagnosis, diagnose
from simtui.views.why.evidence import Fact
from simtui.views.why.gather import gather

NOT_COUNTED = "the fleet was not loaded; --fleet does"
NO_MOMENT = "since when it is silent is not told"


async def read_why(
    store: Store, thing: Thing, context: FleetContext, clock: Clock, *, fleet: bool
) -> Diagnosis:
    """Ask each question once and judge by the answers and by ``thing``, which was read just
    now; with ``fleet`` all Things are loaded and counted too."""
    network = context.network_of(thing)
    further = further_questions(thing, network.network_id if network else None)
    questions = {**questions_of_thing(thing.thing_id), **further}
    del questions["thing"]
    answers = await _answers(store, questions)
    answers["networks"] = store.entry(NetworksQuery())
    answers["profiles"] = store.entry(IpProfilesQuery())
    answers["thing"] = Entry(thing, clock.now())
    around = await _around(store, thing, context, clock) if fleet else Fact(missing=NOT_COUNTED)
    return diagnose(gather(thing, context, answers, (), around))


async def _answers(store: Store, queries: Mapping[str, Query[Any]]) -> dict[str, Entry[Any]]:
    entries = await asyncio.gather(*(settled(store, query) for query in queries.values()))
    return dict(zip(queries, entries, strict=True))


async def _around(store: Store, thing: Thing, context: FleetContext, clock: Clock) -> Fact[Around]:
    since = moment_to_compare(thing)
    if since is None:
        return Fact(missing=NO_MOMENT)
    fleet = await store.fetch(FleetQuery())
    tally = Tally(thing, since, context)
    tally.add(fleet.things.values())
    return Fact(tally.around, clock.now(), "")
