"""The scenarios: each can be played, strikes the Thing that it names, and is over by now."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from simtui.cli.fleet_options import DEFAULT_SEED, DEFAULT_THINGS
from simtui.sandbox.app import create_app
from simtui.sandbox.bad_order import BadOrder
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.life.trouble import NETWORK_TROUBLES, THING_TROUBLES
from simtui.sandbox.scenarios.catalogue import SCENARIOS
from simtui.sandbox.scenarios.play import play, scenario_tag
from simtui.sandbox.scenarios.scenario import Truth
from simtui.sandbox.scenarios.steps import STEPS
from simtui.sandbox.world import World

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


def seeded(things: int = DEFAULT_THINGS, seed: int = DEFAULT_SEED, fresh: bool = False) -> World:
    return build_world(things=things, seed=seed, fresh=fresh, clock=WorldClock(NOW, rate=0))


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_can_be_played_in_the_demo(name: str) -> None:
    world = seeded()
    thing = play(world, Faults(), name, NOW)
    tagged = [one for one in world.things.values() if scenario_tag(name) in one.tags]
    assert tagged == [thing]
    assert thing.as_of is not None
    assert thing.as_of < NOW
    assert thing.session is not None
    assert thing.session.since < NOW
    assert [event.at for event in world.events] == sorted(event.at for event in world.events)


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_same_world_has_the_same_story(name: str) -> None:
    first, again = (play(seeded(600, 7), Faults(), name, NOW) for _ in range(2))
    assert first == again


def test_they_can_follow_one_another() -> None:
    world, faults = seeded(), Faults()
    struck = [play(world, faults, name, NOW).thing_id for name in SCENARIOS if name != "no-ext"]
    online = {"tunnel-down", "nothing-wrong"}
    assert len(set(struck)) >= len(struck) - len(online)


def test_every_step_is_one_that_there_is() -> None:
    known = STEPS.keys() | THING_TROUBLES.keys() | NETWORK_TROUBLES.keys()
    assert {step.what for one in SCENARIOS.values() for step in one.steps} <= known


def test_every_truth_is_a_known_word() -> None:
    words = {value for name, value in vars(Truth).items() if not name.startswith("_")}
    assert {one.truth for one in SCENARIOS.values()} == words


@pytest.mark.parametrize(("things", "fresh"), [(10, False), (50, True)])
def test_a_fleet_in_which_nobody_fits_is_refused(things: int, fresh: bool) -> None:
    with pytest.raises(BadOrder, match="needs an online"):
        play(seeded(things, fresh=fresh), Faults(), "imei-lock-breached", NOW)


async def test_they_are_switched_on_from_outside() -> None:
    world, faults = seeded(), Faults()
    transport = httpx.ASGITransport(create_app(world, faults=faults))
    base = "http://sandbox.test/_sandbox"
    async with httpx.AsyncClient(transport=transport, base_url=base) as control:
        listed = (await control.get("/scenarios")).json()["items"]
        assert [one["name"] for one in listed] == list(SCENARIOS)
        answer = await control.post("/scenarios/no-ext")
        assert answer.status_code == 200
        assert world.things[answer.json()["thingId"]].silent
        assert next(one for one in faults.describe() if one["name"] == "ext-absent")["on"]
        unknown = await control.post("/scenarios/no-such")
        assert unknown.status_code == 400
        assert "dead-battery" in unknown.json()["message"]
        refused = await control.post("/scenarios/dead-battery", json={"thingId": "t_1"})
        assert refused.status_code == 400
