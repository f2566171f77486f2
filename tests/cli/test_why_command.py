"""``simtui why`` against the sandbox, over a real loopback socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.scenarios.play import play
from simtui.sandbox.server import LiveServer
from simtui.views.why.rung import RungName

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    world = build_world(things=600, seed=7, fresh=False, clock=WorldClock(NOW, rate=0))
    with LiveServer(world) as server:
        yield server


@pytest.fixture(autouse=True)
def signed_in(sign_in) -> None:
    sign_in()


@pytest.fixture(scope="module")
def dead(server: LiveServer) -> ThingRecord:
    return play(server.world, server.faults, "dead-battery", NOW)


@pytest.fixture(scope="module")
def suspended(server: LiveServer) -> ThingRecord:
    return play(server.world, server.faults, "suspended-by-colleague", NOW)


def test_it_names_the_cause_and_prints_every_check(simtui, suspended: ThingRecord) -> None:
    ended = simtui("why", suspended.iccid)
    assert (ended.code, ended.err) == (0, "")
    head, sentence, remedy, *rest = ended.out.splitlines()
    assert suspended.iccid in head
    assert sentence.startswith("Likely cause: it was suspended 3h ago by daan@example.com")
    assert "Resume it" in remedy
    names = [value for name, value in vars(RungName).items() if not name.startswith("_")]
    checks = [line.partition("] ")[2] for line in rest if line.startswith("[")]
    assert [
        name for name, check in zip(names, checks, strict=True) if check.startswith(name)
    ] == names
    assert "(as of 20" in rest[1]


def test_what_was_not_loaded_is_not_known(simtui, dead: ThingRecord) -> None:
    told = json.loads(simtui("why", dead.iccid, "--json").out)
    assert told["conclusion"] == "UNKNOWN"
    many = next(check for check in told["checks"] if check["check"] == RungName.MANY)
    assert many["verdict"] == "UNKNOWN"
    assert "--fleet" in many["found"]


def test_with_the_fleet_it_is_counted(simtui, dead: ThingRecord) -> None:
    told = json.loads(simtui("why", dead.iccid, "--fleet", "--json").out)
    assert told["conclusion"] == "DEVICE"
    assert (told["iccid"], told["name"]) == (dead.iccid, dead.name)
    many = next(check for check in told["checks"] if check["check"] == RungName.MANY)
    assert many["verdict"] == "PASS"


def test_it_asks_each_question_once(simtui, server: LiveServer, dead: ThingRecord) -> None:
    log = server.endpoint.base_url.partition("/iot/")[0] + "/_sandbox/requests"
    httpx.delete(log)
    assert simtui("why", dead.iccid).code == 0
    asked = [one["path"] for one in httpx.get(log).json()["items"] if one["method"] == "GET"]
    assert len(asked) == len(set(asked)) == 12
    assert not any("leases" in path for path in asked)


@pytest.mark.parametrize("level", ["BILLING", "READ_ONLY"])
def test_without_a_permission_it_says_what_is_not_known(
    simtui, sign_in, dead: ThingRecord, level: str
) -> None:
    sign_in(level)
    ended = simtui("why", dead.iccid)
    assert ended.code == 0
    if level == "BILLING":
        assert "[? don't know] Path" in ended.out


def test_a_scenario_that_is_none_is_refused_with_those_that_are(simtui, app) -> None:
    ended = simtui("demo", "--scenario", "rain")
    assert ended.code == 2
    assert "tunnel-down" in ended.err
    assert app.calls == []


def test_the_demo_opens_on_the_thing_of_its_scenario(simtui, app) -> None:
    simtui("demo", "--scenario", "tunnel-down")
    (call,) = app.calls
    assert call["filter_text"] == "tag:scenario-tunnel-down"
    assert call["demo"].scenario == "tunnel-down"
