"""The bill against the contract's rule, worked out anew from what the world has on record.

Nothing here uses the sandbox's own billing or the client's sums: who is charged follows from
the states that a Thing had (contract §4), what is charged from its counters, and a line is
round_half_up(quantity x unitPrice, 2) (contract §3.9).
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from simtui.models import BillingReport, ReportRequest
from simtui.models.billing import NET, GroupBy, Scope
from simtui.sandbox.agenda import Agenda
from simtui.sandbox.histories import state_history
from simtui.sandbox.lifecycle import change_state
from simtui.sandbox.records import ThingRecord
from simtui.views.billing.check import findings
from simtui.views.billing.rows import Bill
from tests.api.test_api_on_the_sandbox import Box

CLOSED, OPEN = "2026-11", "2026-12"
STARTS = {
    CLOSED: datetime(2026, 10, 31, 23, tzinfo=UTC),
    OPEN: datetime(2026, 11, 30, 23, tzinfo=UTC),
}
ENDS = {CLOSED: STARTS[OPEN], OPEN: datetime(2026, 12, 31, 23, tzinfo=UTC)}
"""Months of Amsterdam."""
SUMS = {"SUBSCRIPTION": "SUBSCRIPTION", "DATA": "DATA", "SMS_MT": "SMS", "SMS_MO": "SMS"}


@dataclass
class Used:
    """What one Thing used in a cycle, and whose it was then."""

    thing: ThingRecord
    group_id: str
    counts: dict[str, int]


@dataclass
class Expected:
    """What a bill comes to."""

    amounts: dict[str, Decimal] = field(default_factory=dict)

    @property
    def totals(self) -> dict[str, Decimal]:
        sums = dict.fromkeys(SUMS.values(), Decimal("0.00"))
        for kind, amount in self.amounts.items():
            sums[SUMS[kind]] += amount
        return {**sums, NET: sum(sums.values(), Decimal("0.00"))}


def used_now(things: Iterable[ThingRecord]) -> list[Used]:
    """What stands in the counters of the Things."""
    return [
        Used(
            one,
            one.group_id,
            {"DATA": one.data_bytes, "SMS_MT": one.sms_mt, "SMS_MO": one.sms_mo},
        )
        for one in things
    ]


def was_active(thing: ThingRecord, cycle: str) -> bool:
    """ACTIVE at any instant of [start, end) (contract §4)."""
    start, end = STARTS[cycle], ENDS[cycle]
    steps = state_history(thing)
    lefts = [step.at for step in steps[1:]] + [end]
    return any(
        step.to_state == "ACTIVE" and max(step.at, start) < min(left, end)
        for step, left in zip(steps, lefts, strict=True)
    )


def expected(used: Iterable[Used], cycle: str, prices: dict[str, Decimal]) -> Expected:
    charged = [one for one in used if was_active(one.thing, cycle)]
    quantities = {"SUBSCRIPTION": Decimal(len(charged))}
    for kind in ("DATA", "SMS_MT", "SMS_MO"):
        quantities[kind] = Decimal(sum(one.counts[kind] for one in charged))
    quantities["DATA"] /= 1_000_000
    return Expected(
        {
            kind: (quantity * prices[kind]).quantize(Decimal("0.01"), ROUND_HALF_UP)
            for kind, quantity in quantities.items()
            if quantity
        }
    )


class Months(Box):
    """An account that has seen a month end: what was used until then is on record here."""

    def __init__(self) -> None:
        super().__init__(fresh=False, things=320)
        self.used: dict[str, list[Used]] = {}
        dice = random.Random(11)
        world, now = self.world, self.world.catch_up()
        things = list(world.things.values())
        for thing in dice.sample(things, 60):  # lives that ended, began or paused in the month
            for state in dice.choice((("SUSPENDED",), ("SUSPENDED", "ACTIVE"), ("ACTIVE",))):
                if thing.state in ("ACTIVE", "SUSPENDED", "PROVISIONED") and (
                    thing.state != "PROVISIONED" or state == "ACTIVE"
                ):
                    now += timedelta(minutes=1)
                    change_state(world, thing, state, now, "test")
        just_before = STARTS[OPEN] - timedelta(milliseconds=1)
        world.agenda.at(just_before, lambda due: self.note(CLOSED))
        world.clock.advance((STARTS[OPEN] - world.clock.now()).total_seconds() + 3 * 86_400)
        now = world.catch_up()
        for thing in dice.sample(things, 60):
            thing.data_bytes += dice.randrange(10**8)
            thing.sms_mt += dice.randrange(5)
            thing.group_id = dice.choice(list(world.groups))  # the closed bill keeps the old one
        self.note(OPEN)
        world.agenda = Agenda()  # nothing more happens by itself

    def note(self, cycle: str) -> None:
        self.used[cycle] = used_now(self.world.things.values())

    async def bill(self, cycle: str, scope: str, scope_id: str = "", by: str = "") -> BillingReport:
        answer = await self.client.billing_report(ReportRequest(cycle, scope, scope_id, by))
        if isinstance(answer, BillingReport):
            return answer
        self.world.clock.advance(5)
        made = (await self.client.job(answer.job_id)).report
        assert made is not None
        return made


@pytest.fixture(scope="module")
def account() -> Months:
    return Months()


@pytest.fixture
async def months(account: Months) -> AsyncIterator[Months]:
    """The account, asked anew; nothing here changes it."""
    account.client = account.connect()
    yield account
    await account.client.close()


@pytest.fixture
async def prices(months: Months) -> dict[str, Decimal]:
    """The price list, as the bill of the account tells it."""
    report = await months.bill(CLOSED, Scope.ACCOUNT)
    return {line.kind: Decimal(line.unit_price) for line in report.lines}


def agrees(report: BillingReport, wanted: Expected) -> None:
    """Lines, totals and our own sums are those of the rule, to the last digit."""
    assert {line.kind: line.amount for line in report.lines} == {
        kind: str(amount) for kind, amount in wanted.amounts.items()
    }
    assert dict(report.totals) == {name: str(amount) for name, amount in wanted.totals.items()}
    bill = Bill(report, "lines")
    for _ in bill.work():
        continue
    assert bill.total == wanted.totals[NET]
    assert list(findings(bill, report)) == []


@pytest.mark.parametrize("cycle", [CLOSED, OPEN])
async def test_the_account(months: Months, prices: dict[str, Decimal], cycle: str) -> None:
    report = await months.bill(cycle, Scope.ACCOUNT)
    assert report.cycle is not None
    assert (report.cycle.start, report.cycle.end) == (STARTS[cycle], ENDS[cycle])
    assert report.cycle.status == ("OPEN" if cycle == OPEN else "CLOSED")
    wanted = expected(months.used[cycle], cycle, prices)
    assert wanted.totals["DATA"] > 0
    assert wanted.totals["SMS"] > 0
    agrees(report, wanted)
    charged = sum(was_active(one.thing, cycle) for one in months.used[cycle])
    assert (report.things_billable, report.things_free) == (charged, 320 - charged)
    assert sum(report.free_reasons.values()) == report.things_free


@pytest.mark.parametrize("cycle", [CLOSED, OPEN])
async def test_every_group(months: Months, prices: dict[str, Decimal], cycle: str) -> None:
    for group_id in months.world.groups:
        used = [one for one in months.used[cycle] if one.group_id == group_id]
        agrees(await months.bill(cycle, Scope.GROUP, group_id), expected(used, cycle, prices))


@pytest.mark.parametrize("cycle", [CLOSED, OPEN])
async def test_200_random_things(months: Months, prices: dict[str, Decimal], cycle: str) -> None:
    chosen = random.Random(5).sample(months.used[cycle], 200)
    assert any(not was_active(one.thing, cycle) for one in chosen)
    for one in chosen:
        agrees(
            await months.bill(cycle, Scope.THING, one.thing.thing_id),
            expected([one], cycle, prices),
        )


@pytest.mark.parametrize("cycle", [CLOSED, OPEN])
@pytest.mark.parametrize(
    ("by", "key"),
    [
        (GroupBy.GROUP, lambda one: one.group_id),
        (GroupBy.THING, lambda one: one.thing.thing_id),
    ],
)
async def test_rows_are_the_bills_of_what_they_are_about(
    months: Months,
    prices: dict[str, Decimal],
    cycle: str,
    by: str,
    key: Callable[[Used], str],
) -> None:
    """Also through the job that a report by Thing takes."""
    report = await months.bill(cycle, Scope.ACCOUNT, by=by)
    bill = Bill(report, "groups" if by == GroupBy.GROUP else "things")
    for _ in bill.work():
        continue
    apart: dict[str, list[Used]] = {}
    for one in months.used[cycle]:
        apart.setdefault(key(one), []).append(one)
    wanted = {name: expected(used, cycle, prices).totals[NET] for name, used in apart.items()}
    assert {name: row.total for name, row in bill.rows.items()} == {
        name: total for name, total in wanted.items() if total
    }
    assert str(bill.total) == report.totals[NET]
    assert list(findings(bill, report)) == []
