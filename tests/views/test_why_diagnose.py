"""The ladder as a whole: its order, what it names, and that it claims nothing without evidence."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.models import (
    DataQuota,
    Event,
    ImeiLock,
    IpLease,
    IpPool,
    IpProfile,
    Location,
    NatRule,
    Network,
    Route,
    Routes,
    RouteTarget,
    Rule,
    Session,
    SessionSummary,
    StateHistoryEntry,
    Thing,
    ThingsGroup,
    Tunnel,
    TunnelStatus,
)
from simtui.views.detail.end_reasons import END_REASONS
from simtui.views.text import UNSAFE
from simtui.views.why.around import Around, Count, Scope
from simtui.views.why.diagnose import LADDER, diagnose
from simtui.views.why.evidence import Evidence, Fact
from simtui.views.why.rung import RungName
from simtui.views.why.words import rung_lines, why_document, why_text

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
NAMES = [value for name, value in vars(RungName).items() if not name.startswith("_")]
INPUTS = {
    RungName.OFFLINE: ("thing", "session", "sessions"),
    RungName.MANY: ("thing", "around"),
    RungName.LIFECYCLE: ("thing",),
    RungName.SERVICES: ("thing", "quota", "sessions"),
    RungName.IMEI: ("thing",),
    RungName.SESSIONS: ("thing", "session", "sessions"),
    RungName.ADDRESS: ("thing", "network"),
    RungName.PATH: ("thing", "network", "profile", "routes", "tunnels", "nat_rules"),
    RungName.COVERAGE: ("thing", "session"),
}

moments = st.none() | st.integers(-3 * 86_400, 600).map(lambda s: NOW + timedelta(seconds=s))
texts = st.sampled_from(["", "x", "\x1b[2J\u202e", "[/nope]"]) | st.text(max_size=6)
maybe_texts = st.none() | texts
states = st.sampled_from(["ONLINE", "ATTACHED", "OFFLINE", "BLOCKED", "UNKNOWN", "HIBERNATING"])
reasons = st.none() | st.sampled_from(sorted(END_REASONS)) | texts
numbers = st.none() | st.sampled_from(["0", "500", "1000"]).map(int)
mccs = st.none() | st.sampled_from(["204", "206", "262", "\x07"])
cidrs = st.sampled_from(
    ["10.0.0.0/24", "10.1.0.0/29", "10.9.9.9", "0.0.0.0/0", "ANY", "fe80::/10", ""]
)
addresses = st.none() | st.sampled_from(["10.0.0.7", "10.1.0.3", "bad", "fe80::1"])

things = st.builds(
    Thing,
    thing_id=st.just("t1"),
    iccid=texts,
    state=st.sampled_from(["PROVISIONED", "ACTIVE", "ACTIVE", "SUSPENDED", "RETIRED", "ODD\x1b"]),
    name=texts,
    pending_state=st.none() | st.sampled_from(["ACTIVE", "SUSPENDED", "ODD"]),
    state_changed_at=moments,
    things_group_id=st.just("g1"),
    allowed_services=st.none() | st.sampled_from([(), ("SMS",), ("DATA",), ("DATA", "SMS")]),
    ip=st.none() | st.builds(IpLease, addresses, maybe_texts, texts, moments),
    imei=maybe_texts,
    previous_imei=maybe_texts,
    imei_changed_at=moments,
    imei_lock=st.none() | st.builds(ImeiLock, st.booleans(), maybe_texts, maybe_texts),
    last_seen_at=moments,
    session=st.none() | st.builds(SessionSummary, states, moments, moments),
    last_location=st.none() | st.builds(Location, at=moments, mcc=mccs, mnc=maybe_texts),
)
sessions = st.builds(
    Session,
    states,
    as_of=moments,
    since=moments,
    ended_at=moments,
    end_reason=reasons,
    mcc=mccs,
    country=maybe_texts,
    operator_name=maybe_texts,
)
rules = st.builds(
    Rule,
    texts,
    st.sampled_from(["INBOUND", "OUTBOUND"]),
    st.sampled_from(["ALLOW", "DROP", "REJECT", "LOG"]),
    st.sampled_from(["ANY", "TCP", "udp", "1", "many"]),
    src_cidr=cidrs,
    dst_cidr=cidrs,
    dst_ports=st.sampled_from(["ANY", "443", "1-9,12", "x"]),
    enabled=st.booleans(),
    comment=texts,
    hits=numbers,
    last_hit_at=moments,
)
tunnels = st.builds(
    Tunnel,
    st.sampled_from(["tn1", "tn2"]),
    texts,
    enabled=st.booleans(),
    local_cidrs=st.lists(cidrs, max_size=2).map(tuple),
    remote_cidrs=st.lists(cidrs, max_size=2).map(tuple),
    status=st.none()
    | st.builds(
        TunnelStatus,
        st.sampled_from(["UP", "DOWN", "ODD"]),
        moments,
        last_error=maybe_texts,
        as_of=moments,
    ),
)
targets = st.builds(
    RouteTarget, st.sampled_from(["INTERNET", "IPSEC_TUNNEL", "BLACKHOLE", "ODD"]), st.just("tn1")
)
networks = st.builds(
    Network,
    st.just("n1"),
    texts,
    thing_isolation=st.booleans(),
    ip_pools=st.lists(
        st.builds(IpPool, texts, cidrs, size=numbers, leased=numbers, locked=numbers), max_size=2
    ).map(tuple),
    nat_public_address=addresses,
)
counts = st.builds(Count, st.integers(0, 30), st.integers(0, 30), st.floats(0, 30))


def tuples(strategy: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=most).map(tuple)


def facts(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Fact[Any]]:
    known = st.builds(Fact, strategy, moments, st.just(""))
    return known | st.builds(Fact, waiting=st.booleans(), absent=st.booleans())


evidence = st.builds(
    Evidence,
    st.just(NOW),
    thing=facts(things),
    session=facts(sessions),
    sessions=facts(tuples(sessions, 6)),
    states=facts(tuples(st.builds(StateHistoryEntry, texts, moments, maybe_texts, maybe_texts))),
    quota=facts(st.builds(DataQuota, numbers, numbers, moments, moments)),
    events=facts(tuples(st.builds(Event, texts, texts, texts, moments, maybe_texts, texts))),
    group=st.none() | st.builds(ThingsGroup, st.just("g1"), texts, network_id=st.just("n1")),
    network=facts(networks),
    profile=facts(
        st.builds(IpProfile, st.just("p1"), texts, inbound=tuples(rules), outbound=tuples(rules))
    ),
    routes=facts(st.builds(Routes, tuples(st.builds(Route, texts, cidrs, targets)))),
    tunnels=facts(tuples(tunnels, 3)),
    nat_rules=facts(
        tuples(st.builds(NatRule, texts, st.just("TCP"), st.just("8080"), texts, st.just("80")))
    ),
    around=facts(
        st.builds(Around, st.just(NOW), st.fixed_dictionaries(dict.fromkeys(Scope.ALL, counts)))
    ),
)


@settings(max_examples=150, deadline=None)
@given(evidence)
def test_it_never_fails_and_every_text_is_safe_to_print(known: Evidence) -> None:
    diagnosis = diagnose(known)
    assert [rung.name for rung in diagnosis.rungs] == NAMES
    thing = known.thing.value or Thing("t1", "89", "ACTIVE")
    texts = [*why_text(thing, diagnosis, NOW), diagnosis.sentence]
    texts += [cell.text for rung in diagnosis.rungs for cell in rung_lines(rung, NOW)]
    assert not [text for text in texts if UNSAFE.search(text)]
    assert why_document(thing, diagnosis, NOW)["conclusion"] == diagnosis.conclusion


@settings(max_examples=150, deadline=None)
@given(evidence)
def test_what_is_named_has_failed_and_what_comes_before_it_explains_nothing(
    known: Evidence,
) -> None:
    diagnosis = diagnose(known)
    named = diagnosis.named
    assert (named is not None) == (diagnosis.conclusion == "CAUSE")
    failed = [rung for rung in diagnosis.rungs if rung.verdict == "FAIL" and rung.cause]
    if named is None:
        assert not failed
        return
    assert named.verdict == "FAIL"
    before = diagnosis.rungs[: diagnosis.rungs.index(named)]
    assert all(rung.weak for rung in before if rung in failed)
    assert not named.weak or all(rung.weak for rung in failed)


@settings(max_examples=100, deadline=None)
@given(evidence, st.sampled_from(NAMES))
def test_no_check_fails_or_passes_without_what_it_is_about(known: Evidence, name: str) -> None:
    judge = LADDER[NAMES.index(name)]
    blank = replace(known, **{part: Fact(missing="nothing") for part in INPUTS[name]})
    assert judge(blank).verdict == "UNKNOWN"


@settings(max_examples=100, deadline=None)
@given(evidence)
def test_everything_in_order_is_only_said_where_everything_is_known(known: Evidence) -> None:
    diagnosis = diagnose(known)
    if diagnosis.conclusion == "DEVICE":
        assert all(rung.verdict == "PASS" for rung in diagnosis.rungs[1:])
    if diagnosis.conclusion == "WELL":
        assert diagnosis.rungs[0].verdict == "PASS"
        unknown = [rung.name for rung in diagnosis.rungs if rung.verdict == "UNKNOWN"]
        assert all(name in diagnosis.sentence for name in unknown)


def test_nothing_known_is_nine_times_not_known() -> None:
    diagnosis = diagnose(Evidence(NOW))
    assert {rung.verdict for rung in diagnosis.rungs} == {"UNKNOWN"}
    assert diagnosis.conclusion == "UNKNOWN"
    assert diagnosis.sentence.startswith("Don't know")


def test_every_part_of_the_evidence_is_some_check_s() -> None:
    parts = {field.name for field in fields(Evidence)} - {"now", "group", "states", "events"}
    assert parts == {part for inputs in INPUTS.values() for part in inputs}


def offline(**thing: Any) -> Evidence:
    since = NOW - timedelta(hours=6)
    own = {"session": SessionSummary("OFFLINE", since, NOW), "last_seen_at": since} | thing
    return Evidence(NOW, thing=Fact(Thing("t1", "89", own.pop("state", "ACTIVE"), **own), NOW, ""))


@pytest.mark.parametrize(
    ("known", "rung"),
    [
        (offline(state="SUSPENDED", allowed_services=("SMS",)), RungName.LIFECYCLE),
        (offline(allowed_services=("SMS",), last_location=Location(mcc="262")), RungName.SERVICES),
        (
            offline(
                imei="2" * 15,
                imei_lock=ImeiLock(True, "1" * 15),
                last_location=Location(mcc="262"),
            ),
            RungName.IMEI,
        ),
        (offline(last_location=Location(mcc="262")), RungName.COVERAGE),
    ],
)
def test_the_first_that_failed_is_named(known: Evidence, rung: str) -> None:
    diagnosis = diagnose(known)
    assert diagnosis.named is not None
    assert diagnosis.named.name == rung


def test_what_is_being_asked_for_may_still_change_it() -> None:
    known = offline(last_location=Location(mcc="262"), allowed_services=("DATA",))
    waiting = replace(known, quota=Fact(waiting=True))
    assert diagnose(waiting).waiting
    assert diagnose(waiting).named is not None
    assert not diagnose(known).waiting


def test_a_shared_silence_is_named_only_where_nothing_else_is() -> None:
    counts = {Scope.GROUP: Count(12, 14, 0.2), Scope.FLEET: Count(14, 400, 5)}

    def around(known: Evidence) -> Evidence:
        fact = Fact(Around(NOW - timedelta(hours=6), counts), NOW, "")
        return replace(known, group=ThingsGroup("g1", "south-yard"), around=fact)

    alone = diagnose(around(offline()))
    assert alone.named is not None
    assert alone.named.name == RungName.MANY
    assert alone.remedy is not None
    assert alone.remedy.filter_text == 'group:"south-yard" online:no'
    other = diagnose(around(offline(last_location=Location(mcc="262"))))
    assert other.named is not None
    assert other.named.name == RungName.COVERAGE


def test_what_ended_the_last_session_may_be_in_order_by_now() -> None:
    ended = Session(
        "OFFLINE",
        NOW,
        since=NOW - timedelta(hours=9),
        ended_at=NOW - timedelta(hours=6),
        end_reason="STATE_NOT_ACTIVE",
    )
    known = replace(offline(allowed_services=("DATA",)), sessions=Fact((ended,), NOW, ""))
    resumed = diagnose(known)
    assert resumed.conclusion == "UNKNOWN"
    assert "in order by now" in resumed.sentence
    suspended = replace(known, thing=Fact(replace(known.thing.value, state="SUSPENDED"), NOW, ""))
    assert diagnose(suspended).named.name == RungName.LIFECYCLE
