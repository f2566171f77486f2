"""Changes of the configuration whose answer was lost: looked up, and never sent again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import httpx
import pytest

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.errors import NotFound, OutcomeUnknown, SimtuiError, Unreachable
from simtui.models import (
    IpPool,
    IpProfile,
    Job,
    NatRule,
    Network,
    Route,
    Routes,
    RouteTarget,
    Rule,
    ThingsGroup,
    Tunnel,
    User,
)
from simtui.models.config_change import WHOLE, ConfigChange, Kind, Ref, Verb
from simtui.models.journal import JournalEntry, Outcome
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
    RuleSettings,
    Settings,
    TunnelSettings,
    UserSettings,
    settings_of,
)
from simtui.sandbox.app import create_app
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH
from simtui.sandbox.token import Credentials
from simtui.secret import Secret
from simtui.store.config_now import Now, read_now, read_siblings
from simtui.store.config_write import ConfigWrite
from simtui.store.store import Store
from tests.config_samples import CHANGES, PSK, WITH_KEY, change_of
from tests.world_clock import ClockOfTheWorld

HOST = "http://sandbox.test"
NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
LOST = OutcomeUnknown("The outcome is unknown", "The connection was closed")


# On the sandbox, with a connection that breaks


class Wire(httpx.ASGITransport):
    """Remembers which writes came through."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.writes: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "GET" and TOKEN_PATH not in request.url.path:
            self.writes.append(request)
        return await super().handle_async_request(request)


class Town:
    """A store on a small account; waiting lets the world's time pass."""

    def __init__(self) -> None:
        clock = WorldClock(NOW, rate=0)
        self.world = build_world(things=20, seed=3, fresh=True, clock=clock)
        self.faults = Faults()
        credentials = Credentials(self.world)
        self.wire = Wire(create_app(self.world, faults=self.faults, credentials=credentials))
        admin = credentials.of("ADMINISTRATOR")
        endpoint = Endpoint(
            HOST + BASE_PATH, HOST + TOKEN_PATH, admin.client_id, admin.client_secret
        )
        own = ClockOfTheWorld(clock)
        self.store = Store(clock=own, sleep=self._wait)
        self.client = Client(
            endpoint, transport=self.wire, clock=own, sleep=self._wait, random=Random(1).random
        )
        self.store.connect(self.client)

    async def _wait(self, seconds: float) -> None:
        self.world.clock.advance(seconds)
        await asyncio.sleep(0)

    async def make(self, kind: str, settings: Settings, parent: str = "") -> Ref:
        ref = Ref(kind, "", parent)
        known = tuple(one.object_id for one in await read_siblings(self.store, ref))
        change = ConfigChange(ref, "it", None, settings, known=known)
        await self.client.configure(change, request_id="r-1")
        there = await read_siblings(self.store, ref)
        (made,) = {one.object_id for one in there} - set(known)
        return replace(ref, object_id=made)

    async def now(self, ref: Ref) -> Now:
        found = await read_now(self.store, ref)
        assert found is not None
        return found


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    town = Town()
    yield town
    await town.store.close()


async def group(town: Town) -> tuple[Ref, Settings, Settings]:
    (usual, *_) = await town.client.groups()
    first = GroupSettings("depot-7", "", usual.network_id or "", usual.ip_profile_id or "")
    network = await town.make(Kind.NETWORK, NetworkSettings("other"))
    return Ref(Kind.GROUP), first, replace(first, name="yard", network_id=network.object_id)


async def network(town: Town) -> tuple[Ref, Settings, Settings]:
    return Ref(Kind.NETWORK), NetworkSettings("depots"), NetworkSettings("depots", "", True)


async def pool(town: Town) -> tuple[Ref, Settings, Settings]:
    place = await town.make(Kind.NETWORK, NetworkSettings("depots"))
    ref = Ref(Kind.POOL, "", place.object_id)
    return ref, PoolSettings("10.44.0.0/24"), PoolSettings("10.44.0.0/23")


