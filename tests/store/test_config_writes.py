"""Changes of the configuration: plain values and back, journalled with before and after and
never with a key, sent once, and what they touch is read again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.errors import Conflict, OutcomeUnknown, ReadOnly
from simtui.models import (
    IpPool,
    IpProfile,
    Job,
    JobProgress,
    NatRule,
    Network,
    Routes,
    Thing,
    ThingsGroup,
    Tunnel,
)
from simtui.models.config_change import SETTINGS, ConfigChange, Kind, Ref
from simtui.models.journal import Intent, Outcome
from simtui.models.plain import fits, plain_of, settings_from, took
from simtui.models.recorded import kind_of_change, parameters_of_change, recorded_change
from simtui.models.saved import Saved
from simtui.models.settings import RouteTable, chain_of, settings_of
from simtui.store.config_queries import LeasesQuery, NatRulesQuery, RoutesQuery, TunnelsQuery
from simtui.store.config_write import ConfigWrite
from simtui.store.journal.author import Author
from simtui.store.journal.codec import decode, encode
from simtui.store.journal.file import JournalFile
from simtui.store.journal.journal import Journal
from simtui.store.list_queries import GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.people_queries import UsersQuery
from simtui.store.store import Store
from tests.config_samples import AFTER, ANY, BEFORE, CHANGES, PSK, REFS, WITH_KEY, ids, some, texts

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SAVED = Saved("x_1", 8)


def write(change: ConfigChange) -> ConfigWrite:
    return ConfigWrite(change, "Do it")


def intent_of(change: ConfigChange) -> Intent:
    parts = {"process": 1, "things": (), "at": AT}
    words = ("entry_id", "who", "profile", "endpoint", "summary", "target", "request_id")
    texts = dict.fromkeys((*words, "operation"), "x")
    told = {"kind": kind_of_change(change), "parameters": parameters_of_change(change)}
    return Intent(**parts, **texts, **told)


# Plain values


def test_no_kind_is_left_out() -> None:
    assert SETTINGS.keys() == REFS.keys() == ANY.keys()


@settings(deadline=None, max_examples=300)
@given(some)
def test_settings_survive_plain_values_and_json(one) -> None:
    kind, wanted = one
    plain = plain_of(wanted)
    assert settings_from(kind, plain) == wanted
    assert json.loads(json.dumps(plain)) == plain
    assert fits(plain, plain_of(settings_from(kind, plain)))


@st.composite
def any_changes(draw: st.DrawFn) -> ConfigChange:
    kind, one = draw(some)
    other = draw(ANY[kind])
    before, after = draw(st.sampled_from([(None, one), (one, other), (one, None)]))
    ref = Ref(kind, draw(ids), draw(ids))
    known = tuple(draw(st.lists(ids, max_size=3)))
    return ConfigChange(ref, draw(texts), before, after, draw(st.integers(0, 2**40)), known)


@settings(deadline=None, max_examples=200)
@given(any_changes())
def test_a_change_comes_back_from_the_journal_as_it_was(change: ConfigChange) -> None:
    read = decode(encode(intent_of(change)))
    assert isinstance(read, Intent)
    recorded = recorded_change(read)
    assert recorded is not None
    assert recorded.change == change
    assert not recorded.new_key


@pytest.mark.parametrize("name", WITH_KEY)
def test_that_there_was_a_key_is_written_down_and_which_is_not(name: str) -> None:
    change = WITH_KEY[name]
    line = encode(intent_of(change))
    assert PSK.encode() not in line
    read = decode(line)
    assert isinstance(read, Intent)
    recorded = recorded_change(read)
    assert recorded is not None
    assert recorded.new_key
    assert recorded.change == replace(change, psk=None)


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_change_is_called_in_the_journal(name: str) -> None:
    assert kind_of_change(CHANGES[name]) == name


GOOD = intent_of(CHANGES["change-chain"])


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": "set-state"},
        {"kind": "change-castle"},
        {"kind": "polish-chain"},
        {"kind": "change"},
        {"kind": ""},
        {"parameters": {}},
        {"parameters": dict(GOOD.parameters, before=7)},
        {"parameters": dict(GOOD.parameters, after={"items": [{"no": "rule"}]})},
        {"parameters": dict(GOOD.parameters, version="seven")},
        {"parameters": dict(GOOD.parameters, version=None)},
        {"parameters": dict(GOOD.parameters, known=None)},
    ],
)
def test_what_is_not_of_this_version_is_no_change(odd) -> None:
    assert recorded_change(GOOD) is not None
    assert recorded_change(replace(GOOD, **odd)) is None


def test_settings_that_cannot_be_made_out() -> None:
    with pytest.raises(ValueError, match="no settings of a group"):
        settings_from(Kind.GROUP, {"description": "without a name"})
    with pytest.raises(ValueError, match="no settings of a castle"):
        settings_from("castle", {})
    assert settings_from("castle", None) is None


@pytest.mark.parametrize(
    ("wanted", "now", "so"),
    [
        (None, "anything", True),
        ({"a": 1, "b": None}, {"a": 1, "b": 2, "c": 3}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"a": 1}, None, False),
        ([{"a": 1, "id": None}], [{"a": 1, "id": "r_9"}], True),
        ([{"a": 1}], [{"a": 1}, {"a": 1}], False),
        ([1, 2], [2, 1], False),
        ([], None, False),
    ],
)
def test_what_fits_leaves_to_the_server_what_it_chooses(wanted, now, so) -> None:
    assert fits(wanted, now) is so


@pytest.mark.parametrize(
    ("before", "after", "now", "so"),
    [
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 2, "b": 5}, True),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 5}, False),
        ({"end": "2026"}, {"end": None}, {"end": "2026"}, False),
        ({"end": "2026"}, {"end": None}, {"end": None}, True),
        ({"own": "a"}, {"own": None}, {"own": "of the server"}, True),
        ({"in": {"a": 1, "b": 2}}, {"in": {"a": 3, "b": 2}}, {"in": {"a": 3, "b": 9}}, True),
        ({"items": [1]}, {"items": [1, {"id": None}]}, {"items": [1, {"id": "r"}]}, True),
        ({"items": [1]}, {"items": [2]}, {"items": [2, 3]}, False),
    ],
)
def test_what_took_is_what_was_changed(before, after, now, so) -> None:
    assert took(before, after, now) is so


def test_what_can_be_set_is_taken_out_of_what_the_server_has() -> None:
    assert settings_of(ThingsGroup("g_1", "a", "b", "n_1", "ip_1", thing_count=3)).name == "a"
    assert settings_of(ThingsGroup("g_1", "a")) == replace(
        BEFORE[Kind.GROUP], name="a", description="", network_id="", ip_profile_id=""
    )
    assert settings_of(Network("n_1", "depots", "all of them")) == BEFORE[Kind.NETWORK]
    assert settings_of(IpPool("p_1", "10.0.0.0/24", leased=9)) == BEFORE[Kind.POOL]
    assert settings_of(Routes()) == RouteTable()
    assert chain_of(IpProfile("ip_1", "closed"), "OUTBOUND").items == ()
    with pytest.raises(TypeError, match="Thing has no settings"):
        settings_of(Thing("t_1", "8931", "ACTIVE"))


# The command


@pytest.mark.parametrize("name", CHANGES)
async def test_it_is_written_down_before_it_is_sent_once(store, source, name) -> None:
    change, there = CHANGES[name], []
    source.answers["configure"] = lambda *_: there.extend(store.journal.entries) or SAVED
    store.connect(source)
    assert await store.outbox.run(write(change)) == SAVED
    (entry,) = there
    assert entry.results == ()
    assert (entry.intent.kind, entry.intent.target) == (name, change.title)
    assert entry.intent.parameters["before"] == plain_of(change.before)
    assert entry.intent.parameters["after"] == plain_of(change.after)
    request = ("request_id", entry.intent.request_id)
    assert [call for call in source.calls if call[0] == "configure"] == [
        ("configure", change, request)
    ]
    (entry,) = store.journal.entries
    assert (entry.outcome, entry.object_id) == (Outcome.CONFIRMED, "x_1")
    recorded = recorded_change(entry.intent)
    assert recorded is not None
    assert recorded.change == change


async def test_a_deletion_has_made_nothing(store, source) -> None:
    source.answers["configure"] = Saved()
    store.connect(source)
    await store.outbox.run(write(CHANGES["delete-group"]))
    (entry,) = store.journal.entries
    assert (entry.outcome, entry.object_id) == (Outcome.CONFIRMED, None)


async def test_a_job_is_followed_to_its_end(store, source, clock) -> None:
    running = Job("j_1", "TUNNEL", "RUNNING")
    progress = [JobProgress(running, 1.0), JobProgress(replace(running, status="COMPLETED"))]
    source.answers |= {
        "configure": running,
        "job": lambda _: progress.pop(0) if len(progress) > 1 else progress[0],
    }
    store.connect(source)
    assert await store.outbox.run(write(CHANGES["create-tunnel"])) == running
    (entry,) = store.journal.entries
    assert (entry.outcome, entry.job_id) == (Outcome.ACCEPTED, "j_1")
    await clock.advance(20)
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED


async def test_a_refusal_is_a_definite_end(store, source) -> None:
    source.answers["configure"] = Conflict("Could not save the chain", "by anna")
    store.connect(source)
    with pytest.raises(Conflict):
        await store.outbox.run(write(CHANGES["change-chain"]))
    (entry,) = store.journal.entries
    assert entry.outcome == Outcome.REFUSED


async def test_a_read_only_store_sends_nothing(clock, source) -> None:
    store = Store(clock=clock, sleep=clock.sleep, read_only=True)
    store.connect(source)
    with pytest.raises(ReadOnly):
        await store.outbox.run(write(CHANGES["change-chain"]))
    assert (source.calls, store.journal.entries) == ([], ())
    await store.close()


def read(file: Path) -> bytes:
    return file.read_bytes()


@pytest.mark.parametrize("name", WITH_KEY)
async def test_a_key_reaches_the_client_and_not_the_disk(source, clock, tmp_path, name) -> None:
    file = tmp_path / "prod.journal"
    journal = Journal(JournalFile(file), Author.of_this_process("prod", "x"), clock)
    store = Store(clock=clock, sleep=clock.sleep, journal=journal)
    source.answers["configure"] = SAVED
    store.connect(source)
    await store.outbox.run(write(WITH_KEY[name]))
    assert source.last("configure")[0].psk.reveal() == PSK
    written = read(file)
    assert b'"new_key":true' in written
    assert PSK.encode() not in written
    assert PSK not in repr(store.journal.entries)
    assert PSK not in repr(source.calls)
    await store.close()


# What it touches


SHOWN = {
    Kind.GROUP: ("groups", GroupsQuery()),
    Kind.NETWORK: ("networks", NetworksQuery()),
    Kind.POOL: ("networks", NetworksQuery()),
    Kind.ROUTES: ("routes", RoutesQuery("n_1")),
    Kind.PROFILE: ("ip_profiles", IpProfilesQuery()),
    Kind.CHAIN: ("ip_profiles", IpProfilesQuery()),
    Kind.NAT_RULE: ("nat_rules", NatRulesQuery("n_1")),
    Kind.TUNNEL: ("tunnels", TunnelsQuery("n_1")),
    Kind.USER: ("users", UsersQuery()),
}
"""Where each kind is seen: what the client is asked, and the query."""
EVERYTHING = {
    "groups": (),
    "networks": (),
    "ip_profiles": (),
    "routes": Routes(),
    "nat_rules": (),
    "tunnels": (),
    "users": (),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("answer", [SAVED, OutcomeUnknown("The outcome is unknown")])
async def test_the_list_that_shows_it_is_read_again(
    store, source, seen, settle, name, answer
) -> None:
    asked, query = SHOWN[CHANGES[name].ref.kind]
    source.answers |= EVERYTHING | {"configure": answer}
    store.connect(source)
    store.watch(query, seen())
    await settle()
    source.calls.clear()
    if answer is SAVED:
        await store.outbox.run(write(CHANGES[name]))
    else:
        with pytest.raises(OutcomeUnknown):
            await store.outbox.run(write(CHANGES[name]))
    await settle()
    assert source.count(asked) >= 1


async def test_another_network_is_left_alone(store, source, seen, settle) -> None:
    source.answers |= EVERYTHING | {"configure": SAVED}
    store.connect(source)
    for network in ("n_1", "n_2"):
        store.watch(NatRulesQuery(network), seen())
        store.watch(TunnelsQuery(network), seen())
    await settle()
    source.calls.clear()
    await store.outbox.run(write(CHANGES["change-nat-rule"]))
    await settle()
    assert [call for call in source.calls if call[-1] == "n_2"] == []
    assert source.count("nat_rules") == 1


async def test_the_counts_of_groups_are_read_again_where_they_are_shown(
    store, source, seen, settle
) -> None:
    """A group that goes to another profile changes both profiles' and networks' counts."""
    source.answers |= EVERYTHING | {"configure": SAVED}
    store.connect(source)
    for query in (GroupsQuery(), NetworksQuery(), IpProfilesQuery()):
        store.watch(query, seen())
    await settle()
    source.calls.clear()
    await store.outbox.run(write(CHANGES["change-group"]))
    await settle()
    assert {call[0] for call in source.calls} >= {"groups", "networks", "ip_profiles"}


async def test_leases_are_asked_for_by_pool(store, source) -> None:
    source.answers |= {"leases": ()}
    store.connect(source)
    assert await store.fetch(LeasesQuery("n_1", "p_1")) == ()
    assert source.last("leases") == ("n_1", "p_1")


def test_nat_rules_and_tunnels_are_told_apart_by_what_can_be_set() -> None:
    rule = NatRule("nat_1", "TCP", "8022", "t_1", "22", "ssh", allowed_sources=("0.0.0.0/0",))
    assert settings_of(rule) == replace(BEFORE[Kind.NAT_RULE], expires_at=None)
    tunnel = Tunnel("tun_1", "hq", psk_set_at=AT + timedelta(days=1), local_cidrs=("10.0.0.0/24",))
    assert settings_of(tunnel) == replace(
        AFTER[Kind.TUNNEL],
        **{
            part: getattr(BEFORE[Kind.TUNNEL], part)
            for part in ("phase1", "phase2", "dpd", "local_cidrs")
        },
        remote_gateway="",
        remote_cidrs=(),
    )
