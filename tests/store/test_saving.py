"""Several changes that a person confirmed at once: in order, each once, up to the first that
is not done; what is made on the way is known to those that follow."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from simtui.errors import Conflict, OutcomeUnknown, SimtuiError, Unreachable
from simtui.models import IpProfile, Job, JobProgress, RouteTarget, ThingsGroup, Tunnel
from simtui.models.action import LockIp
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.journal import Outcome
from simtui.models.saved import Saved
from simtui.models.settings import (
    Chain,
    GroupSettings,
    NatSettings,
    NetworkSettings,
    PoolSettings,
    ProfileSettings,
    RouteSettings,
    RouteTable,
    Settings,
    TunnelSettings,
)
from simtui.secret import Secret
from simtui.store.config_write import ConfigWrite
from simtui.store.saving import Step
from simtui.store.thing_write import ThingWrite
from tests.config_samples import CHANGES, NEW_RULE, PSK

LOST = OutcomeUnknown("The outcome is unknown", "The connection was closed")


def made(kind: str, name: str, after: Settings, parent: str = "", **more: Any) -> ConfigWrite:
    """What makes an object that the steps behind it call ``+kind/name``."""
    ref = Ref(kind, f"+{kind}/{name}", parent)
    return ConfigWrite(ConfigChange(ref, name, None, after, **more), f"Create {name}")


def changed(name: str) -> ConfigWrite:
    return ConfigWrite(CHANGES[name], name)


@dataclass
class Server:
    """Answers each change in turn, and remembers what it was asked."""

    source: Any
    answers: list[Any]
    seen: list[ConfigChange] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source.answers["configure"] = self._answer

    def _answer(self, change: ConfigChange) -> Any:
        self.seen.append(change)
        return self.answers.pop(0)


async def test_they_are_sent_in_order_as_one_operation(store, source) -> None:
    server = Server(source, [Saved("g_1", 8), Saved("n_1", 8), Saved()])
    store.connect(source)
    names, numbers = ["change-group", "change-network", "delete-pool"], []
    await store.saving.save([changed(name) for name in names], numbers.append)
    assert server.seen == [CHANGES[name] for name in names]
    assert numbers == [1, 2, 3]
    intents = [entry.intent for entry in store.journal.entries]
    assert [intent.kind for intent in intents] == names
    assert [(intent.batch, intent.batches) for intent in intents] == [(1, 3), (2, 3), (3, 3)]
    assert len({intent.operation for intent in intents}) == 1
    assert {entry.outcome for entry in store.journal.entries} == {Outcome.CONFIRMED}


async def test_what_it_takes_back_is_written_down_with_each(store, source) -> None:
    Server(source, [Saved("g_1"), Saved("n_1")])
    store.connect(source)
    await store.saving.save([changed("change-group"), changed("change-network")], undoes="e_7")
    assert [entry.intent.undoes for entry in store.journal.entries] == ["e_7", "e_7"]


async def test_nothing_to_do_is_done(store, source) -> None:
    store.connect(source)
    await store.saving.save([])
    assert store.journal.entries == ()


@pytest.mark.parametrize("error", [Conflict("It was changed"), Unreachable("Nobody is there")])
async def test_it_stops_at_the_first_that_is_refused(store, source, error) -> None:
    server = Server(source, [Saved("g_1", 8), error, Saved()])
    store.connect(source)
    numbers: list[int] = []
    steps = [changed(name) for name in ("change-group", "change-network", "delete-pool")]
    with pytest.raises(type(error)):
        await store.saving.save(steps, numbers.append)
    assert (numbers, len(server.seen)) == ([1, 2], 2)
    first, second = store.journal.entries
    assert first.outcome == Outcome.CONFIRMED
    assert second.outcome in (Outcome.REFUSED, Outcome.FAILED)


async def test_a_lost_answer_is_looked_up_before_it_goes_on(store, source, clock) -> None:
    server = Server(source, [LOST, Saved("n_1", 8)])
    group = ThingsGroup("g_1", "depot-7", "the yard", "n_2", "ip_1", version=8)
    source.answers["groups"] = (group,)
    store.connect(source)
    heard: list[str] = []
    saving = store.saving.save(
        [changed("change-group"), changed("change-network")],
        lambda number: heard.append(f"step {number}"),
        on_unknown=lambda: heard.append("lost"),
    )
    await in_time(saving, clock)
    assert heard == ["step 1", "lost", "step 2"]
    assert len(server.seen) == 2
    first, second = store.journal.entries
    assert [result.outcome for result in first.results] == [Outcome.UNKNOWN, Outcome.CONFIRMED]
    assert second.outcome == Outcome.CONFIRMED


AS_IT_WAS = ThingsGroup("g_1", "depot-7", "the yard", "n_1", "ip_1", version=7)


async def in_time(work: Awaitable[None], clock) -> None:
    """Let as much time pass as the looking takes."""
    task = asyncio.ensure_future(work)
    for _ in range(200):
        await clock.advance(2)
        if task.done():
            break
    assert task.done()
    await task


async def test_what_turns_out_not_done_stops_the_rest(store, source, clock) -> None:
    server = Server(source, [LOST, Saved("n_1", 8)])
    source.answers["groups"] = (
        ThingsGroup("g_1", "depot-7", "the yard", "n_1", "ip_1", version=7),
    )
    store.connect(source)
    steps = [changed("change-group"), changed("change-network")]
    with pytest.raises(SimtuiError, match="It was not done") as caught:
        await in_time(store.saving.save(steps), clock)
    assert not isinstance(caught.value, OutcomeUnknown)
    assert len(server.seen) == 1
    assert store.journal.entries[0].outcome == Outcome.FAILED


async def test_what_nobody_can_tell_stops_the_rest_too(store, source, clock) -> None:
    server = Server(source, [LOST, Saved("n_1", 8)])
    source.answers["groups"] = Unreachable("Nobody is there")
    store.connect(source)
    with pytest.raises(OutcomeUnknown):
        await in_time(
            store.saving.save([changed("change-group"), changed("change-network")]), clock
        )
    assert len(server.seen) == 1
    assert store.journal.entries[0].outcome == Outcome.UNKNOWN


# What is yet to be made


NETWORK, PROFILE, TUNNEL = "+network/depots", "+profile/closed", "+tunnel/hq"
INTO_IT = RouteTable(
    (
        RouteSettings("10.8.0.0/16", RouteTarget("IPSEC_TUNNEL", TUNNEL)),
        RouteSettings("10.9.0.0/16", RouteTarget("IPSEC_TUNNEL", "tun_old")),
        RouteSettings("10.10.0.0/16", RouteTarget("BLACKHOLE")),
    )
)


async def test_ids_of_what_was_made_reach_those_that_follow(store, source) -> None:
    answers = [Saved("n_9"), Saved("p_9"), Saved("ip_9"), Saved("INBOUND", 2), Saved("g_9")]
    server = Server(source, answers)
    store.connect(source)
    group = GroupSettings("depots", "", NETWORK, PROFILE)
    chain = ConfigChange(Ref(Kind.CHAIN, "INBOUND", PROFILE), "it", Chain(), Chain((NEW_RULE,)), 1)
    await store.saving.save(
        [
            made(Kind.NETWORK, "depots", NetworkSettings("depots")),
            made(Kind.POOL, "first", PoolSettings("10.44.0.0/24"), NETWORK),
            made(Kind.PROFILE, "closed", ProfileSettings("closed")),
            ConfigWrite(chain, "it"),
            made(Kind.GROUP, "depots", group),
        ]
    )
    _, pool, _, rules, last = server.seen
    assert pool.ref.parent_id == "n_9"
    assert rules.ref == Ref(Kind.CHAIN, "INBOUND", "ip_9")
    assert rules.after == Chain((NEW_RULE,))
    assert last.after == GroupSettings("depots", "", "n_9", "ip_9")
    told = [entry.intent.parameters for entry in store.journal.entries]
    assert told[1]["parent_id"] == "n_9"
    assert told[4]["after"]["network_id"] == "n_9"


async def test_routes_lead_into_the_tunnel_that_was_made(store, source) -> None:
    """The job of a tunnel goes on meanwhile; the tunnel is listed from the start."""
    job = Job("j_1", "TUNNEL", "RUNNING")
    server = Server(source, [job, Saved("", 3)])
    source.answers |= {
        "tunnels": (Tunnel("tun_old", "hq"), Tunnel("tun_8", "lab"), Tunnel("tun_9", "hq")),
        "job": JobProgress(job, 5.0),
    }
    store.connect(source)
    tunnel = TunnelSettings("hq", "198.51.100.7")
    routes = ConfigChange(Ref(Kind.ROUTES, "", "n_1"), "routes", RouteTable(), INTO_IT, 2)
    await store.saving.save(
        [
            made(Kind.TUNNEL, "hq", tunnel, "n_1", known=("tun_old",), psk=Secret(PSK)),
            ConfigWrite(routes, "it"),
        ]
    )
    after = server.seen[1].after
    assert isinstance(after, RouteTable)
    assert [route.target.tunnel_id for route in after.items] == ["tun_9", "tun_old", None]
    assert replace(after.items[0], target=RouteTarget()) == replace(
        INTO_IT.items[0], target=RouteTarget()
    )
    assert server.seen[0].psk == Secret(PSK)
    assert [entry.outcome for entry in store.journal.entries] == [
        Outcome.ACCEPTED,
        Outcome.CONFIRMED,
    ]


async def test_a_tunnel_that_is_not_to_be_found_stops_the_rest(store, source) -> None:
    server = Server(source, [Job("j_1", "TUNNEL", "RUNNING"), Saved()])
    source.answers |= {"tunnels": (Tunnel("tun_old", "hq"),)}
    source.held |= {"job"}
    store.connect(source)
    made_it = made(Kind.TUNNEL, "hq", TunnelSettings("hq", "x"), "n_1", known=("tun_old",))
    with pytest.raises(SimtuiError, match="was not found after it was made"):
        await store.saving.save([made_it, changed("change-routes")])
    assert len(server.seen) == 1


async def test_an_id_that_was_looked_up_is_as_good(store, source, clock) -> None:
    server = Server(source, [LOST, Saved("g_9")])
    source.answers["groups"] = ()
    source.answers["ip_profiles"] = ()
    store.connect(source)
    source.answers["ip_profiles"] = (IpProfile("ip_old", "closed"), IpProfile("ip_9", "closed"))
    group = GroupSettings("depots", "", "n_1", PROFILE)
    steps: list[Step] = [
        made(Kind.PROFILE, "closed", ProfileSettings("closed"), known=("ip_old",)),
        made(Kind.GROUP, "depots", group),
    ]
    await in_time(store.saving.save(steps), clock)
    assert server.seen[1].after == GroupSettings("depots", "", "n_1", "ip_9")


async def test_a_name_that_looks_like_an_id_stays_a_name(store, source) -> None:
    server = Server(source, [Saved("n_9"), Saved("g_9"), Saved("n_8")])
    store.connect(source)
    await store.saving.save(
        [
            made(Kind.NETWORK, "depots", NetworkSettings("depots")),
            made(Kind.GROUP, "x", GroupSettings(NETWORK, NETWORK, NETWORK, "ip_1")),
            made(Kind.NETWORK, "y", NetworkSettings(NETWORK)),
        ]
    )
    assert server.seen[1].after == GroupSettings(NETWORK, NETWORK, "n_9", "ip_1")
    assert server.seen[2].after == NetworkSettings(NETWORK)


async def test_a_deletion_behind_something_new_goes_as_it_is(store, source) -> None:
    server = Server(source, [Saved("n_9"), Saved()])
    store.connect(source)
    first = made(Kind.NETWORK, "depots", NetworkSettings("depots"))
    await store.saving.save([first, changed("delete-group")])
    assert server.seen[1] == CHANGES["delete-group"]


async def test_a_step_may_be_about_a_thing(store, source, thing) -> None:
    """An address is locked before ports are forwarded to it (contract §3.6)."""
    pump = thing(1)
    source.answers["lock_ip"] = replace(pump, version=2)
    server = Server(source, [Saved("nat_9")])
    store.connect(source)
    rule = NatSettings("TCP", "8022", "t_1", "22")
    forward = ConfigChange(Ref(Kind.NAT_RULE, "", "n_1"), "ssh", None, rule)
    lock = ThingWrite(LockIp(), pump, "Lock the address of pump-1", "pump-1")
    await store.saving.save([lock, ConfigWrite(forward, "Create ssh")])
    assert source.count("lock_ip") == len(server.seen) == 1
    first, second = store.journal.entries
    assert first.intent.operation == second.intent.operation
    assert [(e.intent.batch, e.intent.batches) for e in (first, second)] == [(1, 2), (2, 2)]


async def test_a_thing_that_is_not_changed_stops_the_rest(store, source, thing) -> None:
    source.answers["lock_ip"] = Conflict("It was changed")
    server = Server(source, [Saved("nat_9")])
    store.connect(source)
    lock = ThingWrite(LockIp(), thing(1), "Lock it", "pump-1")
    with pytest.raises(Conflict):
        await store.saving.save([lock, changed("create-nat-rule")])
    assert server.seen == []