async def routes(town: Town) -> tuple[Ref, Settings, Settings]:
    place = await town.make(Kind.NETWORK, NetworkSettings("depots"))
    nowhere = RouteSettings("172.16.0.0/12", RouteTarget("BLACKHOLE"), 10)
    return Ref(Kind.ROUTES, "", place.object_id), RouteTable(), RouteTable((nowhere,))


async def profile(town: Town) -> tuple[Ref, Settings, Settings]:
    return Ref(Kind.PROFILE), ProfileSettings("closed"), ProfileSettings("shut", "tight")


async def chain(town: Town) -> tuple[Ref, Settings, Settings]:
    place = await town.make(Kind.PROFILE, ProfileSettings("closed"))
    rules = (RuleSettings("DROP", "TCP", dst_ports="22"), RuleSettings("ALLOW", "UDP"))
    return Ref(Kind.CHAIN, "OUTBOUND", place.object_id), Chain(), Chain(rules)


async def nat_rule(town: Town) -> tuple[Ref, Settings, Settings]:
    await town.client.set_state("t_1", "ACTIVE", "", version=None, request_id="r-1")
    await town.client.lock_ip("t_1", "10.0.0.9", None, request_id="r-2")
    (place,) = await town.client.networks()
    until = NOW + timedelta(days=3)
    first = NatSettings("TCP", "8022", "t_1", "22", "ssh", expires_at=until)
    return Ref(Kind.NAT_RULE, "", place.network_id), first, replace(first, expires_at=None)


async def tunnel(town: Town) -> tuple[Ref, Settings, Settings]:
    place = await town.make(Kind.NETWORK, NetworkSettings("depots"))
    await town.make(Kind.POOL, PoolSettings("10.44.0.0/24"), place.object_id)
    first = TunnelSettings(
        "hq", "203.0.113.7", local_cidrs=("10.44.0.0/24",), remote_cidrs=("192.168.0.0/24",)
    )
    return (
        Ref(Kind.TUNNEL, "", place.object_id),
        first,
        replace(first, remote_gateway="203.0.113.8"),
    )


async def user(town: Town) -> tuple[Ref, Settings, Settings]:
    first = UserSettings("zoe@example.com", "Zoe", "READ_ONLY")
    return Ref(Kind.USER), first, UserSettings("zoe@example.com", "Zoe", "OPERATOR", "DISABLED")


STARTS: dict[str, Callable[[Town], Awaitable[tuple[Ref, Settings, Settings]]]] = {
    Kind.GROUP: group,
    Kind.NETWORK: network,
    Kind.POOL: pool,
    Kind.ROUTES: routes,
    Kind.PROFILE: profile,
    Kind.CHAIN: chain,
    Kind.NAT_RULE: nat_rule,
    Kind.TUNNEL: tunnel,
    Kind.USER: user,
}


async def change_in(town: Town, name: str) -> ConfigChange:
    """A real change of this name, decided from how the account is."""
    verb, _, kind = name.partition("-")
    ref, first, second = await STARTS[kind](town)
    psk = Secret(PSK) if kind == Kind.TUNNEL and verb != Verb.DELETE else None
    if verb == Verb.CREATE:
        known = tuple(one.object_id for one in await read_siblings(town.store, ref))
        return ConfigChange(ref, "it", None, first, known=known, psk=psk)
    if kind not in WHOLE:
        ref = await town.make(kind, first, ref.parent_id)
        town.world.clock.advance(3600)
    now = await town.now(ref)
    if isinstance(second, TunnelSettings) and isinstance(now.settings, TunnelSettings):
        second = replace(now.settings, remote_gateway=second.remote_gateway)
    after = None if verb == Verb.DELETE else second
    return ConfigChange(ref, "it", now.settings, after, now.version, psk=psk)


async def saved(town: Town, change: ConfigChange) -> JournalEntry:
    await town.store.saving.save([ConfigWrite(change, "Do it")])
    return town.store.journal.entries[-1]


