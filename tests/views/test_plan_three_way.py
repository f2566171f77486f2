"""A Thing that somebody else changed meanwhile, field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simtui.models import ImeiLock, IpLease, SessionSummary
from simtui.models.action import (
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    SetImeiLock,
    SetServices,
    SetState,
    UnlockIp,
)
from simtui.views.plan.three_way import FieldVersions, three_ways


@pytest.fixture
def was(make_thing):
    return make_thing(
        name="pump",
        tags=("a",),
        things_group_id="g1",
        allowed_services=("DATA", "SMS"),
        ip=IpLease("10.0.4.17", "p1"),
        imei_lock=ImeiLock(),
    )


def test_both_change_the_same_field(was, context) -> None:
    theirs = replace(was, state="RETIRED", version=2)
    assert three_ways(was, theirs, SetState("SUSPENDED"), context) == (
        FieldVersions("State", "ACTIVE", "RETIRED", "SUSPENDED", clash=True),
    )


def test_both_want_the_same(was, context) -> None:
    theirs = replace(was, state="SUSPENDED")
    (row,) = three_ways(was, theirs, SetState("SUSPENDED"), context)
    assert not row.clash


def test_different_fields_do_not_clash(was, context) -> None:
    theirs = replace(was, name="pump-13")
    assert three_ways(was, theirs, MoveToGroup("g2"), context) == (
        FieldVersions("Name", "pump", "pump-13", "pump", clash=False),
        FieldVersions("Group", "depot-7", "depot-7", "North yard", clash=False),
    )


@pytest.mark.parametrize(
    ("action", "label", "mine"),
    [
        (Describe(name="p2"), "Name", "p2"),
        (Describe(description="d"), "Description", "d"),
        (AddTags(("b",)), "Tags", "a, b"),
        (RemoveTags(("A",)), "Tags", "–"),
        (SetServices(()), "Services", "none"),
        (LockIp(), "IP address", "10.0.4.17, locked"),
        (LockIp("10.0.4.18"), "IP address", "10.0.4.18, locked"),
        (SetImeiLock(True, tac="49015420"), "IMEI lock", "TAC 49015420"),
    ],
)
def test_what_mine_wants(was, context, action, label, mine) -> None:
    (row,) = three_ways(was, was, action, context)
    assert (row.label, row.mine, row.theirs, row.clash) == (label, mine, row.was, False)


def test_unlocking(was, context) -> None:
    locked = replace(was, ip=IpLease("10.0.4.17", "p1", "LOCKED"))
    (row,) = three_ways(locked, replace(locked, ip=None), UnlockIp(), context)
    assert (row.was, row.theirs, row.mine) == ("10.0.4.17, locked", "no address", "10.0.4.17")
    assert row.clash


def test_what_the_network_reports_is_no_setting(was, context) -> None:
    theirs = replace(was, session=SessionSummary("ONLINE"), imei="490154203237518", version=9)
    assert three_ways(was, theirs, Ping(), context) == ()


def test_the_order_of_services_and_tags_is_no_change(was, context) -> None:
    was = replace(was, tags=("a", "b"))
    theirs = replace(was, allowed_services=("SMS", "DATA"), tags=("b", "a"))
    assert three_ways(was, theirs, Ping(), context) == ()


def test_a_change_in_flight_is_shown(was, context) -> None:
    theirs = replace(was, pending_state="SUSPENDED")
    (row,) = three_ways(was, theirs, Ping(), context)
    assert (row.label, row.was, row.theirs) == ("On its way to", "–", "SUSPENDED")
