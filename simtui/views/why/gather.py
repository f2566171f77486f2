"""The answers that came, as evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from simtui.models import Thing
from simtui.views.fleet_context import FleetContext
from simtui.views.why.around import Around
from simtui.views.why.evidence import Answer, Evidence, Fact, fact_of

ANSWERS = (
    "session",
    "sessions",
    "states",
    "quota",
    "events",
    "routes",
    "tunnels",
    "nat_rules",
)
"""The parts of the evidence that are answers to questions of their own."""


def gather(
    thing: Thing | None,
    context: FleetContext,
    answers: Mapping[str, Answer[Any]],
    waiting: Collection[str],
    around: Fact[Around] | None = None,
) -> Evidence:
    """The evidence by now.

    ``answers`` are by the part of the evidence, with those of ``thing``, ``networks`` and
    ``profiles`` among them for their ages; ``waiting`` names what is on its way. ``thing``
    is the Thing as it is known best.
    """
    own = _fact("thing", answers, waiting)
    network = context.network_of(thing) if thing is not None else None
    profile = context.ip_profile_of(thing) if thing is not None else None
    known = {name: _fact(name, answers, waiting) for name in ANSWERS}
    return Evidence(
        context.now,
        thing=_best(thing, own),
        group=context.group_of(thing) if thing is not None else None,
        network=_best(network, _fact("networks", answers, waiting)),
        profile=_best(profile, _fact("profiles", answers, waiting)),
        around=around or Fact(),
        **known,
    )


def _fact(name: str, answers: Mapping[str, Answer[Any]], waiting: Collection[str]) -> Fact[Any]:
    answer = answers.get(name)
    is_waiting = name in waiting
    return Fact(waiting=is_waiting) if answer is None else fact_of(answer, waiting=is_waiting)


def _best(value: Any, fact: Fact[Any]) -> Fact[Any]:
    """One of a list, or known from elsewhere, with the age of where it comes from."""
    if value is not None:
        return Fact(value, fact.read_at, "")
    missing = fact.missing or "it is not known which it is"
    return Fact(missing=missing, waiting=fact.waiting)
