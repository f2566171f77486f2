"""What each permission level may do, in plain words (contract §3.10)."""

from __future__ import annotations

import pytest

from simtui.models import PermissionLevel
from simtui.models.permission import LEVELS, Area
from simtui.models.permission_level import (
    PRESETS,
    Access,
    LevelArea,
    known_levels,
    level_named,
)
from simtui.sandbox.permissions import PRESETS as SANDBOX
from simtui.views.text import UNSAFE
from simtui.views.users.access import access_line, may_see_users
from simtui.views.users.level_words import level_rows, level_sentences, short_words

LOWEST_FIRST = ["READ_ONLY", "BILLING", "OPERATOR", "NETWORK_MANAGER", "ADMINISTRATOR"]
AREAS = {
    LevelArea.ACTIONS: Area.ACTIONS,
    LevelArea.TAGS: Area.TAGS,
    LevelArea.NETWORK: Area.NETWORK,
    LevelArea.BILLING: Area.BILLING,
    LevelArea.USERS: Area.USERS,
    LevelArea.RETIRE: Area.RETIRE,
}


def named(name: str) -> PermissionLevel:
    level = level_named(name, PRESETS)
    assert level is not None
    return level


def rows(name: str) -> dict[str, str]:
    return {label: cell.text for label, cell in level_rows(named(name))}


def test_the_levels_that_stand_in_are_those_of_the_contract_and_of_the_refusals() -> None:
    assert {one.name: dict(one.permissions) for one in PRESETS} == {
        name: dict(areas) for name, areas in SANDBOX.items()
    }
    for level in PRESETS:
        written = {AREAS[area] for area in AREAS if level.may(area, Access.WRITE)}
        assert written == LEVELS[level.name]


def test_the_lowest_comes_first() -> None:
    assert [level.name for level in known_levels(None)] == LOWEST_FIRST
    assert [level.name for level in known_levels(reversed(PRESETS))] == LOWEST_FIRST


def test_what_the_api_tells_counts_and_where_it_tells_nothing_the_contract_does() -> None:
    auditor = PermissionLevel("AUDITOR", {"things": ("READ",)})
    levels = known_levels((auditor, PermissionLevel("OPERATOR")))
    assert [level.name for level in levels] == ["AUDITOR", "OPERATOR"]
    assert levels[1] == named("OPERATOR")
    assert known_levels(()) == known_levels(None)
    assert level_named("OWNER", levels) is None


def test_in_full() -> None:
    assert rows("OPERATOR") == {
        "May change": "Things (name, group, services, IP and IMEI lock), "
        "states, SMS and connections, tags",
        "May read": "the same, and networks, firewall, NAT and VPN",
        "May not": "billing, users, retiring Things",
    }
    assert rows("READ_ONLY")["May change"] == "nothing"
    assert rows("READ_ONLY")["May read"] == "Things, networks, firewall, NAT and VPN, billing"
    assert "May not" not in rows("ADMINISTRATOR")


def test_in_short() -> None:
    assert [short_words(level) for level in known_levels(None)] == [
        "changes nothing; reads Things, networks, billing",
        "changes billing; reads Things",
        "changes Things, state, SMS, tags; reads networks",
        "changes Things, state, SMS, tags, networks, retires",
        "changes everything, users too",
    ]


def test_as_sentences() -> None:
    assert level_sentences(named("BILLING")) == (
        "BILLING may change: billing",
        "BILLING may read: the same, and Things",
        "BILLING may not: states, SMS and connections, tags, networks, firewall, NAT and VPN, "
        "users, retiring Things",
    )
    assert level_sentences(None) == ()


def test_what_is_not_known_is_said_to_be_so_and_is_safe_to_print() -> None:
    odd = PermissionLevel("O\x1bDD", {"dr\u202eones": ("WRITE",), "moons": ("READ",)})
    told = "".join((*level_sentences(odd), short_words(odd)))
    assert not UNSAFE.search(told)
    assert "moons" in told
    assert level_rows(None)[0][1].text == "What this level may do is not known here."
    assert short_words(PermissionLevel("NEW")) == "not known here what it may do"


@pytest.mark.parametrize(
    ("level", "sees"),
    [("ADMINISTRATOR", True), ("READ_ONLY", False), ("NEW_LEVEL", True), (None, True)],
)
def test_who_may_see_the_users(level: str | None, sees: bool) -> None:
    assert may_see_users(level, known_levels(None)) is sees


def test_a_level_of_its_own_that_may_see_users_and_not_change_them() -> None:
    auditor = PermissionLevel("AUDITOR", {"users": ("READ",)})
    levels = known_levels((*PRESETS, auditor))
    assert may_see_users("AUDITOR", levels)
    line = access_line("AUDITOR", levels, may_see=True, levels_shown=False)
    assert line.text == "Changing users needs ADMINISTRATOR; your level is AUDITOR"
    line = access_line("OPERATOR", levels, may_see=False, levels_shown=True)
    assert line.text.startswith("Users: seeing them needs AUDITOR or ADMINISTRATOR")
