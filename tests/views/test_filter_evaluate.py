from __future__ import annotations

import ipaddress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import (
    CycleUsage,
    IpLease,
    IpPool,
    Location,
    SessionSummary,
    Thing,
    ThingsGroup,
)
from simtui.views.filter.evaluate import compile_facts, compile_filter
from simtui.views.filter.parser import parse
from simtui.views.filter.terms import CompareTerm, FieldTerm, Filter, TextTerm
from simtui.views.fleet_context import FleetContext

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


def passes(text: str, thing: Thing, context: FleetContext) -> bool:
    return compile_filter(parse(text), context)(thing)


@pytest.fixture
def pump(make_thing: Any) -> Thing:
    thing: Thing = make_thing(
        name="Pump-12",
        imsi="204080123456789",
        imei="490154203237518",
        tags=("Depot-7", "nl"),
        things_group_id="g1",
        ip=IpLease("10.0.4.17", allocation="LOCKED"),
        allowed_services=("DATA",),
        session=SessionSummary("OFFLINE", NOW, NOW),
        last_seen_at=NOW - timedelta(hours=3),
        imei_changed_at=NOW - timedelta(hours=10),
        usage_cycle=CycleUsage(data_bytes=60_000_000, sms_mt=8, sms_mo=3),
    )
    return thing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pump",
        "PUMP 0862",
        "zzz,12",
        "10.0.4",
        "depot",
        "!zzz",
        "state:active",
        "state:susp,act",
        "tag:depot-7",
        "!tag:depot",
        "group:DEPOT-7",
        "group:g1",
        "net:Factory",
        "net:n1",
        "profile:closed",
        "profile:p1",
        "name:ump",
        "ip:10.0.4.0/24",
        "ip:10.0.4.16/30",
        "ip:0.0.0.0/0",
        "ip:10.0.4.17",
        "ip:10.",
        "iccid:8931",
        "imei:49015420",
        "imsi:20408",
        "id:t1",
        "online:no",
        "session:off",
        "service:data",
        "!service:sms,none",
        "locked:yes",
        "pending:no",
        "faulty:yes",
        "seen>2h",
        "!seen<2h",
        "data>50MB",
        "data<60.1MB",
        "sms>10",
        "imei-changed<24h",
        "!imei-changed<1h",
    ],
)
def test_the_pump_passes(text: str, pump: Thing, context: FleetContext) -> None:
    assert passes(text, pump, context)
    if text:
        term = parse(text).terms[0]
        if len(parse(text).terms) == 1:
            opposite = text[1:] if term.negated else f"!{text}"
            assert not passes(opposite, pump, context)


@pytest.mark.parametrize(
    "text",
    [
        "pump valve",
        "12nl",
        "state:susp",
        "tag:depot",
        "group:g2",
        "group:nowhere",
        "net:field",
        "profile:open",
        "ip:10.0.5.0/24",
        "ip:10.0.4.1",
        "iccid:0862",
        "id:T1",
        "online:yes",
        "online:unknown",
        "service:sms",
        "seen>4h",
        "seen<1h",
        "sms>11",
        "imei-changed>24h",
    ],
)
def test_the_pump_does_not_pass(text: str, pump: Thing, context: FleetContext) -> None:
    assert not passes(text, pump, context)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("online:unknown", True),
        ("session:unknown", True),
        ("online:no", False),
        ("seen>1000d", True),
        ("seen<1000d", False),
        ("data>0B", False),
        ("data<1GB", False),
        ("sms>0", False),
        ("imei-changed>1h", False),
        ("imei-changed<1h", False),
        ("service:none", False),
        ("service:data", False),
        ("locked:no", True),
        ("ip:0.0.0.0/0", False),
        ("group:g1", False),
    ],
)
def test_unknown_is_never_zero_but_never_seen_is_silent(
    text: str, expected: bool, make_thing: Any, context: FleetContext
) -> None:
    assert passes(text, make_thing(), context) is expected


