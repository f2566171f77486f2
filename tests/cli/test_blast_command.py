"""``simtui blast`` against the sandbox, over a real loopback socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.life.thing_trouble import go_silent
from simtui.sandbox.server import LiveServer

GROUP = "gateways"


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    world = build_world(things=700, seed=7, fresh=False, clock=WorldClock())
    group_id = next(one.group_id for one in world.groups.values() if one.name == GROUP)
    gone = world.clock.now() - timedelta(hours=3)
    for thing in list(world.things.values()):
        if thing.group_id == group_id and thing.state == "ACTIVE" and thing.session:
            go_silent(world, thing, gone)
    with LiveServer(world) as server:
        yield server


@pytest.fixture(autouse=True)
def signed_in(sign_in) -> None:
    sign_in()


def test_the_finding_is_printed_with_its_counts(simtui) -> None:
    ended = simtui("blast")
    assert (ended.code, ended.err) == (0, "")
    assert f"group {GROUP}" in ended.out
    assert "of them are silent" in ended.out
    assert "\x1b" not in ended.out


def test_json_has_the_findings_and_every_value(simtui, server: LiveServer) -> None:
    told = json.loads(simtui("blast", "--json").out)
    labels = {name["label"] for one in told["findings"] for name in one["names"]}
    assert f"group {GROUP}" in labels
    groups = {one["label"] for one in told["pivots"]["group"]["values"]}
    assert len(groups) > 10
    for one in told["findings"]:
        assert one["with"]["silent"] <= told["silent"]


def test_a_filter_says_where(simtui) -> None:
    told = json.loads(simtui("blast", "--filter", "group:meters", "--json").out)
    assert told["compared_with"] == "filter"
    assert told["silent"] + told["healthy"] < 300


def test_a_filter_that_is_not_one_is_refused(simtui) -> None:
    ended = simtui("blast", "--filter", "group:nope")
    assert (ended.code, ended.out) == (2, "")
    assert "nope" in ended.err
