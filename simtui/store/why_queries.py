"""The few questions that are asked to find out why a Thing is offline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simtui.models import State, Thing
from simtui.store.queries import (
    DataQuotaQuery,
    EventsQuery,
    NatRulesQuery,
    RoutesQuery,
    SessionQuery,
    SessionsQuery,
    StateHistoryQuery,
    ThingQuery,
    TunnelsQuery,
)
from simtui.store.query import Query


def questions_of_thing(thing_id: str) -> Mapping[str, Query[Any]]:
    """What can be asked before anything is known, by the part of the evidence."""
    return {
        "thing": ThingQuery(thing_id),
        "session": SessionQuery(thing_id),
        "sessions": SessionsQuery(thing_id),
        "quota": DataQuotaQuery(thing_id),
        "events": EventsQuery(thing_id),
    }


def further_questions(thing: Thing, network_id: str | None) -> Mapping[str, Query[Any]]:
    """What follows from the Thing: who changed its state where that matters, and what is on
    the way through its network."""
    questions: dict[str, Query[Any]] = {}
    if thing.state != State.ACTIVE or thing.pending_state is not None:
        questions["states"] = StateHistoryQuery(thing.thing_id)
    if network_id:
        questions["routes"] = RoutesQuery(network_id)
        questions["tunnels"] = TunnelsQuery(network_id)
        questions["nat_rules"] = NatRulesQuery(network_id)
    return questions
