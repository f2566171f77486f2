"""The last administrator and oneself keep their rights (contract §3.10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import Job, User
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.settings import UserSettings
from simtui.sandbox.call import Refused
from simtui.sandbox.operations.users import _refuse_lockout
from simtui.sandbox.records import UserRecord
from simtui.views.forms.field import FieldError
from simtui.views.users.lockout import (
    check_lockout,
    check_rights,
    last_administrator,
    users_as_set,
    why_user_stays,
)
from simtui.views.users.own import own_user_id

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANNA = UserSettings("anna@example.com", "Anna", "ADMINISTRATOR", "ACTIVE")
BRAM = UserSettings("bram@example.com", "Bram", "ADMINISTRATOR", "DISABLED")
CHLOE = UserSettings("chloe@example.com", "Chloé", "ADMINISTRATOR", "INVITED")
DAAN = UserSettings("daan@example.com", "Daan", "OPERATOR", "ACTIVE")
USERS = {"a": ANNA, "b": BRAM, "c": CHLOE, "d": DAAN}


def refusal(user_id: str, wanted: UserSettings | None, own: str = "") -> FieldError:
    with pytest.raises(FieldError) as caught:
        check_rights(user_id, wanted, USERS, own)
    return caught.value


def test_who_is_disabled_or_invited_is_no_administrator_that_counts() -> None:
    assert last_administrator(USERS) == "a"
    assert last_administrator(USERS | {"b": replace(BRAM, status="ACTIVE")}) == ""
    assert last_administrator({"d": DAAN}) == ""


def test_the_last_one_is_neither_deleted_nor_demoted_nor_disabled() -> None:
    demoted = refusal("a", replace(ANNA, permission_level="OPERATOR"))
    assert demoted.field == "permission_level"
    assert str(demoted) == (
        "User anna@example.com is the last active administrator. Without one nobody could invite"
        " or change users any more. Make another user an active ADMINISTRATOR first; one that is"
        " INVITED or DISABLED does not count."
    )
    assert refusal("a", replace(ANNA, status="DISABLED")).field == "status"
    assert "the last active administrator" in why_user_stays("a", USERS)


def test_everything_else_may_be() -> None:
    check_rights("a", replace(ANNA, name="Anna Vos", email="a@example.com"), USERS)
    check_rights("d", None, USERS)
    check_rights("d", replace(DAAN, permission_level="ADMINISTRATOR"), USERS)
    check_rights("gone", None, USERS)
    assert why_user_stays("b", USERS) == ""


def test_oneself_as_far_as_that_is_known() -> None:
    users = USERS | {"b": replace(BRAM, status="ACTIVE")}
    with pytest.raises(FieldError, match="is you"):
        check_rights("a", None, users, "a")
    with pytest.raises(FieldError, match="is you"):
        check_rights("a", replace(ANNA, permission_level="BILLING"), users, "a")
    check_rights("a", replace(ANNA, name="Anna Vos"), users, "a")
    check_rights("b", None, users, "a")
    check_rights("a", None, users)


def test_changes_of_other_things_lock_nobody_out() -> None:
    change = ConfigChange(Ref(Kind.USER, "a"), "user anna", ANNA, None, 3)
    with pytest.raises(FieldError, match="last active administrator"):
        check_lockout(change, USERS)
    check_lockout(replace(change, ref=Ref(Kind.GROUP, "a")), USERS)
    check_lockout(replace(change, ref=Ref(Kind.USER, "d"), before=DAAN), USERS)


levels = st.sampled_from(["ADMINISTRATOR", "OPERATOR"])
statuses = st.sampled_from(["ACTIVE", "DISABLED", "INVITED"])
accounts = st.dictionaries(
    st.sampled_from("abc"),
    st.builds(UserSettings, st.just("x@example.com"), st.just("x"), levels, statuses),
    min_size=1,
)


@given(accounts, st.data())
def test_it_is_refused_here_where_the_server_refuses_it(
    users: dict[str, UserSettings], data: st.DataObject
) -> None:
    """Held against the sandbox's own rule."""
    user_id = data.draw(st.sampled_from(sorted(users)))
    own = data.draw(st.sampled_from(sorted(users)))
    wanted = data.draw(st.none() | st.builds(replace, st.just(users[user_id])))
    if wanted is not None:
        level, status = data.draw(levels), data.draw(st.sampled_from(["ACTIVE", "DISABLED"]))
        wanted = replace(wanted, permission_level=level, status=status)
    try:
        check_rights(user_id, wanted, users, own)
        mine = False
    except FieldError:
        mine = True
    assert mine is _server_refuses(users, user_id, wanted, own)


def _server_refuses(
    users: dict[str, UserSettings], user_id: str, wanted: UserSettings | None, own: str
) -> bool:
    user = users[user_id]
    if wanted is not None and (wanted.permission_level, wanted.status) == (
        user.permission_level,
        user.status,
    ):
        return False  # only a change of rights is looked at (`change_user`)
    there = {
        key: UserRecord(key, one.email, one.name, one.permission_level, NOON, one.status or "")
        for key, one in users.items()
    }
    keeps = wanted is not None and (wanted.permission_level, wanted.status) == (
        "ADMINISTRATOR",
        "ACTIVE",
    )
    world, call = SimpleNamespace(users=there), SimpleNamespace(user=there[own])
    try:
        _refuse_lockout(world, call, there[user_id], keeps_rights=keeps)
    except Refused:
        return True
    return False


def test_what_can_be_set_of_users() -> None:
    user = User("u_1", "zoe@example.com", "Zoe", "BILLING", "ACTIVE", version=4)
    assert users_as_set((user, User("u_2"))) == {
        "u_1": UserSettings("zoe@example.com", "Zoe", "BILLING", "ACTIVE"),
        "u_2": UserSettings("", "", ""),
    }


# Which user we are


PEOPLE = (User("u_1", "anna@example.com"), User("u_2", "bram@example.com"))


@pytest.mark.parametrize(
    ("makers", "own"),
    [
        ({"j_1": "Anna@example.com"}, "u_1"),
        ({"j_1": "u_2"}, "u_2"),
        ({"j_1": "nobody@example.com"}, ""),
        ({"j_1": None}, ""),
        ({"j_1": "anna@example.com", "j_2": "bram@example.com"}, ""),
        ({}, ""),
    ],
)
def test_who_we_are_is_what_the_jobs_from_here_say(makers: dict[str, str | None], own: str) -> None:
    jobs = [Job(key, "SET_STATE", "COMPLETED", created_by=maker) for key, maker in makers.items()]
    others = [Job("j_9", "SET_STATE", "RUNNING", created_by="bram@example.com")]
    assert own_user_id(PEOPLE, [*jobs, *others], lambda job_id: job_id in makers) == own
