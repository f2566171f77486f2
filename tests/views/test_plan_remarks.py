"""What a plan says of the bill, the sessions and a move before it is confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from simtui.models import (
    Account,
    BillingCycle,
    IpLease,
    IpPool,
    NatRule,
    SessionSummary,
    Thing,
)
from simtui.models.action import MoveToGroup, ResetConnection, SetServices, SetState
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.charged import was_active_in
from simtui.views.plan.make import make_plan
from simtui.views.plan.selection import select_marked

START = datetime(2026, 10, 31, 23, tzinfo=UTC)
END = datetime(2026, 11, 30, 23, tzinfo=UTC)
CYCLE = BillingCycle("2026-11", START, END, "Europe/Amsterdam")
ACCOUNT = Account("acc", current_cycle=CYCLE)


@pytest.fixture
def remarks(context: FleetContext):
    def said(action, *things: Thing, account: Account | None = ACCOUNT, **more) -> str:
        plan = make_plan(action, select_marked(things), context, account=account, **more)
        return "\n".join(cell.text for cell in plan.remarks)

    return said


def several(make_thing, count: int, **fields) -> list[Thing]:
    return [make_thing(f"{fields}{n}", **fields) for n in range(count)]


class TestSuspend:
    def test_the_bill(self, make_thing, remarks) -> None:
        assert remarks(SetState("SUSPENDED"), *several(make_thing, 1482)) == (
            "All 1,482 are charged for this cycle (2026-11) all the same: they were ACTIVE in it.\n"
            "SUSPENDED is free only over a whole cycle: the first free cycle begins "
            "1 Dec 2026, provided they stay suspended until its end."
        )

    def test_the_bill_of_one(self, make_thing, remarks) -> None:
        assert remarks(SetState("SUSPENDED"), make_thing()) == (
            "It is charged for this cycle (2026-11) all the same: it was ACTIVE in it.\n"
            "SUSPENDED is free only over a whole cycle: the first free cycle begins "
            "1 Dec 2026, provided it stays suspended until its end."
        )

    @pytest.mark.parametrize(
        "account",
        [
            None,
            Account("acc"),
            Account("acc", current_cycle=BillingCycle("2026-11")),
            Account("acc", current_cycle=BillingCycle("2026-10", START - timedelta(31), START)),
        ],
    )
    def test_without_a_running_cycle_there_are_no_dates(self, make_thing, remarks, account) -> None:
        assert remarks(SetState("SUSPENDED"), make_thing(), account=account) == (
            "It is charged for this cycle all the same: it was ACTIVE in it.\n"
            "SUSPENDED is free only over a whole cycle: the first free cycle is the next one, "
            "provided it stays suspended until its end."
        )

    @pytest.mark.parametrize(
        ("online", "other", "words"),
        [
            (1, 0, "It has a running data session, which suspending does not cut."),
            (1, 2, "1 has a running data session, which suspending does not cut."),
            (3, 2, "3 have a running data session, which suspending does not cut."),
            (0, 2, ""),
        ],
    )
    def test_running_sessions(self, make_thing, context, remarks, online, other, words) -> None:
        things = several(make_thing, online, session=SessionSummary("ONLINE"))
        things += several(make_thing, other, session=SessionSummary("OFFLINE"))
        said = remarks(SetState("SUSPENDED"), *things)
        assert said.endswith(words)
        assert ("session" in said) is bool(words)
        plan = make_plan(SetState("SUSPENDED"), select_marked(things), context)
        assert plan.can_end_session == online

    def test_sessions_that_are_cut_as_well(self, make_thing, remarks) -> None:
        thing = make_thing(session=SessionSummary("ATTACHED"))
        said = remarks(SetState("SUSPENDED", end_session=True), thing)
        assert said.endswith("It has a running data session; it is cut as well.")


class TestRetire:
    def test_who_is_charged(self, make_thing, remarks) -> None:
        things = [
            make_thing("active"),
            make_thing("in", state="SUSPENDED", state_changed_at=START + timedelta(days=3)),
            make_thing("at", state="SUSPENDED", state_changed_at=START),
            make_thing("new", state="PROVISIONED"),
        ]
        said = remarks(SetState("RETIRED"), *things).splitlines()
        assert said[0] == "Retiring is for good. They go out of service and cannot come back."
        assert said[1].startswith("2 of 4 are charged for this cycle (2026-11) all the same")
        assert said[2] == (
            "From the next cycle on, which begins 1 Dec 2026, they cost nothing any more."
        )

    def test_what_cannot_be_known_is_at_least(self, make_thing, remarks) -> None:
        things = [make_thing("a"), make_thing("b", state="SUSPENDED")]
        assert "At least 1 of 2 is charged for this cycle" in remarks(SetState("RETIRED"), *things)
        assert "Up to 1 of 2 are charged for this cycle" in remarks(
            SetState("RETIRED"), things[1], make_thing("c", state="PROVISIONED")
        )
        assert "It is charged for this cycle (2026-11), if ACTIVE at any moment of it." in remarks(
            SetState("RETIRED"), things[1]
        )

    def test_nobody_is_charged(self, make_thing, remarks) -> None:
        new = [make_thing(name, state="PROVISIONED") for name in "ab"]
        assert "None of the 2 is charged for this cycle (2026-11): they were not ACTIVE in it." in (
            remarks(SetState("RETIRED"), *new)
        )
        assert "It is not charged for this cycle: it was not ACTIVE in it." in remarks(
            SetState("RETIRED"), new[0], account=None
        )

    def test_the_lock_and_its_nat_rules(self, make_thing, remarks) -> None:
        thing = make_thing(ip=IpLease("10.0.4.17", allocation="LOCKED"))
        rule = NatRule("n1", "TCP", "8080", "t1", "80")
        assert "disables any NAT rule that points there" in remarks(SetState("RETIRED"), thing)
        said = remarks(SetState("RETIRED"), thing, nat_rules={"t1": [rule, rule]})
        assert "Releases the locked IP of 1 Thing and disables 2 NAT rules." in said
        assert "Releases" not in remarks(SetState("RETIRED"), make_thing())


class TestActivate:
    def test_charged_from_now_on(self, make_thing, remarks) -> None:
        things = several(make_thing, 2, state="PROVISIONED")
        assert remarks(SetState("ACTIVE"), *things) == (
            "2 Things are charged for this cycle (2026-11), which runs until 1 Dec 2026."
        )
        assert remarks(SetState("ACTIVE"), things[0], account=None) == (
            "1 Thing is charged for this cycle."
        )

    def test_some_are_charged_already(self, make_thing, remarks) -> None:
        old = make_thing("a", state="SUSPENDED", state_changed_at=START - timedelta(days=1))
        new = make_thing("b", state="SUSPENDED", state_changed_at=START + timedelta(days=1))
        assert remarks(SetState("ACTIVE"), new).endswith("; it is so already.")
        assert remarks(SetState("ACTIVE"), old, new).endswith("; 1 of them is so already.")
        unknown = make_thing("c", state="SUSPENDED")
        assert remarks(SetState("ACTIVE"), new, unknown).endswith(
            "; at least 1 of them is so already."
        )


@pytest.mark.parametrize(
    ("history", "charged"),
    [
        ([(0, "PROVISIONED")], False),
        ([(0, "ACTIVE"), (101, "SUSPENDED")], True),
        ([(0, "ACTIVE"), (50, "SUSPENDED")], False),
        ([(0, "ACTIVE"), (50, "SUSPENDED"), (199, "ACTIVE")], True),
    ],
)
def test_the_worked_cases_of_the_contract(make_thing, history, charged) -> None:
    """Seen from the end of the cycle; a Thing shows only its last change of state."""
    origin = datetime(2026, 1, 1, tzinfo=UTC)
    at, state = history[-1]
    thing = make_thing(state=state, state_changed_at=origin + timedelta(hours=at))
    cycle = BillingCycle("c", origin + timedelta(hours=100), origin + timedelta(hours=200))
    assert was_active_in(thing, cycle) is charged


class TestMove:
    @pytest.fixture
    def context(self, context: FleetContext) -> FleetContext:
        networks = {
            key: replace(network, ip_pools=(IpPool(f"p-{key}", f"10.{n}.0.0/24"),))
            for n, (key, network) in enumerate(context.networks.items())
        }
        return replace(context, networks=networks)

    def test_network_pool_firewall_and_when(self, make_thing, remarks) -> None:
        things = several(make_thing, 2, things_group_id="g1", session=SessionSummary("ONLINE"))
        assert remarks(MoveToGroup("g2"), *things) == (
            "2 Things: network factory (10.0.0.0/24) → field (10.1.0.0/24); "
            "the addresses become others.\n"
            "2 Things: firewall closed (1 rule) → open (no rules).\n"
            "Takes effect at the next session. 2 have a running data session until then."
        )

    def test_what_stays(self, make_thing, context, remarks) -> None:
        groups = dict(context.groups)
        groups["g3"] = replace(groups["g1"], things_group_id="g3", name="third")
        plan = make_plan(
            MoveToGroup("g3"),
            select_marked([make_thing(things_group_id="g1")]),
            replace(context, groups=groups),
        )
        assert [cell.text for cell in plan.remarks] == [
            "1 Thing stays in network factory (10.0.0.0/24).",
            "1 Thing keeps the firewall closed (1 rule).",
            "Takes effect at the next session.",
        ]

    def test_many_origins_are_told_together(self, make_thing, context) -> None:
        groups = dict(context.groups)
        things = []
        for n in range(8):
            groups[f"x{n}"] = replace(groups["g1"], network_id=f"net{n}", ip_profile_id=f"fw{n}")
            things.append(make_thing(f"t{n}", things_group_id=f"x{n}"))
        plan = make_plan(MoveToGroup("g2"), select_marked(things), replace(context, groups=groups))
        said = [cell.text for cell in plan.remarks]
        assert len(said) == 6 + 6 + 1
        assert said[5].startswith("3 Things from 3 others → field")


def test_other_actions(make_thing, remarks) -> None:
    online = make_thing(session=SessionSummary("ONLINE"))
    assert "It has a running data session" in remarks(ResetConnection(), online)
    assert "No running data session" in remarks(ResetConnection(), make_thing())
    assert "Neither data nor SMS" in remarks(SetServices(()), online)
    assert remarks(SetServices(("DATA",)), online) == ""


def test_nothing_is_said_of_what_changes_nothing(make_thing, remarks) -> None:
    assert remarks(SetState("ACTIVE"), make_thing()) == ""
