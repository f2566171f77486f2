from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from simtui.sandbox.call import Answer, Call, Refused
from simtui.sandbox.cycles import cycle_named
from simtui.sandbox.histories import state_history
from simtui.sandbox.lifecycle import change_state
from simtui.sandbox.operations.billing import get_report, list_cycles
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.world import World

Conforms = Callable[[Answer, str, str], Any]

PRICE = {"DATA": "0.0500", "SMS_MT": "0.0450", "SMS_MO": "0.0200", "SUBSCRIPTION": "0.9500"}


def ask(world: World, **query: Any) -> Answer:
    user = next(iter(world.users.values()))
    return get_report(world, Call(user, world.catch_up(), query={"scope": "ACCOUNT"} | query))


@pytest.fixture
def report(conforms: Conforms) -> Callable[..., dict[str, Any]]:
    def run(world: World, **query: Any) -> dict[str, Any]:
        answer = ask(world, **query)
        assert answer.status == 200
        body: dict[str, Any] = conforms(answer, "GET", "/billing/reports")
        return body

    return run


Report = Callable[..., dict[str, Any]]


def was_active(thing: ThingRecord, cycle_id: str) -> bool:
    """The rule of contract §4, worked out anew: hour by hour is enough for this fleet."""
    cycle = cycle_named(cycle_id, "Europe/Amsterdam")
    steps = state_history(thing)
    ends = [step.at for step in steps[1:]] + [cycle.end]
    return any(
        step.to_state == "ACTIVE" and step.at < cycle.end and end > cycle.start and step.at < end
        for step, end in zip(steps, ends, strict=True)
    )


def test_the_open_cycle_is_what_the_things_have_counted(settled: World, report: Report) -> None:
    body = report(settled, cycle="2026-11")
    charged = [one for one in settled.things.values() if was_active(one, "2026-11")]
    counts = {
        "DATA": Decimal(sum(one.data_bytes for one in charged)) / 1_000_000,
        "SMS_MT": Decimal(sum(one.sms_mt for one in charged)),
        "SMS_MO": Decimal(sum(one.sms_mo for one in charged)),
        "SUBSCRIPTION": Decimal(len(charged)),
    }
    assert {line["kind"]: Decimal(line["quantity"]) for line in body["lines"]} == counts
    amounts = {
        kind: (count * Decimal(PRICE[kind])).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for kind, count in counts.items()
    }
    assert {line["kind"]: Decimal(line["amount"]) for line in body["lines"]} == amounts
    assert Decimal(body["totals"]["net"]) == sum(amounts.values())
    assert Decimal(body["totals"]["SMS"]) == amounts["SMS_MT"] + amounts["SMS_MO"]
    assert body["estimated"] is True and body["cycle"]["status"] == "OPEN"
    assert body["thingsBillable"] == len(charged)


def test_free_things_have_reasons(settled: World, report: Report) -> None:
    body = report(settled, cycle="2026-11")
    free = [one for one in settled.things.values() if not was_active(one, "2026-11")]
    reasons = Counter(one.state for one in free)
    assert body["freeReasons"] == {
        "PROVISIONED": reasons["PROVISIONED"],
        "SUSPENDED_FULL_CYCLE": reasons["SUSPENDED"],
        "RETIRED": reasons["RETIRED"],
    }
    assert body["thingsFree"] == len(free)


@pytest.mark.parametrize("cycle", ["2026-11", "2026-10", "2025-12"])
@pytest.mark.parametrize("group_by", ["THINGS_GROUP", "DAY"])
def test_every_grouping_counts_the_same(
    settled: World, report: Report, cycle: str, group_by: str
) -> None:
    def sums(body: dict[str, Any]) -> dict[str, Decimal]:
        found: defaultdict[str, Decimal] = defaultdict(Decimal)
        for line in body["lines"]:
            found[line["kind"]] += Decimal(line["quantity"])
        return dict(found)

    whole = report(settled, cycle=cycle)
    parts = report(settled, cycle=cycle, groupBy=group_by)
    assert sums(parts) == sums(whole)
    assert len(parts["lines"]) > len(whole["lines"])
    assert Decimal(parts["totals"]["net"]) == sum(Decimal(ln["amount"]) for ln in parts["lines"])


def test_groups_add_up_to_the_account(settled: World, report: Report) -> None:
    groups = [
        report(settled, scope="THINGS_GROUP", id=group_id, cycle="2026-10")
        for group_id in settled.groups
    ]
    whole = report(settled, cycle="2026-10")
    assert sum(one["thingsBillable"] for one in groups) == whole["thingsBillable"]
    data = sum(Decimal(ln["quantity"]) for g in groups for ln in g["lines"] if ln["kind"] == "DATA")
    assert data == next(Decimal(ln["quantity"]) for ln in whole["lines"] if ln["kind"] == "DATA")


def test_one_thing_by_day(settled: World, report: Report) -> None:
    thing = max(settled.things.values(), key=lambda one: one.data_bytes)
    body = report(settled, scope="THING", id=thing.thing_id, cycle="2026-11", groupBy="DAY")
    data = [line for line in body["lines"] if line["kind"] == "DATA"]
    assert sum(Decimal(ln["quantity"]) for ln in data) == Decimal(thing.data_bytes) / 1_000_000
    assert [line["date"] for line in data] == sorted({line["date"] for line in data})
    assert data[-1]["date"] == "2026-11-22"
    subscriptions = [line for line in body["lines"] if line["kind"] == "SUBSCRIPTION"]
    assert [line["quantity"] for line in subscriptions] == ["1"]


