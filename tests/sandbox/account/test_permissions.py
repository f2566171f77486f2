from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simtui.sandbox.call import Answer
from simtui.sandbox.operations.account import get_account
from simtui.sandbox.operations.permission_levels import list_permission_levels
from simtui.sandbox.permissions import PRESETS, levels_for, permits
from simtui.sandbox.world import World

Run = Callable[..., Answer]
Conforms = Callable[[Answer, str, str], Any]

WRITERS = {
    "actions": {"ADMINISTRATOR", "NETWORK_MANAGER", "OPERATOR"},
    "tags": {"ADMINISTRATOR", "NETWORK_MANAGER", "OPERATOR"},
    "network": {"ADMINISTRATOR", "NETWORK_MANAGER"},
    "billing": {"ADMINISTRATOR", "BILLING"},
    "users": {"ADMINISTRATOR"},
    "retire": {"ADMINISTRATOR", "NETWORK_MANAGER"},
}


@pytest.mark.parametrize("area", WRITERS)
@pytest.mark.parametrize("level", PRESETS)
def test_who_may_write(level: str, area: str) -> None:
    assert permits(level, area, "WRITE") == (level in WRITERS[area])


def test_who_may_read() -> None:
    assert levels_for("things", "READ") == tuple(PRESETS)
    assert levels_for("network", "READ") == (
        "ADMINISTRATOR",
        "NETWORK_MANAGER",
        "OPERATOR",
        "READ_ONLY",
    )
    assert levels_for("billing", "READ") == ("ADMINISTRATOR", "BILLING", "READ_ONLY")
    assert levels_for("users", "READ") == ("ADMINISTRATOR",)


def test_what_is_unknown_is_not_permitted() -> None:
    assert not permits("SUPERUSER", "things", "READ")
    assert not permits("ADMINISTRATOR", "rockets", "READ")


def test_the_levels_are_listed(call: Run, conforms: Conforms) -> None:
    body = conforms(call(list_permission_levels), "GET", "/permission-levels")
    assert [row["name"] for row in body["items"]] == list(PRESETS)
    assert body["items"][3]["permissions"] == {"things": ["READ"], "billing": ["READ", "WRITE"]}


@pytest.mark.parametrize("user_id", ["u_1", "u_5"])
def test_the_account_tells_the_callers_own_level(
    world: World, call: Run, conforms: Conforms, user_id: str
) -> None:
    user = world.users[user_id]
    body = conforms(call(get_account, user=user), "GET", "/account")
    assert body["permissionLevel"] == user.permission_level
    assert body["currentCycle"] == {
        "cycleId": "2026-11",
        "start": "2026-10-31T23:00:00Z",
        "end": "2026-11-30T23:00:00Z",
        "timeZone": "Europe/Amsterdam",
        "status": "OPEN",
    }
    assert body["limits"]["ipPools"] > 0