@pytest.mark.parametrize("name", CHANGES)
async def test_done_but_never_answered(town: Town, name: str) -> None:
    change = await change_in(town, name)
    town.wire.writes.clear()
    town.faults.switch_on("drop-after", {"method": METHODS[change.verb, change.ref.kind in WHOLE]})
    entry = await saved(town, change)
    assert len(town.wire.writes) == 1
    assert [result.outcome for result in entry.results] == [Outcome.UNKNOWN, Outcome.CONFIRMED]
    assert entry.results[-1].looked_up
    if change.verb == Verb.DELETE:
        assert await read_now(town.store, change.ref) is None
        return
    now = await town.now(replace(change.ref, object_id=entry.object_id or ""))
    assert entry.object_id not in change.known
    assert now.version == change.version + 1


@pytest.mark.parametrize("name", CHANGES)
async def test_lost_on_the_way_there(town: Town, name: str) -> None:
    change = await change_in(town, name)
    before = await read_siblings(town.store, change.ref)
    town.wire.writes.clear()
    town.faults.switch_on("drop-before", {"method": METHODS[change.verb, change.ref.kind in WHOLE]})
    with pytest.raises(SimtuiError, match="It was not done") as caught:
        await saved(town, change)
    (entry,) = town.store.journal.entries
    assert len(town.wire.writes) == 1
    assert [result.outcome for result in entry.results] == [Outcome.UNKNOWN, Outcome.FAILED]
    assert "did not arrive" in entry.detail
    assert entry.object_id is None
    assert PSK not in f"{caught.value} {entry}"
    assert await read_siblings(town.store, change.ref) == before


METHODS = {
    (Verb.CREATE, False): "POST",
    (Verb.CHANGE, False): "PATCH",
    (Verb.CHANGE, True): "PUT",
    (Verb.DELETE, False): "DELETE",
}


async def test_one_that_is_there_twice_is_told_from_the_one_that_was_there(town: Town) -> None:
    """Names of profiles need not be unique."""
    first = await town.make(Kind.PROFILE, ProfileSettings("closed"))
    there = await read_siblings(town.store, Ref(Kind.PROFILE))
    known = tuple(one.object_id for one in there)
    twin = ConfigChange(Ref(Kind.PROFILE), "it", None, ProfileSettings("closed"), known=known)
    town.faults.switch_on("drop-before", {"method": "POST"})
    with pytest.raises(SimtuiError, match="It was not done"):
        await saved(town, twin)
    town.faults.switch_on("drop-after", {"method": "POST"})
    assert (await saved(town, twin)).object_id not in (None, first.object_id)


# On a source that says what it has


def of_group(**fields: Any) -> dict[str, Any]:
    usual = ThingsGroup("g_1", "depot-7", "the yard", "n_1", "ip_1", version=7)
    return {"groups": (replace(usual, **fields),)}


def of_tunnel(**fields: Any) -> dict[str, Any]:
    usual = Tunnel(
        "tun_1",
        "hq",
        remote_gateway="198.51.100.7",
        local_id="198.51.100.129",
        local_cidrs=("10.0.0.0/24",),
        remote_cidrs=("192.168.0.0/24",),
        version=7,
    )
    return {"tunnels": (replace(usual, **fields),)}


def of_nat_rule(**fields: Any) -> dict[str, Any]:
    usual = NatRule(
        *("nat_1", "TCP", "8022", "t_1", "22", "ssh"),
        allowed_sources=("0.0.0.0/0",),
        expires_at=NOW,
        version=7,
    )
    return {"nat_rules": (replace(usual, **fields),)}


END_IT = NatSettings("TCP", "8022", "t_1", "22", "ssh", expires_at=NOW)
ENDLESS = ConfigChange(
    Ref(Kind.NAT_RULE, "nat_1", "n_1"), "ssh", END_IT, replace(END_IT, expires_at=None), 7
)
KEY = WITH_KEY["key-only"]
START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def of_chain(*rules: Rule, version: int = 7) -> dict[str, Any]:
    return {"ip_profiles": (IpProfile("ip_1", "closed", inbound=rules, version=version),)}


WEB = Rule("r_2", "INBOUND", "ALLOW", "TCP", 1, "10.0.0.0/8", dst_ports="80,443")
NEW = Rule("r_9", "INBOUND", "ALLOW", "UDP", 2, dst_ports="53", comment="names")
SSH = Rule("r_1", "INBOUND", "REJECT", "TCP", 3, dst_ports="22", comment="no ssh")


