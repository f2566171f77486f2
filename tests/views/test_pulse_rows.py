"""The rows of the Pulse: numbers, levels, sentences, and where they lead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import CapabilityAbsent, Forbidden, ServerFault, Unreachable
from simtui.models import (
    BillingCycle,
    BillingLine,
    BillingReport,
    IpPool,
    Job,
    Network,
    Sms,
    ThingsGroup,
    Tunnel,
)
from simtui.models.journal import Intent, JournalEntry, Outcome, Result
from simtui.models.tunnel import TunnelStatus
from simtui.views.fleet_context import FleetContext
from simtui.views.network.fill import Fill
from simtui.views.pulse.fleet_facts import Burst, FleetFacts
from simtui.views.pulse.habits import Habits
from simtui.views.pulse.judge import judge
from simtui.views.pulse.pools import full_in
from simtui.views.pulse.row import LEVELS, Level, PulseRow
from simtui.views.pulse.seen import Bills, PoolSeen, Seen, Told
from simtui.views.pulse.spend import spend_of
from simtui.views.pulse.table import counts_text, head_line, pulse_columns, pulse_row, red_text
from simtui.views.pulse.table import remark as remark_of
from simtui.views.text import cell_width

NOW = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NETWORK = Network("n1", "depots", ip_pools=(IpPool("p1", "10.0.0.0/24", size=253, leased=25),))
CONTEXT = FleetContext(NOW, {"g1": ThingsGroup("g1", "depot-7")}, {"n1": NETWORK})


@dataclass(frozen=True)
class Quota:
    used: int | None
    limit: int | None
    reset_at: datetime | None = None

    @property
    def share(self) -> float | None:
        return self.used / self.limit if self.used is not None and self.limit else None


def facts(**fields: object) -> FleetFacts:
    usual = {
        "active": 100,
        "sessions": {"ONLINE": 80, "OFFLINE": 20},
        "known_at": {"ONLINE": NOW - timedelta(minutes=2)},
        "judged": 100,
    }
    return FleetFacts(Habits(NOW), **(usual | fields))


def seen(**fields: object) -> Seen:
    usual = {"fleet_as_of": NOW, "facts": facts(), "networks_as_of": NOW}
    return Seen(CONTEXT, **(usual | fields))


def row(key: str, **fields: object) -> PulseRow:
    return next(one for one in judge(seen(**fields)) if one.key == key)


def keys(**fields: object) -> set[str]:
    return {one.key for one in judge(seen(**fields))}


# Sessions


@pytest.mark.parametrize(("offline", "level"), [(0, Level.OK), (49, Level.OK), (50, Level.RED)])
def test_offline_is_red_from_its_share_on(offline: int, level: Level) -> None:
    sessions = {"ONLINE": 100 - offline, "OFFLINE": offline}
    found = row("offline", facts=facts(sessions=sessions))
    assert found.level == level
    assert found.number == f"{offline} · {offline} %"
    assert found.lead.text == "state:active session:offline"


def test_blocked_wants_a_look_and_what_nobody_knows_is_unknown() -> None:
    told = facts(sessions={"BLOCKED": 1, "UNKNOWN": 2, "NEW_STATE": 3})
    assert row("blocked", facts=told).level == Level.YELLOW
    assert row("unknown", facts=told).level == Level.UNKNOWN
    assert row("others", facts=told).number == "3"
    assert "attached" not in keys(facts=told)


def test_an_api_that_tells_no_session_has_one_row_of_them() -> None:
    told = facts(sessions={"UNKNOWN": 100}, known_at={})
    assert not {"online", "offline", "blocked"} & keys(facts=told)
    assert row("unknown", facts=told).number == "100 · 100 %"


def test_the_age_is_that_of_the_platforms_knowledge() -> None:
    assert row("online").as_of == NOW - timedelta(minutes=2)
    assert row("offline").as_of == NOW


# Silence


def test_silent_together_is_red_and_told_as_what_it_is() -> None:
    burst = Burst("g1", 41, NOW - 3 * HOUR - timedelta(minutes=12), NOW - 3 * HOUR)
    found = row("silent", facts=facts(heard=(NOW - 3 * HOUR,) * 2, burst=burst, judged=1000))
    assert found.level == Level.RED
    assert found.told.startswith("41 Things of group depot-7 went silent within 12 minutes, 3h ago")
    assert judge(seen(facts=facts(heard=(NOW,), burst=burst)))[0].key == "silent"


@pytest.mark.parametrize(
    ("count", "level"), [(0, Level.OK), (1, Level.YELLOW), (4, Level.YELLOW), (5, Level.RED)]
)
def test_silent_is_yellow_and_by_its_share_red(count: int, level: Level) -> None:
    few = Burst("g1", min(count, 4), NOW - HOUR, NOW - HOUR) if count else None
    found = row("silent", facts=facts(heard=(NOW - 3 * HOUR,) * count, burst=few))
    assert (found.level, found.number) == (level, str(count))
    assert found.lead.text == "silent:yes"
    assert "went silent within" not in found.told


@pytest.mark.parametrize(
    "fields",
    [
        {"fleet_as_of": NOW - 2 * HOUR},
        {"fleet_error": Unreachable("Nobody answers")},
    ],
)
def test_a_fleet_that_is_old_as_a_whole_is_not_silent_but_unknown(fields: dict) -> None:
    found = row("silent", facts=facts(heard=(NOW,) * 90), **fields)
    assert (found.level, found.number) == (Level.UNKNOWN, "–")
    assert row("offline", **fields).level == Level.UNKNOWN
    assert row("imei", **fields).level == Level.UNKNOWN


def test_before_the_fleet_is_there_nothing_is_said_of_it() -> None:
    rows = {one.key: one for one in judge(Seen(CONTEXT))}
    assert rows["online"].level == Level.UNKNOWN
    assert not {"silent", "imei", "offline"} & rows.keys()


def test_devices_that_changed_are_yellow_and_against_a_lock_red() -> None:
    changed = facts(devices_changed=(NOW - HOUR,))
    assert row("imei", facts=changed).level == Level.YELLOW
    assert row("imei", facts=changed).lead.text == "imei-changed<24h"
    breached = replace(changed, locks_breached=1)
    assert row("imei", facts=breached).level == Level.RED
    assert row("imei", facts=breached, fleet_as_of=NOW - 9 * HOUR).level == Level.RED


# Pools


def pool_context(*leased: int) -> FleetContext:
    pools = tuple(
        IpPool(f"p{n}", f"10.0.{n}.0/24", size=100, leased=x) for n, x in enumerate(leased)
    )
    return FleetContext(NOW, {}, {"n1": replace(NETWORK, ip_pools=pools)})


@pytest.mark.parametrize(
    ("leased", "level"), [(10, Level.OK), (74, Level.OK), (75, Level.YELLOW), (95, Level.RED)]
)
def test_a_pool_by_its_fill(leased: int, level: Level) -> None:
    rows = judge(Seen(pool_context(leased, 1), networks_as_of=NOW))
    found = [one for one in rows if one.key.startswith("pool ")]
    assert [(one.number, one.level) for one in found] == [(f"{leased} %", level)]
    assert (found[0].lead.kind, found[0].lead.text) == ("leases", "p0")
    assert "when it will be full is not known" in found[0].told


def test_a_pool_that_will_be_full_soon_is_yellow_and_tight_as_well_red() -> None:
    growing = {"p0": PoolSeen(growth=(10.0, 3600.0))}
    loose = judge(Seen(pool_context(60), pools=growing))
    tight = judge(Seen(pool_context(80), pools=growing))
    (found,) = [one for one in loose if one.key == "pool p0"]
    assert (found.number, found.level) == ("60 % · 4h", Level.YELLOW)
    assert "full in 4h at this rate (an estimate: 10 addresses more in 1h)" in found.told
    assert next(one for one in tight if one.key == "pool p0").level == Level.RED


@given(st.integers(0, 500), st.integers(0, 500), st.floats(-50, 500), st.floats(1, 1e6))
def test_time_to_exhaustion_is_never_negative_and_only_of_growth(
    free: int, used: int, more: float, seconds: float
) -> None:
    ends = full_in(Fill(free + used, 0, used), PoolSeen(growth=(more, seconds)))
    assert (ends is None) == (more < 3)
    assert ends is None or ends >= timedelta()
    assert ends is None or free or ends == timedelta()


# Tunnels


def tunnel(name: str, state: str, **fields: object) -> Tunnel:
    status = TunnelStatus(state, NOW - HOUR, last_error=fields.pop("error", None))
    return Tunnel(name, name, status=status, **fields)


def test_tunnels_that_are_down_are_red_with_since_when_and_why() -> None:
    tunnels = (tunnel("hq", "DOWN", error="DPD_TIMEOUT"), tunnel("dc", "UP"))
    found = row("tunnels n1", tunnels={"n1": Told(tunnels, NOW)})
    assert (found.number, found.level) == ("1/2 down", Level.RED)
    assert found.told == "Tunnel hq is down for 1h (peer lost)."
    assert found.lead.kind == "tunnels"


def test_tunnels_that_flap_are_red_and_those_switched_off_are_not() -> None:
    tunnels = (tunnel("hq", "UP"), tunnel("old", "DOWN", enabled=False))
    told = {"n1": Told(tunnels, NOW)}
    assert row("tunnels", tunnels=told).number == "1/2 up"
    found = row("tunnels n1", tunnels=told, flaps={"hq": 6.4})
    assert (found.number, found.level) == ("1 flapping", Level.RED)
    assert "hq flaps: 6 changes of state in 6h" in found.told
    assert row("tunnels", tunnels=told, flaps={"hq": 3.0}).level == Level.OK


def test_tunnels_that_this_api_or_our_level_does_not_have_are_no_row() -> None:
    for error in (CapabilityAbsent("no"), Forbidden("no")):
        assert not [key for key in keys(tunnels={"n1": Told(error=error)}) if "tunnel" in key]
    broken = row("tunnels", tunnels={"n1": Told(error=ServerFault("It broke"))})
    assert (broken.level, broken.number) == (Level.UNKNOWN, "–")
    assert "It broke" in broken.told
    assert "being read" in row("tunnels").told


# Messages, jobs, quota, journal


def sms(status: str, hours: float) -> Sms:
    return Sms("s", "x", status=status, submitted_at=NOW - hours * HOUR)


def test_where_no_network_is_for_us_there_is_no_row_of_tunnels() -> None:
    assert not [key for key in keys(tunnels=None) if "tunnel" in key]


def test_messages_that_did_not_arrive_lately() -> None:
    told = Told((sms("FAILED", 1), sms("EXPIRED", 30), sms("SENT", 1)), NOW)
    assert (row("sms", sms=told).number, row("sms", sms=told).level) == ("1", Level.YELLOW)
    assert "1 under way" in row("sms", sms=told).told
    assert row("sms", sms=Told((sms("FAILED", 1),) * 10, NOW)).level == Level.RED
    assert row("sms", sms=Told((), NOW)).level == Level.OK
    assert row("sms").level == Level.UNKNOWN
    assert "sms" not in keys(sms=Told(error=Forbidden("no")))


def test_jobs_that_run_and_those_that_ended_badly() -> None:
    jobs = (
        Job("1", "SUSPEND", "RUNNING", created_at=NOW),
        Job("2", "SUSPEND", "COMPLETED_WITH_ERRORS", finished_at=NOW - HOUR),
        Job("3", "SUSPEND", "FAILED", finished_at=NOW - 40 * HOUR),
    )
    found = row("jobs", jobs=Told(jobs, NOW))
    assert (found.number, found.level) == ("1 · 1 ✗", Level.YELLOW)
    assert row("jobs", jobs=Told((), NOW)).level == Level.OK


@pytest.mark.parametrize(
    ("used", "level"),
    [(0, Level.OK), (799, Level.OK), (800, Level.YELLOW), (950, Level.RED), (1200, Level.RED)],
)
def test_the_quota(used: int, level: Level) -> None:
    found = row("quota", quota=Quota(used, 1000, NOW + HOUR))
    assert found.level == level
    assert ("until 04:12Z" in found.told) == (level != Level.OK)
    assert "quota" not in keys(quota=Quota(None, None))


def entry(minutes: float, *outcomes: str) -> JournalEntry:
    at = NOW - timedelta(minutes=minutes)
    told = Intent("e", at, "me", 1, "p", "x", "suspend", {}, "Suspend", "", (), "r", "o")
    return JournalEntry(told, tuple(Result("e", at, outcome) for outcome in outcomes))


def test_writes_without_an_outcome_are_red_once_there_was_time_to_hear_of_it() -> None:
    assert row("outcomes", journal=(entry(5),)).level == Level.RED
    assert row("outcomes", journal=(entry(5),)).lead.text == "unknown"
    assert row("outcomes", journal=(entry(0.5),)).level == Level.OK
    assert row("outcomes", journal=(entry(5, Outcome.CONFIRMED),)).level == Level.OK


def test_changes_since_the_last_visit_are_only_told_after_one() -> None:
    assert "changes" not in keys(changes=3)
    assert row("changes", changes=3, last_visit=NOW - HOUR).number == "3"


# Spend


def report(cycle_id: str, month: int, amounts: dict[int, str], status: str) -> BillingReport:
    cycle = BillingCycle(
        cycle_id,
        datetime(2026, month, 1, tzinfo=UTC),
        datetime(2026, month + 1, 1, tzinfo=UTC),
        "UTC",
        status,
    )
    lines = tuple(
        BillingLine("DATA", amount, date=f"{cycle_id}-{day:02}") for day, amount in amounts.items()
    )
    return BillingReport("ACCOUNT", "EUR", cycle, lines=lines, generated_at=NOW)


def bills(now: dict[int, str], before: dict[int, str]) -> Bills:
    return Bills(
        Told(report("2026-11", 11, now, "OPEN"), NOW),
        Told(report("2026-10", 10, before, "CLOSED"), NOW),
    )


def test_only_days_that_are_over_are_compared_and_exactly() -> None:
    told = bills({1: "0.10", 21: "0.20", 22: "999.00"}, {1: "0.10", 21: "0.15", 22: "777"})
    spend = spend_of(told.now.value, told.before.value, NOW)
    assert (spend.days, spend.now, spend.before) == (21, Decimal("0.30"), Decimal("0.25"))
    found = row("spend", bills=told)
    assert (found.number, found.level) == ("+20 %", Level.YELLOW)
    assert "EUR 0.30 in the first 21 days of this cycle, EUR 0.25 in the same days" in found.told


@pytest.mark.parametrize(
    ("amount", "level"),
    [("50", Level.OK), ("119.99", Level.OK), ("120", Level.YELLOW), ("150", Level.RED)],
)
def test_spend_by_its_thresholds(amount: str, level: Level) -> None:
    assert row("spend", bills=bills({1: amount}, {1: "100"})).level == level


def test_without_a_last_cycle_or_permission_nothing_is_compared() -> None:
    alone = Bills(Told(report("2026-11", 11, {1: "5"}, "OPEN"), NOW), Told(error=Forbidden("x")))
    assert row("spend", bills=alone).number == "–"
    assert row("spend", bills=bills({1: "5"}, {})).number == "–"
    first = Bills(Told(report("2026-11", 11, {1: "5"}, "OPEN"), NOW), is_first=True)
    assert row("spend", bills=first).level == Level.OK
    assert "spend" not in keys()
    assert "spend" not in keys(bills=Bills(Told(error=Forbidden("x"))))
    assert row("spend", bills=Bills()).level == Level.UNKNOWN


money = st.decimals(0, 10_000, places=2).map(str)


@given(st.dictionaries(st.integers(1, 28), money), st.dictionaries(st.integers(1, 28), money))
def test_todays_and_later_days_never_count(now: dict[int, str], before: dict[int, str]) -> None:
    told = bills(now, before)
    spend = spend_of(told.now.value, told.before.value, NOW)
    assert spend.now == sum((Decimal(now[day]) for day in now if day < 22), Decimal(0))
    assert spend.before == sum((Decimal(before[day]) for day in before if day < 22), Decimal(0))


# All of it


def test_the_worst_comes_first_and_the_head_says_it() -> None:
    rows = judge(seen(journal=(entry(5),), facts=facts(sessions={"BLOCKED": 1})))
    assert [one.level for one in rows] == sorted(one.level for one in rows)
    assert rows[0].key == "outcomes"
    assert "✗ 1 write has an unknown outcome" in head_line(rows, 80)[0].text
    assert counts_text(rows).startswith("1 red · 1 yellow")
    assert red_text(rows).startswith("✗ 1 red, see 1: 1 write has")
    assert red_text(rows[1:]) == ""


def test_when_nothing_is_wrong_the_head_says_what_is_not_known() -> None:
    assert "Nothing is red or yellow, but" in head_line(judge(seen()), 80)[0].text
    assert "Nothing is known yet" in head_line((), 80)[0].text


@pytest.mark.parametrize("width", [40, 69, 80, 109, 110, 200])
def test_every_row_has_a_cell_a_column_and_a_level_in_words(width: int) -> None:
    columns = pulse_columns(width)
    for one in judge(seen(journal=(entry(5),))):
        cells = pulse_row(one, columns, NOW)
        assert len(cells) == len(columns)
        assert cells[0] == LEVELS[one.level]
        assert len(cells[0].text.split()) == 2


def test_hostile_names_reach_no_cell() -> None:
    evil = "a\x1b]52;c;x\x07\u202eb"
    context = FleetContext(
        NOW,
        {"g1": ThingsGroup("g1", evil)},
        {"n1": Network("n1", evil, ip_pools=(IpPool("p", evil, size=10, leased=10),))},
    )
    burst = Burst("g1", 9, NOW - HOUR, NOW - HOUR)
    told = Seen(
        context,
        fleet_as_of=NOW,
        facts=facts(heard=(NOW,), burst=burst),
        tunnels={"n1": Told((tunnel(evil, "DOWN", error=evil),), NOW)},
        sms=Told(error=ServerFault(evil)),
    )
    rows = judge(told)
    texts = [cell.text for one in rows for cell in pulse_row(one, pulse_columns(120), NOW)]
    texts += [remark_of(one).text for one in rows] + [head_line(rows, 200)[0].text, red_text(rows)]
    assert not [text for text in texts if "\x1b" in text or "\x07" in text or "\u202e" in text]
    assert cell_width(head_line(rows, 30)[0].text) == 30
