"""Moving, services, addresses, IMEI locks and connections (contract §3.1, §3.3, §3.6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simtui.errors import UsageError
from simtui.models import ImeiLock, IpLease, IpPool, NatRule, Network, SessionSummary, Thing
from simtui.models.action import (
    Action,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    ResetConnection,
    SetImeiLock,
    SetServices,
    SetTags,
    UnlockIp,
)
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.make import make_plan
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import select_marked, select_thing

IMEI = "490154203237518"
OTHER_IMEI = "352099001761481"
LEASE = IpLease("10.0.4.17", "pool1")
LOCK = replace(LEASE, allocation="LOCKED")


@pytest.fixture
def context(context: FleetContext) -> FleetContext:
    factory = Network(
        "n1", "factory", ip_pools=(IpPool("pool1", "10.0.4.0/24"), IpPool("pool2", "10.0.8.0/29"))
    )
    field = Network("n2", "field", ip_pools=(IpPool("pool3", "10.9.0.0/16", "10.9.0.9"),))
    return replace(context, networks={"n1": factory, "n2": field})


@pytest.fixture
def plan_for(context: FleetContext):
    def plan(action: Action, thing: Thing, rules: dict[str, list[NatRule]] | None = None) -> Plan:
        return make_plan(action, select_thing(thing), context, nat_rules=rules)

    return plan


def change(plan: Plan) -> tuple[str, str, str]:
    (only,) = plan.changes
    return only.before, only.after, only.note


def skipped(plan: Plan) -> str:
    (only,) = plan.skipped
    return only.reason


def illegal(plan: Plan) -> str:
    (only,) = plan.illegal
    return only.reason


class TestMove:
    def test_to_another_group(self, make_thing, plan_for) -> None:
        thing = make_thing(things_group_id="g1", ip=LEASE)
        assert change(plan_for(MoveToGroup("g2"), thing)) == ("depot-7", "North yard", "")
        assert skipped(plan_for(MoveToGroup("g1"), thing)) == "is in depot-7 already"

    def test_an_unknown_group(self, make_thing, plan_for) -> None:
        with pytest.raises(UsageError, match="no Things Group g9"):
            plan_for(MoveToGroup("g9"), make_thing())

    def test_a_locked_address_blocks_another_network(self, make_thing, plan_for) -> None:
        thing = make_thing(things_group_id="g1", ip=LOCK)
        assert illegal(plan_for(MoveToGroup("g2"), thing)) == (
            "10.0.4.17 is locked in network factory: unlock the address first, move, "
            "then lock one of network field"
        )

    def test_a_locked_address_goes_along_within_a_network(self, context, make_thing) -> None:
        groups = dict(context.groups) | {
            "g3": replace(context.groups["g1"], things_group_id="g3", name="third")
        }
        thing = make_thing(things_group_id="g1", ip=LOCK)
        plan = make_plan(MoveToGroup("g3"), select_thing(thing), replace(context, groups=groups))
        assert change(plan) == ("depot-7", "third", "")

    def test_a_locked_address_of_an_unknown_network_is_the_servers_to_judge(
        self, make_thing, plan_for
    ) -> None:
        thing = make_thing(things_group_id="g-unknown", ip=LOCK)
        assert (
            "refused if the group is of another network"
            in change(plan_for(MoveToGroup("g2"), thing))[2]
        )


class TestServices:
    def test_order_does_not_matter(self, make_thing, plan_for) -> None:
        thing = make_thing(allowed_services=("SMS", "DATA"))
        assert skipped(plan_for(SetServices(("DATA", "SMS")), thing))
        assert change(plan_for(SetServices(("DATA",)), thing)) == ("SMS, DATA", "DATA", "")
        assert change(plan_for(SetServices(()), thing))[1] == "none"

    def test_unknown_services_of_a_thing_change(self, make_thing, plan_for) -> None:
        assert change(plan_for(SetServices(()), make_thing()))[:2] == ("–", "none")
        assert skipped(plan_for(SetServices(()), make_thing(allowed_services=())))

    def test_foreign(self, make_thing, plan_for) -> None:
        with pytest.raises(UsageError, match="VOICE cannot be allowed"):
            plan_for(SetServices(("DATA", "VOICE")), make_thing())


class TestAddress:
    RULES = {"t1": [NatRule("nat1", "TCP", "8080", "t1", "80", name="web")]}

    def test_lock_the_lease(self, make_thing, plan_for) -> None:
        thing = make_thing(things_group_id="g1", ip=LEASE)
        assert change(plan_for(LockIp(), thing)) == ("10.0.4.17", "10.0.4.17, locked", "")

    @pytest.mark.parametrize("ip", [None, IpLease()])
    def test_without_a_lease_the_server_chooses(self, make_thing, plan_for, ip) -> None:
        thing = make_thing(ip=ip)
        assert change(plan_for(LockIp(), thing)) == ("no address", "a free address, locked", "")

    def test_a_lease_of_the_network_it_left_is_not_kept(self, make_thing, plan_for) -> None:
        before, after, note = change(plan_for(LockIp(), make_thing(things_group_id="g2", ip=LEASE)))
        assert (before, after) == ("10.0.4.17", "a free address, locked")
        assert "not of network field" in note

    def test_locked_already(self, make_thing, plan_for) -> None:
        thing = make_thing(things_group_id="g1", ip=LOCK)
        assert skipped(plan_for(LockIp(), thing)) == "10.0.4.17 is locked already"
        assert skipped(plan_for(LockIp("10.0.4.17"), thing))
        assert change(plan_for(LockIp("10.0.4.18"), thing))[1] == "10.0.4.18, locked"

    def test_a_retired_thing_holds_no_address(self, make_thing, plan_for) -> None:
        assert "RETIRED" in illegal(plan_for(LockIp(), make_thing(state="RETIRED", ip=LOCK)))

    def test_an_address_with_nat_rules_is_not_exchanged_or_unlocked(
        self, make_thing, plan_for
    ) -> None:
        thing = make_thing(things_group_id="g1", ip=LOCK)
        words = "NAT rule web (TCP 8080) points at 10.0.4.17; delete or change it first"
        assert illegal(plan_for(UnlockIp(), thing, self.RULES)) == words
        assert illegal(plan_for(LockIp("10.0.4.18"), thing, self.RULES)) == words
        assert skipped(plan_for(LockIp(), thing, self.RULES))

    def test_several_nat_rules(self, make_thing, plan_for) -> None:
        rules = {"t1": [*self.RULES["t1"], NatRule("nat2", "UDP", "9000-9010", "t1", "9000-9010")]}
        assert illegal(plan_for(UnlockIp(), make_thing(ip=LOCK), rules)) == (
            "NAT rules web (TCP 8080), nat2 (UDP 9000-9010) point at 10.0.4.17; "
            "delete or change them first"
        )

    def test_unlock(self, make_thing, plan_for) -> None:
        assert change(plan_for(UnlockIp(), make_thing(ip=LOCK)))[1] == "10.0.4.17, a lease"
        assert skipped(plan_for(UnlockIp(), make_thing(ip=LEASE))) == "its address is not locked"
        assert skipped(plan_for(UnlockIp(), make_thing()))

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("10.0.5.1", "outside the pools of network factory.*10.0.4.0/24, 10.0.8.0/29"),
            ("10.0.4.0", "network address of pool 10.0.4.0/24"),
            ("10.0.4.1", "gateway address"),
            ("10.0.8.7", "broadcast address of pool 10.0.8.0/29"),
            ("10.0.4", "not an IPv4 address"),
            ("10.0.4.256", "not an IPv4 address"),
            ("fe80::1%eth0", "not an IPv4 address"),
            ("10.0.4.17\x1b", "not an IPv4 address"),
        ],
    )
    def test_an_address_that_cannot_be(self, make_thing, plan_for, address, words) -> None:
        with pytest.raises(UsageError, match=words):
            plan_for(LockIp(address), make_thing(things_group_id="g1", ip=LEASE))

    def test_the_gateway_is_the_one_that_the_pool_names(self, make_thing, plan_for) -> None:
        thing = make_thing(things_group_id="g2")
        assert change(plan_for(LockIp("10.9.0.1"), thing))[1] == "10.9.0.1, locked"
        with pytest.raises(UsageError, match="gateway"):
            plan_for(LockIp("10.9.0.9"), thing)

    @pytest.mark.parametrize("cidr", [None, "not a cidr"])
    def test_unknown_pools_are_the_servers_to_judge(self, context, make_thing, cidr) -> None:
        pools = (IpPool("p", cidr),) if cidr else ()
        context = replace(context, networks={"n1": Network("n1", "factory", ip_pools=pools)})
        thing = make_thing(things_group_id="g1")
        assert make_plan(LockIp("192.168.1.1"), select_thing(thing), context).changes

    def test_a_chosen_address_is_for_one_thing(self, context, make_thing) -> None:
        selection = select_marked([make_thing("t1"), make_thing("t2")])
        with pytest.raises(UsageError, match="one Thing at a time"):
            make_plan(LockIp("10.0.4.9"), selection, context)
        assert len(make_plan(LockIp(), selection, context).changes) == 2


class TestImeiLock:
    def test_to_a_device_to_a_model_and_off(self, make_thing, plan_for) -> None:
        thing = make_thing(imei=IMEI, imei_lock=ImeiLock())
        assert change(plan_for(SetImeiLock(True, imei=IMEI), thing)) == ("off", f"IMEI {IMEI}", "")
        assert change(plan_for(SetImeiLock(True, tac=IMEI[:8]), thing))[1] == "TAC 49015420"
        assert skipped(plan_for(SetImeiLock(False), thing))
        locked = replace(thing, imei_lock=ImeiLock(True, IMEI))
        assert change(plan_for(SetImeiLock(False), locked))[:2] == (f"IMEI {IMEI}", "off")
        assert skipped(plan_for(SetImeiLock(True, imei=IMEI), locked))

    def test_the_present_device(self, make_thing, plan_for) -> None:
        plan = plan_for(SetImeiLock(True), make_thing(imei=IMEI))
        assert plan.action == SetImeiLock(True, imei=IMEI)

    def test_an_imeisv_becomes_an_imei(self, make_thing, plan_for) -> None:
        plan = plan_for(SetImeiLock(True, imei=IMEI[:14] + "01"), make_thing())
        assert plan.action == SetImeiLock(True, imei=IMEI)

    def test_a_device_that_would_be_shut_out(self, make_thing, plan_for) -> None:
        thing = make_thing(imei=IMEI)
        for action in (SetImeiLock(True, imei=OTHER_IMEI), SetImeiLock(True, tac="35209900")):
            assert change(plan_for(action, thing))[2] == (
                f"its present device {IMEI} would be shut out"
            )

    @pytest.mark.parametrize(
        ("action", "words"),
        [
            (SetImeiLock(True, imei="490154203237519"), "check digit"),
            (SetImeiLock(True, imei=""), "not an IMEI"),
            (SetImeiLock(True, tac="4901542"), "8 digits"),
            (SetImeiLock(True, tac="4901542٣"), "8 digits"),
            (SetImeiLock(True), "not known"),
        ],
    )
    def test_refused(self, make_thing, plan_for, action, words) -> None:
        with pytest.raises(UsageError, match=words):
            plan_for(action, make_thing())

    def test_the_present_device_is_for_one_thing(self, context, make_thing) -> None:
        selection = select_marked([make_thing("t1", imei=IMEI), make_thing("t2", imei=OTHER_IMEI)])
        with pytest.raises(UsageError, match="TAC"):
            make_plan(SetImeiLock(True), selection, context)


class TestConnection:
    @pytest.mark.parametrize(
        ("state", "session", "allowed"),
        [
            ("ACTIVE", None, True),
            ("ACTIVE", "OFFLINE", True),
            ("SUSPENDED", "ONLINE", True),
            ("RETIRED", "ATTACHED", True),
            ("SUSPENDED", "BLOCKED", True),
            ("SUSPENDED", "UNKNOWN", False),
            ("SUSPENDED", "OFFLINE", False),
            ("SUSPENDED", None, False),
        ],
    )
    def test_reset(self, make_thing, plan_for, state, session, allowed) -> None:
        summary = SessionSummary(session) if session else None
        plan = plan_for(ResetConnection(), make_thing(state=state, session=summary))
        assert bool(plan.changes) is allowed
        assert bool(plan.illegal) is not allowed

    @pytest.mark.parametrize(
        ("state", "services", "words"),
        [
            ("SUSPENDED", ("DATA",), "only an ACTIVE Thing"),
            ("ACTIVE", ("SMS",), "DATA is not among its services"),
        ],
    )
    def test_ping_refused(self, make_thing, plan_for, state, services, words) -> None:
        thing = make_thing(state=state, allowed_services=services)
        assert words in illegal(plan_for(Ping(), thing))

    def test_ping(self, make_thing, plan_for) -> None:
        assert change(plan_for(Ping(2, 100), make_thing()))[1] == "2 echo requests of 100 bytes"

    @pytest.mark.parametrize("ping", [Ping(0), Ping(11), Ping(3, -1), Ping(3, 1473)])
    def test_ping_out_of_bounds(self, make_thing, plan_for, ping) -> None:
        with pytest.raises(UsageError, match="1 to 10"):
            plan_for(ping, make_thing())


@pytest.mark.parametrize("action", [Describe(name="x"), SetTags(("x",)), Ping()])
def test_what_is_for_one_thing_is_refused_for_two(context, make_thing, action) -> None:
    with pytest.raises(UsageError, match="2 Things are selected"):
        make_plan(action, select_marked([make_thing("a"), make_thing("b")]), context)