def test_a_group_by_thing_names_both(settled: World, report: Report) -> None:
    group_id = Counter(t.group_id for t in settled.things.values()).most_common()[-1][0]
    body = report(settled, scope="THINGS_GROUP", id=group_id, cycle="2026-11", groupBy="THING")
    for line in body["lines"]:
        assert settled.things[line["thingId"]].group_id == line["thingsGroupId"] == group_id


def test_a_closed_cycle_never_changes(account: World, report: Report) -> None:
    before = report(account, cycle="2026-10", groupBy="THINGS_GROUP")
    assert before["estimated"] is False and before["cycle"]["status"] == "CLOSED"
    groups = list(account.groups)
    for number, thing in enumerate(account.things.values()):
        thing.group_id = groups[number % 3]
        thing.bytes_per_day *= 2
    account.clock.advance(86_400 * 3)
    assert report(account, cycle="2026-10", groupBy="THINGS_GROUP") == before


def test_two_worlds_agree_about_the_past(report: Report, account: World) -> None:
    from simtui.sandbox.clock import WorldClock
    from simtui.sandbox.fleet.build import build_world

    clock = WorldClock(account.clock.now(), rate=0)
    twin = build_world(things=150, seed=4, fresh=False, clock=clock)
    assert report(account, cycle="2026-09") == report(twin, cycle="2026-09")


def test_the_cycle_closes_with_what_was_counted(account: World, report: Report) -> None:
    account.clock.advance(
        (
            account.clock.now().replace(month=11, day=30)
            - account.clock.now()
            + timedelta(hours=18)
        ).total_seconds()
    )
    estimate = report(account, cycle="2026-11")
    account.clock.advance(86_400 * 2)
    final = report(account, cycle="2026-11")
    assert final["estimated"] is False
    assert final["generatedAt"] == final["cycle"]["end"] == "2026-11-30T23:00:00Z"
    assert 1 <= Decimal(final["totals"]["DATA"]) / Decimal(estimate["totals"]["DATA"]) < 1.05
    assert report(account, cycle="2026-12")["estimated"] is True


def test_a_thing_activated_now_is_charged_now(account: World, report: Report) -> None:
    thing = next(one for one in account.things.values() if one.state == "PROVISIONED")
    query = {"scope": "THING", "id": thing.thing_id, "cycle": "2026-11"}
    assert report(account, **query)["freeReasons"] == {"PROVISIONED": 1}
    change_state(account, thing, "ACTIVE", account.clock.now(), "anna@example.com")
    body = report(account, **query)
    assert body["thingsBillable"] == 1 and body["totals"]["SUBSCRIPTION"] == "0.95"


def test_a_large_report_is_a_job(settled: World, conforms: Conforms) -> None:
    answer = ask(settled, cycle="2026-10", groupBy="THING")
    body = conforms(answer, "GET", "/billing/reports")
    assert answer.status == 202 and body["type"] == "REPORT"
    settled.clock.advance(10)
    settled.catch_up()
    job = settled.jobs[body["jobId"]]
    assert job.status == "COMPLETED"
    charged = [line for line in job.document["lines"] if line["kind"] == "SUBSCRIPTION"]
    assert len(charged) == job.document["thingsBillable"] > 250


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"cycle": "2026-13"}, 400),
        ({"cycle": "november"}, 400),
        ({"cycle": "2026-12"}, 404),
        ({"cycle": "2001-01"}, 404),
        ({"cycle": "2026-11", "scope": "THING"}, 400),
        ({"cycle": "2026-11", "scope": "THINGS_GROUP", "id": ""}, 400),
        ({"cycle": "2026-11", "scope": "THINGS_GROUP", "id": "g_99"}, 404),
        ({"cycle": "2026-11", "scope": "THING", "id": "t_9999999"}, 404),
        ({"cycle": "2026-11", "id": "acc_2"}, 404),
    ],
)
def test_bad_requests(settled: World, query: dict[str, str], status: int) -> None:
    with pytest.raises(Refused) as refused:
        ask(settled, **query)
    assert refused.value.status == status


def test_the_account_may_be_named(settled: World, report: Report) -> None:
    assert report(settled, cycle="2026-10", id="acc_1") == report(settled, cycle="2026-10")


def test_cycles_are_listed_the_open_one_first(settled: World, conforms: Conforms) -> None:
    user = next(iter(settled.users.values()))
    call = Call(user, settled.clock.now(), query={"limit": 3})
    body = conforms(list_cycles(settled, call), "GET", "/billing/cycles")
    assert [(row["cycleId"], row["status"]) for row in body["items"]] == [
        ("2026-11", "OPEN"),
        ("2026-10", "CLOSED"),
        ("2026-09", "CLOSED"),
    ]
    assert body["total"] == 24


def test_a_fresh_account_has_one_cycle(world: World, call: Callable[..., Answer]) -> None:
    world.things.clear()
    assert [row["cycleId"] for row in call(list_cycles).body["items"]] == ["2026-11"]
