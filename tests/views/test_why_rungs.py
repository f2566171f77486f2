"""Each check of the ladder by itself: what it takes to pass, to fail, and not to know."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simtui.errors import CapabilityAbsent, NoneOfThisOne, ServerFault
from simtui.models import (
    Apn,
    DataQuota,
    ImeiLock,
    IpLease,
    IpPool,
    IpProfile,
    Location,
    Network,
    Route,
    Routes,
    RouteTarget,
    Rule,
    Session,
    SessionSummary,
    StateHistoryEntry,
    Thing,
    Tunnel,
    TunnelStatus,
)
from simtui.models.action import ResetConnection, SetImeiLock, SetServices, SetState
from simtui.models.config_change import Kind, Ref
from simtui.store.entry import Entry
from simtui.views.why.address import judge_address
from simtui.views.why.coverage import judge_coverage
from simtui.views.why.device import judge_device
from simtui.views.why.evidence import Evidence, Fact, fact_of
from simtui.views.why.lifecycle import judge_lifecycle
from simtui.views.why.offline import judge_offline
from simtui.views.why.path import judge_path
from simtui.views.why.rung import RungName
from simtui.views.why.services import judge_services
from simtui.views.why.sessions import judge_sessions

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def known(value: Any) -> Fact[Any]:
    return Fact(value, NOW, "")


def evidence(
    state: str = "OFFLINE", since: datetime | None = None, as_of: datetime = NOW, **thing: Any
) -> Evidence:
    """An ACTIVE Thing with a session like this."""
    own: dict[str, Any] = {
        "state": "ACTIVE",
        "session": SessionSummary(state, since or ago(hours=6), as_of),
        "last_seen_at": since or ago(hours=6),
        "allowed_services": ("DATA", "SMS"),
    }
    return Evidence(NOW, thing=known(Thing("t1", "89", **own | thing)))


def ended(hours_ago: float, length: float = 0.1, reason: str = "NORMAL", **fields: Any) -> Session:
    end = ago(hours=hours_ago)
    begun = end - timedelta(hours=length)
    return Session("OFFLINE", since=begun, ended_at=end, end_reason=reason, **fields)


# Is it offline


@pytest.mark.parametrize(
    ("state", "verdict", "words"),
    [
        ("ONLINE", "PASS", "No: online as of now"),
        ("OFFLINE", "FAIL", "Offline for 6h"),
        ("BLOCKED", "FAIL", "Blocked by a policy"),
        ("ATTACHED", "FAIL", "Attached without a data session"),
        ("UNKNOWN", "UNKNOWN", "UNKNOWN"),
        ("HIBERNATING", "UNKNOWN", "HIBERNATING"),
    ],
)
def test_a_fresh_fact(state: str, verdict: str, words: str) -> None:
    rung = judge_offline(evidence(state))
    assert (rung.verdict, rung.as_of) == (verdict, NOW)
    assert words in rung.found
    assert not rung.cause, "being offline is no reason for being offline"


@pytest.mark.parametrize("as_of", [ago(hours=2), None])
def test_a_fact_that_is_too_old_says_so(as_of: datetime | None) -> None:
    rung = judge_offline(evidence("ONLINE", as_of=as_of))
    assert rung.verdict == "UNKNOWN"
    assert "too old to rely on" in rung.found


def test_the_newer_of_two_facts_counts() -> None:
    old = replace(evidence("ONLINE", as_of=ago(hours=3)), session=known(Session("OFFLINE", NOW)))
    assert judge_offline(old).verdict == "FAIL"
    new = replace(evidence("ONLINE"), session=known(Session("OFFLINE", ago(hours=3))))
    assert judge_offline(new).verdict == "PASS"


@pytest.mark.parametrize(("hours", "verdict"), [(1.2, "PASS"), (3, "FAIL")])
def test_a_device_that_sleeps_is_not_offline_in_its_usual_pause(hours: float, verdict: str) -> None:
    """It reports once an hour."""
    sessions = tuple(ended(hours + number) for number in range(6))
    asleep = replace(evidence(since=ago(hours=hours)), sessions=known(sessions))
    rung = judge_offline(asleep)
    assert rung.verdict == verdict
    assert "54m" in " ".join(rung.evidence)
    suspended = replace(asleep, thing=known(replace(asleep.thing.value, state="SUSPENDED")))
    assert judge_offline(suspended).verdict == "FAIL", "no habit explains what was suspended"


def test_what_was_never_seen() -> None:
    fresh = Evidence(
        NOW,
        thing=known(Thing("t1", "89", "PROVISIONED")),
        session=Fact(missing="none", absent=True),
    )
    assert judge_offline(fresh).found == "It was never seen, and has no session"


# Lifecycle


def test_who_suspended_it_and_why() -> None:
    states = (StateHistoryEntry("SUSPENDED", ago(hours=3), "ACTIVE", "eva", "stolen"),)
    rung = judge_lifecycle(replace(suspended(), states=known(states)))
    assert rung.cause == "it was suspended 3h ago by eva: stolen"
    assert rung.remedy is not None
    assert rung.remedy.action == SetState("ACTIVE")


def suspended() -> Evidence:
    plain = evidence()
    thing = replace(plain.thing.value, state="SUSPENDED", state_changed_at=ago(days=1))
    return replace(plain, thing=known(thing))


def test_without_its_history_the_time_is_that_of_the_thing() -> None:
    assert judge_lifecycle(suspended()).cause == "it was suspended 1d ago"
    older = (StateHistoryEntry("ACTIVE", ago(days=9)),)
    assert judge_lifecycle(replace(suspended(), states=known(older))).cause.endswith("1d ago")


def test_retired_is_for_good() -> None:
    plain = evidence()
    retired = replace(plain, thing=known(replace(plain.thing.value, state="RETIRED")))
    rung = judge_lifecycle(retired)
    assert rung.verdict == "FAIL"
    assert rung.remedy is not None
    assert rung.remedy.action is None


def test_a_change_under_way_is_told() -> None:
    rung = judge_lifecycle(evidence(pending_state="SUSPENDED"))
    assert rung.verdict == "FAIL"
    assert "a change to suspended is under way" in rung.cause
    plain = evidence()
    odd = replace(plain, thing=known(replace(plain.thing.value, state="HIBERNATING")))
    assert judge_lifecycle(odd).verdict == "UNKNOWN"


# Services and limits


def test_without_data_it_cannot_be_online() -> None:
    plain = evidence(allowed_services=("SMS",))
    rung = judge_services(plain)
    assert rung.verdict == "FAIL"
    assert rung.remedy is not None
    assert rung.remedy.action == SetServices(("DATA", "SMS"))
    assert "none at all" in judge_services(evidence(allowed_services=())).found
    assert judge_services(evidence(allowed_services=None)).verdict == "UNKNOWN"


def quota(limit: int | None, used: int | None) -> Fact[DataQuota]:
    return known(DataQuota(limit, used, ago(days=-8), NOW))


@pytest.mark.parametrize(
    ("fact", "reason", "verdict"),
    [
        (quota(500, 500), "NORMAL", "FAIL"),
        (quota(500, 499), "NORMAL", "PASS"),
        (quota(None, 700), "NORMAL", "PASS"),
        (quota(900, 500), "QUOTA_EXHAUSTED", "PASS"),
        (quota(500, None), "NORMAL", "PASS"),
        (Fact(missing="not offered"), "QUOTA_EXHAUSTED", "FAIL"),
        (Fact(missing="not offered"), "NORMAL", "UNKNOWN"),
    ],
)
def test_the_data_limit(fact: Fact[DataQuota], reason: str, verdict: str) -> None:
    """One that was raised since is no limit any more; without it the last end tells."""
    rung = judge_services(replace(evidence(), quota=fact, sessions=known((ended(6, 1, reason),))))
    assert rung.verdict == verdict


def test_a_limit_stops_nobody_who_is_online() -> None:
    assert judge_services(evidence("ONLINE")).verdict == "PASS"


# The device


@pytest.mark.parametrize(
    ("lock", "verdict", "action"),
    [
        (ImeiLock(False, "1" * 15), "PASS", None),
        (ImeiLock(True, "2" * 15), "PASS", None),
        (ImeiLock(True, "1" * 15), "FAIL", SetImeiLock(True, imei="2" * 15)),
        (ImeiLock(True, tac="1" * 8), "FAIL", SetImeiLock(True, tac="2" * 8)),
        (ImeiLock(True), "UNKNOWN", None),
        (None, "UNKNOWN", None),
    ],
)
def test_the_imei_lock(lock: ImeiLock | None, verdict: str, action: SetImeiLock | None) -> None:
    rung = judge_device(evidence(imei="2" * 15, imei_lock=lock))
    assert rung.verdict == verdict
    assert (rung.remedy.action if rung.remedy else None) == action


def test_a_refusal_is_believed_where_the_lock_is_not_told() -> None:
    blocked = replace(
        evidence("BLOCKED"), session=known(Session("BLOCKED", NOW, end_reason="IMEI_LOCK_BREACHED"))
    )
    rung = judge_device(blocked)
    assert rung.verdict == "FAIL"
    assert rung.remedy is not None
    assert rung.remedy.action is None


# The last sessions


@pytest.mark.parametrize(
    ("reason", "verdict", "explains"),
    [
        ("NORMAL", "PASS", False),
        ("INACTIVITY_TIMER_EXPIRED", "PASS", False),
        ("APN_NOT_AUTHORIZED", "FAIL", True),
        ("BRAND_NEW_REASON", "FAIL", True),
        ("IP_POOL_EXHAUSTED", "FAIL", False),
        ("STATE_NOT_ACTIVE", "FAIL", False),
    ],
)
def test_why_the_last_one_ended(reason: str, verdict: str, explains: bool) -> None:
    network = Network("n1", "depots", apn=Apn("iot.programmable"))
    sessions = known((ended(6, 1, reason), ended(9, 1, "RAT_NOT_ALLOWED")))
    rung = judge_sessions(replace(evidence(), sessions=sessions, network=known(network)))
    assert (rung.verdict, bool(rung.cause)) == (verdict, explains)
    if reason == "APN_NOT_AUTHORIZED":
        assert rung.remedy is not None
        assert "iot.programmable" in rung.remedy.words


def test_a_radio_that_is_not_allowed_abroad_is_a_matter_of_coverage() -> None:
    abroad = replace(evidence(), sessions=known((ended(6, 1, "RAT_NOT_ALLOWED", mcc="262"),)))
    assert judge_sessions(abroad).elsewhere == RungName.COVERAGE


# The address


def with_pool(leased: int, **thing: Any) -> Evidence:
    pool = IpPool("p1", "10.0.0.0/24", size=253, leased=leased)
    network = Network("n1", "depots", ip_pools=(pool,))
    return replace(evidence(**thing), network=known(network))


def test_no_address_and_none_left() -> None:
    rung = judge_address(with_pool(253))
    assert rung.verdict == "FAIL"
    assert rung.remedy is not None
    assert rung.remedy.ref == Ref(Kind.POOL, "", "n1")
    assert judge_address(with_pool(252)).verdict == "PASS"
    assert judge_address(evidence()).verdict == "UNKNOWN"


def test_who_has_an_address_needs_no_free_one() -> None:
    kept = with_pool(253, ip=IpLease("10.0.0.7", "p1", "LOCKED"))
    assert judge_address(kept).found == "10.0.0.7, locked to it"


def test_a_pool_that_has_room_again_needs_another_try() -> None:
    attached = Session("ATTACHED", NOW, end_reason="IP_POOL_EXHAUSTED")
    rung = judge_address(replace(with_pool(200), session=known(attached)))
    assert rung.verdict == "FAIL"
    assert rung.remedy is not None
    assert rung.remedy.action == ResetConnection()


# The path


def allow(dst: str = "ANY", src: str = "ANY", hits: int | None = 7, **fields: Any) -> Rule:
    chain = "OUTBOUND" if src == "ANY" else "INBOUND"
    return Rule("r1", chain, "ALLOW", "TCP", 1, src, "ANY", dst, "502", hits=hits, **fields)


def drop(dst: str) -> Rule:
    return Rule("r0", "OUTBOUND", "DROP", "TCP", 1, dst_cidr=dst, hits=0)


def on_path(
    outbound: tuple[Rule, ...] = (),
    inbound: tuple[Rule, ...] = (),
    tunnel: str = "UP",
    down_since: datetime | None = None,
    online: bool = False,
) -> Evidence:
    network = Network("n1", "depots", ip_pools=(IpPool("p1", "10.0.0.0/24"),))
    status = TunnelStatus(tunnel, down_since or ago(minutes=5), as_of=NOW)
    tunnels = (
        Tunnel("tn1", "scada", local_cidrs=(), remote_cidrs=("10.200.0.0/24",), status=status),
    )
    routes = (
        Route("rt1", "0.0.0.0/0"),
        Route("rt2", "10.200.0.0/24", RouteTarget("IPSEC_TUNNEL", "tn1")),
    )
    state = "ONLINE" if online else "OFFLINE"
    return replace(
        evidence(state, ip=IpLease("10.0.0.7", "p1")),
        network=known(network),
        profile=known(IpProfile("ip1", "scada", inbound=inbound, outbound=outbound)),
        routes=known(Routes(routes)),
        tunnels=known(tunnels),
        nat_rules=known(()),
    )


def test_what_a_rule_with_hits_allows_has_to_get_through() -> None:
    rung = judge_path(on_path((allow("10.200.0.0/24"),)))
    assert rung.verdict == "PASS"
    assert "as modelled" in rung.found


def test_a_rule_before_it_that_drops_is_named() -> None:
    rung = judge_path(on_path((drop("10.200.0.0/16"), allow("10.200.0.0/24"))))
    assert rung.verdict == "FAIL"
    assert "rule 1 of IP profile scada says DROP" in rung.cause
    assert rung.remedy is not None
    assert rung.remedy.ref == Ref(Kind.CHAIN, "OUTBOUND", "ip1")


def test_one_host_that_is_left_out_on_purpose_is_no_trouble() -> None:
    rung = judge_path(on_path((drop("10.200.0.1/32"), allow("10.200.0.0/24"))))
    assert rung.verdict == "PASS"


def test_a_tunnel_that_is_down_is_named_both_ways() -> None:
    outward = judge_path(on_path((allow("10.200.0.0/24"),), tunnel="DOWN"))
    inward = judge_path(on_path(inbound=(allow(src="10.200.0.0/24"),), tunnel="DOWN"))
    for rung in (outward, inward):
        assert rung.verdict == "FAIL"
        assert "tunnel scada is DOWN" in rung.cause
        assert rung.remedy is not None
        assert rung.remedy.ref == Ref(Kind.TUNNEL, "tn1", "n1")


def test_a_tunnel_that_was_down_before_the_last_contact_explains_no_silence() -> None:
    long_down = on_path((allow("10.200.0.0/24"),), tunnel="DOWN", down_since=ago(days=3))
    rung = judge_path(long_down)
    assert (rung.verdict, rung.cause) == ("FAIL", "")
    assert "it was seen after that" in rung.found
    online = on_path((allow("10.200.0.0/24"),), tunnel="DOWN", down_since=ago(days=3), online=True)
    assert judge_path(online).cause, "online, it still does not get there"


@pytest.mark.parametrize("hits", [0, None])
def test_without_hits_nobody_knows_whether_the_group_goes_there(hits: int | None) -> None:
    rules = (allow("10.200.0.0/24", hits=hits),)
    assert judge_path(on_path(rules, tunnel="DOWN")).verdict == "UNKNOWN"


def test_without_any_rule_the_tunnels_are_all_there_is_to_go_by() -> None:
    assert judge_path(on_path()).verdict == "PASS"
    assert judge_path(on_path(tunnel="DOWN")).verdict == "FAIL"


@pytest.mark.parametrize("part", ["routes", "tunnels", "profile", "nat_rules", "network"])
def test_what_is_missing_on_the_way_leaves_it_open(part: str) -> None:
    full = on_path((allow("10.200.0.0/24"),))
    assert judge_path(replace(full, **{part: Fact(missing="it failed")})).verdict == "UNKNOWN"


def test_without_an_address_one_of_its_network_stands_in() -> None:
    full = on_path((allow("10.200.0.0/24"),))
    bare = replace(full, thing=known(replace(full.thing.value, ip=None)))
    rung = judge_path(bare)
    assert rung.verdict == "PASS"
    assert any("asked with 10.0.0.2" in line for line in rung.evidence)


# Coverage


@pytest.mark.parametrize(("mcc", "verdict"), [("204", "PASS"), ("262", "FAIL"), (None, "UNKNOWN")])
def test_where_it_was_last(mcc: str | None, verdict: str) -> None:
    rung = judge_coverage(evidence(last_location=Location(at=ago(hours=7), mcc=mcc)))
    assert rung.verdict == verdict
    if verdict != "UNKNOWN":
        assert rung.as_of == ago(hours=7)


# What an answer is worth


def test_an_answer_as_a_part_of_the_evidence() -> None:
    assert fact_of(Entry(3, NOW), waiting=False) == Fact(3, NOW, "")
    assert fact_of(Entry(), waiting=True).waiting
    absent = fact_of(Entry(error=CapabilityAbsent("Could not load it")), waiting=False)
    assert (absent.missing, absent.absent) == ("not offered by this API", False)
    none = fact_of(Entry(error=NoneOfThisOne("Could not load it", "It has none")), waiting=False)
    assert none.absent
    failed = fact_of(Entry(error=ServerFault("Could not load\x1b it")), waiting=False)
    assert failed.missing == "Could not load\\x1b it"