def test_values_that_the_server_adds_are_no_trouble(make_thing: Any, context: FleetContext) -> None:
    thing = make_thing(
        state="QUARANTINED", session=SessionSummary("DORMANT"), ip=IpLease("not an address")
    )
    assert not passes("state:active", thing, context)
    assert passes("!state:active", thing, context)
    assert passes("online:unknown", thing, context)
    assert not passes("ip:10.0.0.0/8", thing, context)


def test_all_blocked_is_a_service_of_its_own(make_thing: Any, context: FleetContext) -> None:
    assert passes("service:none", make_thing(allowed_services=()), context)
    assert passes("service:sms,none", make_thing(allowed_services=("SMS",)), context)


def test_a_word_does_not_match_across_two_values(make_thing: Any, context: FleetContext) -> None:
    thing = make_thing(name="ab", tags=("cd", "ef"))
    assert not passes("cdef", thing, context)
    assert not passes('"cd ef"', thing, context)


def test_only_words_need_no_facts(context: FleetContext) -> None:
    assert compile_facts(parse("pump !valve"), context) is None
    assert compile_facts(parse("pump state:active"), context) is not None


STATES = ("ACTIVE", "SUSPENDED", "PROVISIONED", "ODD")
SESSIONS = (None, "ONLINE", "ATTACHED", "OFFLINE", "BLOCKED", "UNKNOWN")
THINGS = st.builds(
    Thing,
    thing_id=st.sampled_from(["t1", "t2"]),
    iccid=st.sampled_from(["8931086200000000019", "8931086200000000027"]),
    state=st.sampled_from(STATES),
    name=st.sampled_from(["", "Pump", "valve-2"]),
    tags=st.lists(st.sampled_from(["Depot", "nl"]), unique=True).map(tuple),
    things_group_id=st.sampled_from([None, "g1", "g2"]),
    ip=st.none() | st.builds(IpLease, st.sampled_from([None, "10.0.4.17", "10.1.0.1"])),
    session=st.sampled_from(SESSIONS).map(lambda state: SessionSummary(state) if state else None),
    last_seen_at=st.none() | st.integers(-60, 600).map(lambda m: NOW - timedelta(minutes=m)),
    usage_cycle=st.none() | st.builds(CycleUsage, data_bytes=st.none() | st.integers(0, 3000)),
)
TERMS = st.one_of(
    st.builds(
        TextTerm,
        st.lists(st.sampled_from(["pump", "-2", "0.4", "019", "nl"]), min_size=1, max_size=2).map(
            tuple
        ),
        st.booleans(),
    ),
    st.sampled_from(
        [
            FieldTerm("state", ("active", "suspended")),
            FieldTerm("state", ("provisioned",), negated=True),
            FieldTerm("tag", ("DEPOT",)),
            FieldTerm("group", ("one", "g2")),
            FieldTerm("online", ("no",)),
            FieldTerm("ip", ("10.0.0.0/15", "10.9.")),
            FieldTerm("ip", ("10.1.0.1",), negated=True),
        ]
    ),
    st.builds(CompareTerm, st.just("seen"), st.sampled_from("<>"), st.integers(0, 20_000)),
    st.builds(
        CompareTerm, st.just("data"), st.sampled_from("<>"), st.integers(0, 3000), st.booleans()
    ),
)


def _naive_value(term: FieldTerm, thing: Thing) -> bool:
    """The same questions, asked as directly as can be."""
    session = thing.session.state if thing.session else "UNKNOWN"
    address = thing.ip.address if thing.ip else None
    for value in term.values:
        if term.field == "state" and thing.state.lower() == value:
            return True
        if term.field == "tag" and value.lower() in [tag.lower() for tag in thing.tags]:
            return True
        if term.field == "group" and thing.things_group_id == {"one": "g1"}.get(value, value):
            return True
        if term.field == "online" and session in ("OFFLINE", "ATTACHED", "BLOCKED"):
            return True
        if term.field == "ip" and address is not None:
            if "/" in value:
                if ipaddress.ip_address(address) in ipaddress.ip_network(value):
                    return True
            elif address == value or (value.endswith(".") and address.startswith(value)):
                return True
    return False


