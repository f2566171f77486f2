"""Letting a scenario happen in a world."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from simtui.sandbox.addressing import network_of
from simtui.sandbox.bad_order import BadOrder
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.life.trouble import NETWORK_TROUBLES, THING_TROUBLES
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.scenarios.cast import cast
from simtui.sandbox.scenarios.catalogue import SCENARIOS
from simtui.sandbox.scenarios.scenario import Scenario, Step
from simtui.sandbox.scenarios.steps import STEPS, Stage
from simtui.sandbox.world import World

LEARNT_AGO = timedelta(seconds=20)
"""How old what the platform knows of the Things that it happened to is afterwards."""
_STALE = "turn-stale"


def scenario_tag(name: str) -> str:
    """The tag by which the Thing of a scenario is found."""
    return f"scenario-{name}"


def play(world: World, faults: Faults, name: str, now: datetime) -> ThingRecord:
    """Let a scenario happen so that it is over ``now``; the Thing it happened to.

    Raises:
        BadOrder: when there is no such scenario, or no Thing of this fleet fits.
    """
    scenario = scenario_named(name)
    stage = Stage(world, faults, cast(world, scenario))
    stage.thing.tags = (*stage.thing.tags, scenario_tag(name))
    for step in scenario.steps:
        _happen(stage, step, now - timedelta(minutes=step.minutes_ago))
    if all(step.what != _STALE for step in scenario.steps):
        for thing in (stage.thing, *stage.struck):
            thing.as_of = now - LEARNT_AGO
    world.events.sort(key=lambda event: event.at)
    world.revision += 1
    return stage.thing


def scenario_named(name: str) -> Scenario:
    """A scenario of the catalogue.

    Raises:
        BadOrder: when there is none of that name.
    """
    if name not in SCENARIOS:
        raise BadOrder(f"There is no scenario called {name}; there are {', '.join(SCENARIOS)}")
    return SCENARIOS[name]


def describe_scenarios() -> list[dict[str, Any]]:
    """Every scenario: its name, a sentence, and what is really wrong in it."""
    return [
        {"name": one.name, "description": one.description, "truth": one.truth}
        for one in SCENARIOS.values()
    ]


def _happen(stage: Stage, step: Step, when: datetime) -> None:
    if step.what in STEPS:
        STEPS[step.what](stage, when, step.settings)
    elif step.what in THING_TROUBLES:
        stage.strike(stage.thing, when)
        THING_TROUBLES[step.what](stage.world, stage.thing, when)
    else:
        NETWORK_TROUBLES[step.what](stage.world, network_of(stage.world, stage.thing), when)
