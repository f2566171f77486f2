from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from simtui.sandbox.addressing import network_of, pool_fill, release_address
from simtui.sandbox.call import Refused
from simtui.sandbox.life.network_trouble import (
    drop_tunnel,
    exhaust_pool,
    flap_tunnel,
    silence_network,
)
from simtui.sandbox.life.thing_trouble import (
    breach_imei_lock,
    change_by_colleague,
    go_silent,
    hit_data_limit,
    move_out_of_coverage,
    stick_sms,
    swap_imei,
    swap_imei_back,
    turn_stale,
    wake,
)
from simtui.sandbox.life.trouble import NETWORK_TROUBLES, THING_TROUBLES, describe
from simtui.sandbox.records import NetworkRecord, ThingRecord
from simtui.sandbox.sessions import end_session, start_session
from simtui.sandbox.world import World

PassTime = Callable[[float], datetime]


@pytest.fixture
def thing(living: World) -> ThingRecord:
    """A Thing that is online in a network of its own pool."""
    return next(
        thing
        for thing in living.things.values()
        if thing.state == "ACTIVE"
        and thing.session
        and thing.session.state == "ONLINE"
        and not thing.ip_locked
        and not thing.imei_changed_at
        and "SMS" in thing.allowed_services
    )


def network_named(world: World, name: str) -> NetworkRecord:
    return next(network for network in world.networks.values() if network.name == name)


def test_every_trouble_is_described_in_one_sentence() -> None:
    for trouble in (*THING_TROUBLES.values(), *NETWORK_TROUBLES.values()):
        assert describe(trouble).endswith(".")


@pytest.mark.parametrize("name", THING_TROUBLES)
def test_every_trouble_can_strike_a_thing_that_was_never_on_air(living: World, name: str) -> None:
    fresh = next(one for one in living.things.values() if one.state == "PROVISIONED")
    THING_TROUBLES[name](living, fresh, living.clock.now())
    living.clock.advance(600)
    living.catch_up()


def test_a_swap_changes_the_device(living: World, thing: ThingRecord) -> None:
    before, now = thing.imei, living.clock.now()
    swap_imei(living, thing, now)
    assert thing.imei != before == thing.previous_imei
    assert thing.imei_changed_at == now
    assert thing.session and thing.session.imei == thing.imei
    assert living.events[-1].type == "IMEI_CHANGED"


def test_a_device_can_be_swapped_back(living: World, thing: ThingRecord) -> None:
    before = thing.imei
    swap_imei_back(living, thing, living.clock.now())
    assert thing.imei == before
    assert len(thing.imeis) == 3


def test_a_breach_of_the_lock_blocks(living: World, thing: ThingRecord) -> None:
    breach_imei_lock(living, thing, living.clock.now())
    assert thing.session and thing.session.state == "BLOCKED"
    assert thing.session.end_reason == "IMEI_LOCK_BREACHED"


def test_across_the_border(living: World, thing: ThingRecord) -> None:
    move_out_of_coverage(living, thing, living.clock.now())
    assert thing.session and thing.session.mcc == "262"
    assert thing.session.state == "ONLINE"


def test_silence_lasts_until_it_wakes(
    living: World, thing: ThingRecord, pass_time: PassTime
) -> None:
    start = living.clock.now()
    go_silent(living, thing, start)
    for _ in range(30):
        pass_time(20)
    assert thing.session and thing.session.state == "OFFLINE"
    assert thing.last_seen_at == start
    wake(living, thing, living.clock.now())
    assert thing.session.state == "ONLINE"


def test_stale_facts(living: World, thing: ThingRecord) -> None:
    now = living.clock.now()
    turn_stale(living, thing, now)
    assert thing.as_of and now - thing.as_of > timedelta(hours=24)


def test_a_data_limit_ends_the_session(living: World, thing: ThingRecord) -> None:
    hit_data_limit(living, thing, living.clock.now())
    assert thing.past_sessions[-1].end_reason == "MONTHLY_USAGE_LIMIT_EXCEEDED"
    assert thing.session and thing.session.state == "OFFLINE"


def test_a_colleague_makes_an_etag_stale(living: World, thing: ThingRecord) -> None:
    before = thing.version
    change_by_colleague(living, thing, living.clock.now())
    assert thing.version == before + 1
    assert thing.modified_by == "daan@example.com"


def test_a_stuck_message_stays_sent_and_expires(
    living: World, thing: ThingRecord, pass_time: PassTime
) -> None:
    stick_sms(living, thing, living.clock.now())
    sms = list(living.sms.values())[-1]
    pass_time(120)
    assert sms.status == "SENT" and sms.attempts >= 1
    pass_time(240)
    assert sms.status == "EXPIRED"
    assert sms.error_code == "ABSENT_SUBSCRIBER"


def test_an_exhausted_pool_gives_no_address(
    living: World, thing: ThingRecord, pass_time: PassTime
) -> None:
    network = network_of(living, thing)
    end_session(living, thing, living.clock.now())
    release_address(living, thing)
    exhaust_pool(living, network, living.clock.now())
    assert all(
        size == leased for size, leased, _ in (pool_fill(living, p) for p in network.pools.values())
    )
    wake(living, thing, living.clock.now())
    assert thing.session and thing.session.state == "ATTACHED"
    assert thing.session.end_reason == "IP_POOL_EXHAUSTED"
    pass_time(7_200)


def test_a_tunnel_flaps(living: World, pass_time: PassTime) -> None:
    network = network_named(living, "metering")
    (tunnel,) = network.tunnels.values()
    flap_tunnel(living, network, living.clock.now())
    assert (tunnel.state, tunnel.last_error) == ("DOWN", "DPD_TIMEOUT")
    pass_time(60)
    assert (tunnel.state, tunnel.last_error) == ("UP", None)


def test_a_tunnel_stays_down(living: World, pass_time: PassTime) -> None:
    network = network_named(living, "metering")
    (tunnel,) = network.tunnels.values()
    drop_tunnel(living, network, living.clock.now())
    pass_time(3_600)
    assert (tunnel.state, tunnel.last_error) == ("DOWN", "PSK_MISMATCH")


def test_a_network_without_a_tunnel_cannot_lose_one(living: World) -> None:
    with pytest.raises(Refused) as refused:
        drop_tunnel(living, network_named(living, "mobile"), living.clock.now())
    assert (refused.value.status, refused.value.name) == (412, "TARGET_EMPTY")


def test_one_seeded_tunnel_flaps_by_itself(living: World, pass_time: PassTime) -> None:
    seen = set()
    tunnel = next(
        tunnel
        for tunnel in network_named(living, "depots").tunnels.values()
        if tunnel.settings["name"] == "historian-azure"
    )
    for _ in range(60):
        pass_time(15)
        seen.add(tunnel.state)
    assert seen == {"UP", "DOWN"}


def test_a_whole_network_falls_silent(living: World) -> None:
    network, now = network_named(living, "charging"), living.clock.now()
    silence_network(living, network, now)
    struck = [one for one in living.things.values() if one.silent and one.last_seen_at == now]
    assert len(struck) > 3
    assert all(network_of(living, one) is network for one in struck)


def test_a_session_that_runs_is_closed_before_a_new_one(living: World, thing: ThingRecord) -> None:
    from simtui.sandbox.fleet.coverage import OUT_OF_COVERAGE

    before, now = thing.session, living.clock.now()
    start_session(living, thing, now, OUT_OF_COVERAGE)
    assert before and thing.past_sessions[-1].session_id == before.session_id
    assert thing.past_sessions[-1].ended_at == now
    assert len(thing.past_sessions) > 1
