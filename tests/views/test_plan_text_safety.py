"""Names from outside reach no text of a plan with their control characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from simtui.models import (
    Account,
    BillingCycle,
    ImeiLock,
    IpLease,
    IpPool,
    IpProfile,
    NatRule,
    Network,
    SessionSummary,
    Thing,
    ThingsGroup,
)
from simtui.models.action import (
    Action,
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    RemoveTags,
    RenameTag,
    ResetConnection,
    SendSms,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.make import make_plan
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import Selection, select_filter, select_thing
from simtui.views.plan.three_way import three_ways
from simtui.views.text import UNSAFE

EVIL = "a\x1b]52;c;x\x07\u202eb\x9b2J"

CONTEXT = FleetContext(
    datetime(2026, 11, 22, tzinfo=UTC),
    groups={
        "g1": ThingsGroup("g1", EVIL, network_id="n1", ip_profile_id="p1"),
        "g2": ThingsGroup("g2", EVIL + "2", network_id="n2", ip_profile_id=EVIL),
    },
    networks={
        "n1": Network("n1", EVIL, ip_pools=(IpPool("p", EVIL),)),
        "n2": Network("n2", EVIL, ip_pools=(IpPool("q", EVIL),)),
    },
    ip_profiles={"p1": IpProfile("p1", EVIL)},
)
ACCOUNT = Account(
    "a",
    current_cycle=BillingCycle(
        EVIL, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    ),
)
THING = Thing(
    "t1",
    EVIL,
    "ACTIVE",
    name=EVIL,
    description=EVIL,
    things_group_id="g1",
    tags=(EVIL, "old"),
    allowed_services=(EVIL,),
    ip=IpLease(EVIL, "p"),
    imei=EVIL,
    imei_lock=ImeiLock(True, EVIL, EVIL),
    session=SessionSummary(EVIL),
)
OTHERS = (
    replace(THING, state=EVIL, pending_state=EVIL),
    replace(THING, pending_state=EVIL),
    replace(THING, ip=IpLease(EVIL, "p", "LOCKED")),
    replace(THING, name="", things_group_id=EVIL),
)
RULES = {"t1": [NatRule(EVIL, EVIL, EVIL, "t1", "80", name=EVIL)]}

ACTIONS: list[Action] = [
    *(SetState(state) for state in ("PROVISIONED", "ACTIVE", "SUSPENDED", "RETIRED")),
    Describe(name="x"),
    Describe(name="\u202ex", description="\u2066"),
    SetTags(("x",)),
    AddTags(("x",)),
    RemoveTags(("old",)),
    RenameTag("old", "new"),
    MoveToGroup("g2"),
    SetServices(("DATA",)),
    LockIp(),
    UnlockIp(),
    SetImeiLock(False),
    SetImeiLock(True, imei="490154203237518"),
    ResetConnection(),
    SendSms("a\u202eb"),
    SendSms("{name}\n{ip}", sender="OPS"),
]


def texts(plan: Plan) -> Iterator[str]:
    yield from (plan.summary, plan.question, plan.selection.words)
    yield from (remark.text for remark in plan.remarks)
    for change in plan.changes:
        yield from (change.before, change.after, change.note)
    yield from (objection.reason for objection in (*plan.skipped, *plan.illegal))


@pytest.mark.parametrize("thing", [THING, *OTHERS])
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("rules", [RULES, None])
def test_a_plan(action: Action, thing: Thing, rules) -> None:
    plan = make_plan(action, select_thing(thing), CONTEXT, account=ACCOUNT, nat_rules=rules)
    for text in texts(plan):
        assert not UNSAFE.search(text), text


def test_a_plan_for_a_group_and_a_filter() -> None:
    for text in ("group:g1", 'name:"a\u202e"'):
        selection = select_filter(text, (THING,), CONTEXT)
        for said in texts(make_plan(SetState("SUSPENDED"), selection, CONTEXT)):
            assert not UNSAFE.search(said)


def test_words_that_were_not_cleaned_by_who_made_the_selection() -> None:
    plan = make_plan(SetState("SUSPENDED"), Selection(EVIL, (THING,)), CONTEXT)
    assert not UNSAFE.search(plan.summary + plan.question)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_comparison(action: Action) -> None:
    theirs = replace(
        THING, name=EVIL + "2", description="", tags=(EVIL,), ip=None, pending_state=EVIL
    )
    for row in three_ways(THING, theirs, action, CONTEXT):
        assert not UNSAFE.search(f"{row.was}{row.theirs}{row.mine}")