def _naive(term: TextTerm | FieldTerm | CompareTerm, thing: Thing) -> bool:
    if isinstance(term, TextTerm):
        address = thing.ip.address if thing.ip else None
        texts = [thing.name, thing.iccid, address or "", *thing.tags]
        found = any(word in text.lower() for word in term.words for text in texts)
    elif isinstance(term, FieldTerm):
        found = _naive_value(term, thing)
    elif term.field == "seen":
        silent = (
            float("inf")
            if thing.last_seen_at is None
            else (NOW - thing.last_seen_at).total_seconds()
        )
        found = silent > term.amount if term.operator == ">" else silent < term.amount
    else:
        data = thing.usage_cycle.data_bytes if thing.usage_cycle else None
        found = data is not None and (
            data > term.amount if term.operator == ">" else data < term.amount
        )
    return found is not term.negated


@given(st.lists(TERMS, max_size=4), THINGS)
def test_a_filter_is_what_its_terms_say(terms: list[Any], thing: Thing) -> None:
    context = FleetContext(NOW, {"g1": ThingsGroup("g1", "One"), "g2": ThingsGroup("g2", "Two")})
    query = Filter(tuple(terms))
    expected = all(_naive(term, thing) for term in terms)
    assert compile_filter(query, context)(thing) is expected


@given(st.lists(TERMS, max_size=3), st.lists(TERMS, max_size=3), THINGS)
def test_narrowing_is_never_claimed_wrongly(new: list[Any], old: list[Any], thing: Thing) -> None:
    context = FleetContext(NOW, {"g1": ThingsGroup("g1", "One")})
    newer, older = Filter(tuple(new)), Filter(tuple(old))
    if newer.narrows(older) and compile_filter(newer, context)(thing):
        assert compile_filter(older, context)(thing)


@pytest.fixture
def located(make_thing: Any) -> Thing:
    thing: Thing = make_thing(
        things_group_id="g1",
        ip=IpLease("10.0.4.17", "pool-9"),
        last_location=Location(NOW, "206", "01", tac="7"),
    )
    return thing


@pytest.mark.parametrize(
    "text",
    [
        "pool:pool-9",
        "pool:10.0.0.0/16",
        "operator:proximus",
        "operator:20601",
        "operator:206-01",
        "country:be",
        "country:206,204",
        "radio:lte",
        "!radio:gsm-umts",
        "!country:nl",
        "!operator:2060",
    ],
)
def test_where_a_thing_was_last_seen(text: str, located: Thing, context: FleetContext) -> None:
    network = replace(context.networks["n1"], ip_pools=(IpPool("pool-9", "10.0.0.0/16"),))
    known = replace(context, networks={**context.networks, "n1": network})
    assert passes(text, located, known)


def test_a_thing_without_an_address_is_of_the_only_pool_of_its_network(
    located: Thing, context: FleetContext
) -> None:
    pools = (IpPool("p1", "10.0.0.0/16"), IpPool("p2", "10.1.0.0/16"))
    homeless = replace(located, ip=None)
    for count, expected in ((1, True), (2, False)):
        network = replace(context.networks["n1"], ip_pools=pools[:count])
        known = replace(context, networks={"n1": network})
        assert passes("pool:10.0.0.0/16", homeless, known) is expected


@pytest.mark.parametrize("text", ["operator:kpn", "country:nl", "radio:lte", "pool:p1"])
def test_what_is_not_known_passes_no_such_filter(
    text: str, make_thing: Any, context: FleetContext
) -> None:
    assert not passes(text, make_thing(), context)
