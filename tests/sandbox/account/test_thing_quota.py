"""The data limit of a Thing (contract §2, EXT)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from simtui.sandbox.call import Answer, Refused
from simtui.sandbox.life.habits import attach
from simtui.sandbox.operations.thing_quota import get_quota, set_quota
from simtui.sandbox.world import World

ONE = {"thingId": "t_1"}


def test_without_a_limit_it_is_null(world: World, call: Callable[..., Answer]) -> None:
    world.things["t_1"].data_bytes = 700
    body = call(get_quota, path=ONE).body
    assert (body["dataLimitBytes"], body["dataUsedBytes"]) == (None, 700)
    assert body["resetsAt"] - world.clock.now() < timedelta(days=31)


def test_a_limit_that_is_used_up_blocks_the_next_session(
    world: World, call: Callable[..., Answer]
) -> None:
    thing = world.things["t_1"]
    thing.data_bytes = 700
    before = thing.version
    answer = call(set_quota, path=ONE, body={"dataLimitBytes": 700})
    assert answer.body["dataLimitBytes"] == 700
    assert answer.version == thing.version == before + 1
    session = attach(world, thing, world.clock.now())
    assert (session.state, session.end_reason) == ("BLOCKED", "MONTHLY_USAGE_LIMIT_EXCEEDED")
    call(set_quota, path=ONE, body={"dataLimitBytes": None})
    assert attach(world, thing, world.clock.now()).state == "ONLINE"


def test_a_second_writer_is_noticed(call: Callable[..., Answer]) -> None:
    with pytest.raises(Refused, match="changed"):
        call(set_quota, path=ONE, body={"dataLimitBytes": 1}, if_match='"v99"')
