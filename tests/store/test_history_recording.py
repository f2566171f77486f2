"""What the store notes of what it sees change, and what it does not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from simtui.models import (
    ImeiLock,
    IpLease,
    IpProfile,
    Network,
    Route,
    Routes,
    Rule,
    SessionSummary,
    Thing,
    ThingsGroup,
    Tunnel,
    TunnelStatus,
)
from simtui.models.action import MoveToGroup, SetState
from simtui.models.change import By, Change, ChangeKind, ChangesWanted
from simtui.models.effect import before_of
from simtui.models.journal import Intent, Outcome, Result
from simtui.models.route import RouteTarget
from simtui.store.journal.author import Author
from simtui.store.journal.journal import Journal
from simtui.store.queries import (
    FleetQuery,
    GroupsQuery,
    IpProfilesQuery,
    NetworksQuery,
    RoutesQuery,
    ThingQuery,
    TunnelsQuery,
)
from simtui.store.snapshot import SnapshotFile, SnapshotIdentity
from simtui.store.store import Store

ACCOUNT = "https://api.example c1"
POLL = FleetQuery().max_age
K = ChangeKind


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "prod.history"


@pytest.fixture
def snapshot(tmp_path: Path) -> SnapshotFile:
    return SnapshotFile(tmp_path / "cache" / "prod.snapshot", SnapshotIdentity("prod", "u", "c"))


@pytest.fixture
def journal(clock) -> Journal:
    return Journal(None, Author("anna@jump-1", 1, "prod", ACCOUNT), clock)


@pytest.fixture
async def stores(
    clock, path: Path, snapshot: SnapshotFile, journal: Journal
) -> AsyncIterator[Callable[..., Store]]:
    made: list[Store] = []

    def make(**options: object) -> Store:
        options = {"history": path, "journal": journal} | options
        made.append(Store(clock=clock, sleep=clock.sleep, **options))
        return made[-1]

    yield make
    for store in made:
        await store.close()


@pytest.fixture
def watched(source, seen) -> Callable[[Store], None]:
    def watch(store: Store) -> None:
        store.connect(source)
        store.watch(FleetQuery(), seen())

    return watch


async def seen_changes(store: Store, **wanted: object) -> list[Change]:
    """Oldest first."""
    await store.history.settled()
    found = await store.history.find(ChangesWanted(**wanted))
    return sorted(found.changes, key=lambda change: change.change_id)


def told(changes: list[Change]) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.kind, one.object_id, one.before, one.after) for one in changes]


def usual(make_thing, number: int = 1, **fields: object) -> Thing:
    given = {
        "things_group_id": "g1",
        "allowed_services": ("DATA", "SMS"),
        "imei": "490154203237518",
        "ip": IpLease("10.0.4.17", "p1"),
        "session": SessionSummary("ONLINE"),
    }
    return make_thing(number, **(given | fields))


async def test_the_first_load_is_what_later_ones_are_compared_with(
    stores, watched, source, thing, clock, path
) -> None:
    source.pages = [tuple(usual(thing, n) for n in range(3))]
    store = stores()
    watched(store)
    await clock.advance(POLL + 1)
    assert await seen_changes(store) == []
    assert not path.exists(), "nothing is written where nothing changed"


async def test_every_field_that_is_kept_is_told(stores, watched, source, thing, clock) -> None:
    source.pages = [(usual(thing, 1), usual(thing, 2))]
    store = stores()
    watched(store)
    await clock.advance(1)
    when = clock.now() - timedelta(minutes=1)
    now = replace(
        usual(thing, 1),
        version=2,
        state="SUSPENDED",
        state_changed_at=when,
        imei="352099001761481",
        imei_changed_at=when + timedelta(seconds=1),
        things_group_id="g2",
        allowed_services=("DATA",),
        ip=IpLease("10.0.4.17", "p1", "LOCKED"),
        session=SessionSummary("OFFLINE", when + timedelta(seconds=2), clock.now()),
        name="another name",
        tags=("x",),
        imei_lock=ImeiLock(True),
    )
    source.pages = [(now, usual(thing, 3))]
    await clock.advance(POLL)
    changes = await seen_changes(store)
    assert told(changes) == [
        (K.STATE, "t_1", "ACTIVE", "SUSPENDED"),
        (K.IMEI, "t_1", "490154203237518", "352099001761481"),
        (K.GROUP, "t_1", "g1", "g2"),
        (K.SERVICES, "t_1", "DATA+SMS", "DATA"),
        (K.ADDRESS, "t_1", "10.0.4.17", "10.0.4.17 locked"),
        (K.SESSION, "t_1", "ONLINE", "OFFLINE"),
        (K.THING, "t_3", None, "new"),
        (K.THING, "t_2", None, "gone"),
    ]
    assert [one.at for one in changes[:3]] == [when, when + timedelta(seconds=1), None]
    assert changes[5].at == when + timedelta(seconds=2)
    assert {one.seen_at for one in changes} == {clock.now() - timedelta(seconds=1)}
    assert {one.last_looked for one in changes} == {None}, "simtui was looking"
    assert changes[0].name == "another name"
    assert changes[0].iccid == now.iccid


async def test_what_is_not_known_is_no_change(stores, watched, source, thing, clock) -> None:
    bare = {"things_group_id": None, "allowed_services": None, "imei": None, "ip": None}
    source.pages = [(usual(thing, 1), usual(thing, 2, **bare, session=None))]
    store = stores()
    watched(store)
    await clock.advance(1)
    one, two = usual(thing, 1, **bare, session=None, version=2), usual(thing, 2, version=2)
    source.pages = [(one, two)]
    await clock.advance(POLL)
    assert store.entry(FleetQuery()).value.things["t_1"].imei is None
    assert await seen_changes(store) == []


async def test_a_hundred_looks_at_the_same_write_nothing(
    stores, watched, source, thing, clock, path, seen
) -> None:
    source.answers |= {
        "groups": (ThingsGroup("g1", "Alpha"),),
        "networks": (Network("n1", "depots"),),
        "ip_profiles": (
            IpProfile("f1", "meters", inbound=(Rule("r1", "INBOUND", "DROP", "TCP"),)),
        ),
    }
    source.pages = [tuple(usual(thing, n) for n in range(5))]
    store = stores()
    watched(store)
    for query in (GroupsQuery(), NetworksQuery(), IpProfilesQuery()):
        store.watch(query, seen())
    await clock.advance(1)
    await store.history.settled()
    before = path.read_bytes()
    for number in range(100):
        moved = SessionSummary("ONLINE", None, clock.now())
        source.pages = [tuple(usual(thing, n, session=moved, version=number) for n in range(5))]
        rule = Rule("r1", "INBOUND", "DROP", "TCP", hits=number)
        source.answers["ip_profiles"] = (IpProfile("f1", "meters", inbound=(rule,)),)
        await clock.advance(POLL)
    await store.history.settled()
    assert source.count("all_things") > 90
    assert source.count("ip_profiles") > 40
    assert path.read_bytes() == before


async def test_what_changed_while_nobody_looked_is_told_as_such(
    stores, watched, source, thing, clock, snapshot
) -> None:
    source.pages = [(usual(thing, 1), usual(thing, 2))]
    first = stores(snapshot=snapshot)
    watched(first)
    await clock.advance(1)
    looked = first.entry(FleetQuery()).fetched_at
    await first.close()
    clock.seconds += 9 * 3600
    source.pages = [(usual(thing, 1, version=2, things_group_id="g2"), usual(thing, 3))]
    second = stores(snapshot=snapshot)
    second.restore_first()
    await second.restore_rest()
    watched(second)
    await clock.advance(1)
    changes = await seen_changes(second)
    assert told(changes) == [
        (K.GROUP, "t_1", "g1", "g2"),
        (K.THING, "t_3", None, "new"),
        (K.THING, "t_2", None, "gone"),
    ]
    assert {one.last_looked for one in changes} == {looked}


async def test_a_run_that_was_killed_before_its_snapshot_does_not_tell_it_twice(
    stores, watched, source, thing, clock, snapshot
) -> None:
    source.pages = [(usual(thing, 1), usual(thing, 2))]
    first = stores(snapshot=snapshot)
    watched(first)
    await clock.advance(1)
    await first.close()
    source.pages = [(usual(thing, 1, version=2, state="SUSPENDED"),)]
    for _ in range(2):  # the second begins with the same old snapshot
        store = stores(snapshot=SnapshotFile(snapshot.path, snapshot.identity))
        store.restore_first()
        await store.restore_rest()
        kept = snapshot.path.read_bytes()
        watched(store)
        await clock.advance(1)
        assert told(await seen_changes(store)) == [
            (K.STATE, "t_1", "ACTIVE", "SUSPENDED"),
            (K.THING, "t_2", None, "gone"),
        ]
        await store.close()
        snapshot.path.write_bytes(kept)


async def test_two_that_look_at_once_tell_everything_once(
    stores, source, seen, thing, clock
) -> None:
    first, second = stores(), stores()
    source.answers["tunnels"] = (Tunnel("t1", "hq", status=TunnelStatus("UP")),)
    source.pages = [(usual(thing, 1),)]
    for store in (first, second):
        store.connect(source)
        store.watch(FleetQuery(), seen())
        store.watch(TunnelsQuery("n1"), seen())
    await clock.advance(1)
    source.answers["tunnels"] = (Tunnel("t1", "hq", status=TunnelStatus("DOWN")),)
    source.pages = [(usual(thing, 1, version=2, state="SUSPENDED"),)]
    await clock.advance(POLL)
    await first.history.settled()
    assert told(await seen_changes(second)) in (
        [(K.STATE, "t_1", "ACTIVE", "SUSPENDED"), (K.TUNNEL_STATE, "t1", "UP", "DOWN")],
        [(K.TUNNEL_STATE, "t1", "UP", "DOWN"), (K.STATE, "t_1", "ACTIVE", "SUSPENDED")],
    )


async def test_a_thing_that_a_404_tells_of_is_gone(stores, watched, source, thing, clock) -> None:
    from simtui.errors import NotFound

    source.pages = [(usual(thing, 1),)]
    source.answers["thing"] = NotFound("There is no such Thing", status=404)
    store = stores()
    watched(store)
    await clock.advance(1)
    with pytest.raises(NotFound):
        await store.fetch(ThingQuery("t_1"))
    assert told(await seen_changes(store)) == [(K.THING, "t_1", None, "gone")]


async def test_names_of_groups_are_those_of_that_moment(
    stores, watched, source, seen, thing, clock
) -> None:
    source.answers["groups"] = (ThingsGroup("g1", "Alpha"), ThingsGroup("g2", "Beta"))
    source.pages = [(usual(thing, 1),)]
    store = stores()
    watched(store)
    store.watch(GroupsQuery(), seen())
    await clock.advance(1)
    source.pages = [(usual(thing, 1, version=2, things_group_id="g2"),)]
    await clock.advance(POLL)
    (change,) = await seen_changes(store)
    assert (change.before_name, change.after_name) == ("Alpha", "Beta")


# The configuration


def rule(number: int, **fields: object) -> Rule:
    return Rule(f"r{number}", "INBOUND", "DROP", "TCP", number, **fields)


async def test_chains_routes_and_tunnels_are_compared_across_runs(
    stores, source, seen, clock
) -> None:
    tunnel = Tunnel("t1", "hq", status=TunnelStatus("UP", clock.now()), version=3)
    source.answers |= {
        "networks": (Network("n1", "depots"),),
        "ip_profiles": (IpProfile("f1", "meters", inbound=(rule(1), rule(2)), version=7),),
        "routes": Routes((Route("x1", "10.9.0.0/16"),), 1),
        "tunnels": (tunnel,),
    }
    queries = (NetworksQuery(), IpProfilesQuery(), RoutesQuery("n1"), TunnelsQuery("n1"))

    async def look(store: Store) -> None:
        store.connect(source)
        for query in queries:
            store.watch(query, seen())
        await clock.advance(1)
        await store.history.settled()

    first = stores()
    await look(first)
    assert await seen_changes(first) == []
    await first.close()
    clock.seconds += 3600
    down = clock.now() - timedelta(minutes=4)
    status = TunnelStatus("DOWN", down, last_error="DPD_TIMEOUT")
    source.answers |= {
        "ip_profiles": (
            IpProfile("f1", "meters", inbound=(rule(1), rule(2, comment="x"), rule(3)), version=8),
        ),
        "routes": Routes((Route("x1", "10.9.0.0/16", RouteTarget("BLACKHOLE")),), 2),
        "tunnels": (replace(tunnel, remote_gateway="192.0.2.9", status=status, version=4),),
    }
    second = stores()
    await look(second)
    changes = {one.kind: one for one in await seen_changes(second)}
    assert set(changes) == {K.CHAIN, K.ROUTES, K.TUNNEL, K.TUNNEL_STATE}
    chain = changes[K.CHAIN]
    assert (chain.object_id, chain.parent_id, chain.name) == ("INBOUND", "f1", "meters")
    assert (chain.before, chain.after) == ("v7", "v8")
    assert chain.detail == "1 rule added, 1 rule changed"
    assert changes[K.ROUTES].detail == "1 route changed"
    assert changes[K.ROUTES].inside == "depots"
    assert changes[K.TUNNEL].detail == "remote gateway"
    state = changes[K.TUNNEL_STATE]
    assert (state.before, state.after, state.detail) == ("UP", "DOWN", "DPD_TIMEOUT")
    assert state.at == down
    assert chain.last_looked is not None
    assert chain.seen_at - chain.last_looked >= timedelta(hours=1)


async def test_what_is_made_and_deleted_is_told_but_not_what_is_seen_first(
    stores, source, seen, clock
) -> None:
    source.answers["groups"] = (ThingsGroup("g1", "Alpha"),)
    store = stores()
    store.connect(source)
    store.watch(GroupsQuery(), seen())
    await clock.advance(1)
    source.answers["groups"] = (ThingsGroup("g2", "Beta"),)
    await clock.advance(GroupsQuery().max_age)
    assert told(await seen_changes(store)) == [
        (K.THINGS_GROUP, "g2", None, "new"),
        (K.THINGS_GROUP, "g1", None, "gone"),
    ]


async def test_a_new_key_of_a_tunnel_is_told_without_it(stores, source, seen, clock) -> None:
    source.answers["tunnels"] = (Tunnel("t1", "hq", psk_set_at=clock.now(), version=1),)
    store = stores()
    store.connect(source)
    store.watch(TunnelsQuery("n1"), seen())
    await clock.advance(1)
    source.answers["tunnels"] = (Tunnel("t1", "hq", psk_set_at=clock.now(), version=2),)
    await clock.advance(TunnelsQuery("n1").max_age)
    (change,) = await seen_changes(store)
    assert change.detail == "a new pre-shared key"


# Whose it was


def write(thing: Thing, action: SetState | MoveToGroup, at: datetime, number: int = 1) -> Intent:
    return Intent(
        entry_id=f"e{number}",
        at=at,
        who="anna@jump-1",
        process=1,
        profile="prod",
        endpoint=ACCOUNT,
        kind=action.kind,
        parameters={name: getattr(action, name) for name in action.__slots__ if name != "kind"},
        summary="",
        target="",
        things=(before_of(action, thing),),
        request_id="r",
        operation="o",
    )


@pytest.fixture
async def suspended(stores, watched, source, thing, clock):
    """A store, and what lets its only Thing be seen as suspended ``at`` some time."""
    source.pages = [(usual(thing, 1),)]
    store = stores()
    watched(store)
    await clock.advance(1)

    async def see(at: datetime | None, state: str = "SUSPENDED", version: int = 2) -> Change:
        source.pages = [(usual(thing, 1, version=version, state=state, state_changed_at=at),)]
        await clock.advance(POLL)
        return (await seen_changes(store))[-1]

    return see


SUSPEND = SetState("SUSPENDED")


async def test_what_the_journal_has_is_from_here(suspended, journal, thing, clock) -> None:
    await journal.begin(write(usual(thing, 1), SUSPEND, clock.now()))
    await journal.note(Result("e1", clock.now(), Outcome.CONFIRMED))
    change = await suspended(clock.now() + timedelta(seconds=3))
    assert (change.by, change.entry_id) == (By.HERE, "e1")


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        (SUSPEND, Outcome.REFUSED),
        (SUSPEND, Outcome.FAILED),
        (SetState("RETIRED"), Outcome.CONFIRMED),
        (MoveToGroup("g2"), Outcome.CONFIRMED),
    ],
)
async def test_what_no_write_of_ours_can_have_done_is_from_elsewhere(
    suspended, journal, thing, clock, action, outcome
) -> None:
    await journal.begin(write(usual(thing, 1), action, clock.now()))
    await journal.note(Result("e1", clock.now(), outcome))
    change = await suspended(clock.now())
    assert (change.by, change.entry_id) == (By.ELSEWHERE, "")


async def test_a_write_of_another_account_did_nothing_here(
    suspended, journal, thing, clock
) -> None:
    other = replace(write(usual(thing, 1), SUSPEND, clock.now()), endpoint="https://other c2")
    await journal.begin(other)
    assert (await suspended(clock.now())).by == By.ELSEWHERE


async def test_what_happened_before_or_long_after_a_write_is_not_its_doing(
    suspended, journal, thing, clock
) -> None:
    clock.seconds += 7200
    await journal.begin(write(usual(thing, 1), SUSPEND, clock.now()))
    await journal.note(Result("e1", clock.now(), Outcome.CONFIRMED))
    before = await suspended(clock.now() - timedelta(hours=1))
    assert before.by == By.ELSEWHERE
    await suspended(None, "ACTIVE", 3)
    clock.seconds += 7200
    assert (await suspended(clock.now(), "SUSPENDED", 4)).by == By.ELSEWHERE


async def test_a_write_is_claimed_once(suspended, journal, thing, clock) -> None:
    await journal.begin(write(usual(thing, 1), SUSPEND, clock.now()))
    assert (await suspended(clock.now())).by == By.HERE
    await suspended(clock.now() + timedelta(seconds=1), "ACTIVE", 3)
    again = await suspended(clock.now() + timedelta(seconds=2), "SUSPENDED", 4)
    assert again.by == By.ELSEWHERE


async def test_what_devices_and_networks_do_is_nobodys(
    stores, watched, source, thing, clock
) -> None:
    source.pages = [(usual(thing, 1),)]
    store = stores()
    watched(store)
    await clock.advance(1)
    moved = IpLease("10.0.4.18", "p1")
    source.pages = [
        (usual(thing, 1, version=2, ip=moved, imei="1", session=SessionSummary("OFFLINE")),)
    ]
    await clock.advance(POLL)
    changes = await seen_changes(store)
    assert [one.kind for one in changes] == [K.IMEI, K.ADDRESS, K.SESSION]
    assert {one.by for one in changes} == {By.NOBODY}