@pytest.mark.parametrize(
    ("change", "now", "outcome", "detail"),
    [
        # created: the new one that is as it was to be
        ("create-group", {"groups": ()}, "failed", "did not arrive"),
        ("create-group", of_group(network_id="n_2"), "confirmed", "It is there (g_1)"),
        ("create-group", of_group(network_id="n_3"), "failed", "did not arrive"),
        ("create-tunnel", {"tunnels": NotFound("No such network")}, "failed", "did not arrive"),
        # changed: what was to differ
        ("change-group", of_group(), "failed", "as it was"),
        ("change-group", of_group(network_id="n_2", version=8), "confirmed", "version 8"),
        ("change-group", of_group(network_id="n_3", version=8), "failed", "decide anew"),
        ("change-group", {"groups": ()}, "failed", "not there any more"),
        # … whatever somebody else has changed since
        (
            "change-group",
            of_group(network_id="n_2", name="by anna", version=9),
            "confirmed",
            "version 9",
        ),
        # what was cleared says nothing by being the same as before
        (ENDLESS, of_nat_rule(), "failed", "as it was"),
        (ENDLESS, of_nat_rule(expires_at=None, version=8), "confirmed", "version 8"),
        (ENDLESS, of_nat_rule(name="by anna", version=8), "failed", "decide anew"),
        # lists: whole, in order, new ones by what they say
        ("change-chain", of_chain(WEB, NEW, SSH, version=8), "confirmed", "version 8"),
        ("change-chain", of_chain(NEW, WEB, SSH, version=8), "failed", "decide anew"),
        ("change-chain", of_chain(WEB, NEW, version=8), "failed", "decide anew"),
        ("change-chain", {"ip_profiles": ()}, "failed", "not there any more"),
        ("change-routes", {"routes": NotFound("No such network")}, "failed", "not there"),
        # deleted
        ("delete-group", {"groups": ()}, "confirmed", "It is gone"),
        ("delete-group", of_group(), "failed", "as it was"),
        ("delete-group", of_group(version=8), "failed", "decide anew"),
        ("delete-tunnel", {"tunnels": NotFound("No such network")}, "confirmed", "gone"),
        # a key is known by when it was set
        (KEY, of_tunnel(version=8), "failed", "the key was not set"),
        (KEY, of_tunnel(version=8, psk_set_at=START - timedelta(hours=1)), "failed", "not set"),
        (KEY, of_tunnel(version=8, psk_set_at=START), "confirmed", "version 8"),
        (KEY, of_tunnel(version=8, psk_set_at=START - timedelta(minutes=1)), "confirmed", ""),
        (KEY, of_tunnel(version=7, psk_set_at=START - timedelta(minutes=1)), "failed", "as it was"),
    ],
)
async def test_what_is_there_tells_what_became_of_it(
    store, source, clock, change, now, outcome, detail
) -> None:
    change = CHANGES[change] if isinstance(change, str) else change
    source.answers |= {"configure": LOST} | now
    store.connect(source)
    with pytest.raises(OutcomeUnknown):
        await store.outbox.run(ConfigWrite(change, "Do it"))
    await clock.advance(20)
    (entry,) = store.journal.entries
    assert (entry.outcome, detail in entry.detail) == (outcome, True), entry.detail
    assert entry.results[-1].looked_up
    assert source.count("configure") == 1


async def test_what_comes_late_is_waited_for(store, source, clock) -> None:
    answers = [of_group()["groups"]] * 2 + [of_group(network_id="n_2", version=8)["groups"]]
    source.answers |= {
        "configure": LOST,
        "groups": lambda: answers.pop(0) if len(answers) > 1 else answers[0],
    }
    store.connect(source)
    with pytest.raises(OutcomeUnknown):
        await store.outbox.run(ConfigWrite(CHANGES["change-group"], "Do it"))
    await clock.advance(10)
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED


async def test_while_nobody_answers_it_stays_unknown(store, source, clock) -> None:
    source.answers |= {"configure": LOST, "groups": Unreachable("Nobody is there")}
    store.connect(source)
    with pytest.raises(OutcomeUnknown):
        await store.outbox.run(ConfigWrite(CHANGES["change-group"], "Do it"))
    await clock.advance(100)
    assert store.journal.entries[0].outcome == Outcome.UNKNOWN
    source.answers |= of_group(network_id="n_2", version=8)
    await clock.advance(100)
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("now", "outcome"),
    [(of_tunnel(), Outcome.FAILED), (of_tunnel(version=8, name="office"), Outcome.CONFIRMED)],
)
async def test_a_job_that_the_server_has_forgotten_is_seen_by_what_it_did(
    store, source, clock, now, outcome
) -> None:
    change = change_of(Kind.TUNNEL, Verb.CHANGE)
    assert isinstance(change.before, TunnelSettings)
    change = replace(change, after=replace(change.before, name="office"))
    running = Job("j_1", "TUNNEL", "RUNNING")
    source.answers |= {"configure": running, "job": NotFound("No such job")} | now
    store.connect(source)
    await store.outbox.run(ConfigWrite(change, "Do it"))
    await clock.advance(20)
    (entry,) = store.journal.entries
    assert entry.outcome == outcome
    assert "cannot be read" not in entry.detail


# How it is now


EVERYTHING: dict[str, Any] = {
    "groups": (ThingsGroup("g_1", "depot-7", version=7), ThingsGroup("g_2", "yard")),
    "networks": (
        Network("n_1", "depots", ip_pools=(IpPool("p_1", "10.0.0.0/24", version=3),), version=7),
        Network("n_2", "other", ip_pools=(IpPool("p_2", "10.0.0.0/24"),)),
    ),
    "ip_profiles": (IpProfile("ip_1", "closed", inbound=(WEB,), version=7),),
    "routes": Routes(
        (Route("rt_0", "0.0.0.0/0", origin="SYSTEM"), Route("rt_1", "10.8.0.0/16")), 7
    ),
    "nat_rules": of_nat_rule()["nat_rules"],
    "tunnels": of_tunnel(psk_set_at=START)["tunnels"],
    "users": (User("u_1", "zoe@example.com", "Zoe", "READ_ONLY", "ACTIVE", version=7),),
}


@pytest.mark.parametrize("kind", STARTS)
async def test_an_object_is_read_as_what_can_be_set_of_it(store, source, kind) -> None:
    source.answers |= EVERYTHING
    store.connect(source)
    ref = change_of(kind, "change").ref
    now = await read_now(store, ref)
    assert now is not None
    assert now.object_id == ref.object_id
    assert now.version == (3 if kind == Kind.POOL else 7)
    assert type(now.settings) is type(change_of(kind, "change").before)
    assert now.key_set_at == (START if kind == Kind.TUNNEL else None)
    elsewhere = replace(ref, object_id="x", parent_id="x")
    if kind not in (Kind.ROUTES,):
        assert await read_now(store, elsewhere) is None


async def test_only_the_routes_of_a_person_are_theirs_to_set(store, source) -> None:
    source.answers |= EVERYTHING
    store.connect(source)
    now = await read_now(store, Ref(Kind.ROUTES, "", "n_1"))
    assert now is not None
    assert now.settings == RouteTable((RouteSettings("10.8.0.0/16", route_id="rt_1"),))
    assert now.settings == settings_of(EVERYTHING["routes"])


async def test_what_cannot_be_read_is_told(store, source) -> None:
    source.answers |= {"networks": Unreachable("Nobody is there")}
    store.connect(source)
    with pytest.raises(Unreachable):
        await read_siblings(store, Ref(Kind.POOL, "p_1", "n_1"))


async def test_a_save_that_was_made_at_once_is_no_news(store, source) -> None:
    source.answers["configure"] = Saved("g_1", 8)
    store.connect(source)
    await store.saving.save([ConfigWrite(CHANGES["change-group"], "Do it")])
    assert source.count("groups") == 0
