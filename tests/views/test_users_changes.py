"""What is said of a change of a user, and what takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from simtui.models import PermissionLevel, User
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.journal import Intent, JournalEntry, Outcome, Result
from simtui.models.permission import Area, area_of_kind
from simtui.models.recorded import kind_of_change, parameters_of_change
from simtui.models.settings import UserSettings
from simtui.views.config.diff import diff_lines
from simtui.views.config.reach import reach_remarks
from simtui.views.config.summary import summary_of
from simtui.views.fleet_context import FleetContext
from simtui.views.journal.config_undo import takes_back, undo_of_change
from simtui.views.text import UNSAFE
from simtui.views.users.detail import user_section
from simtui.views.users.rows import level_row, user_columns, user_row

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ZOE = UserSettings("zoe@example.com", "Zoe", "OPERATOR", "ACTIVE")
REF = Ref(Kind.USER, "u_1")


def remarks(before: UserSettings | None, after: UserSettings | None) -> str:
    change = ConfigChange(REF, "user zoe@example.com", before, after, 3)
    return " ".join(cell.text for cell in reach_remarks(change, FleetContext(NOON)))


def entry_of(change: ConfigChange, object_id: str = "") -> JournalEntry:
    intent = Intent(
        "e", NOON, "me@here", 1, "prod", "x", kind_of_change(change), parameters_of_change(change),
        "", change.title, (), "r", "o",
    )  # fmt: skip
    return JournalEntry(
        intent, (Result("e", NOON, Outcome.CONFIRMED, object_id=object_id or None),)
    )


def test_only_users_need_the_right_to_change_users() -> None:
    assert area_of_kind(Kind.USER) == Area.USERS
    assert area_of_kind(Kind.GROUP) == area_of_kind(Kind.TUNNEL) == Area.NETWORK


def test_an_invitation() -> None:
    change = ConfigChange(Ref(Kind.USER), "user zoe@example.com", None, replace(ZOE, status=None))
    assert summary_of(change) == "Invite user zoe@example.com"
    assert [line.text for line in diff_lines(change)] == [
        "e-mail: zoe@example.com", "name: Zoe", "permission level: OPERATOR",
    ]  # fmt: skip
    assert "INVITED until the first login" in remarks(None, replace(ZOE, status=None))


def test_what_a_change_means_for_the_user() -> None:
    assert remarks(ZOE, replace(ZOE, permission_level="BILLING")) == ""
    assert "until somebody enables them again" in remarks(ZOE, replace(ZOE, status="DISABLED"))
    invited = replace(ZOE, status="INVITED")
    assert "cannot be put back" in remarks(invited, replace(ZOE, status="DISABLED"))
    assert "as a new invitation" in remarks(ZOE, None)


def test_an_invitation_is_taken_back_by_deleting() -> None:
    made = ConfigChange(Ref(Kind.USER), "user zoe", None, replace(ZOE, status=None))
    undo = undo_of_change(entry_of(made, "u_9")).made
    assert undo is not None
    now = replace(ZOE, status="INVITED")
    assert takes_back(undo, now, 1) == ConfigChange(Ref(Kind.USER, "u_9"), "user zoe", now, None, 1)


def test_a_deletion_is_taken_back_by_inviting_anew() -> None:
    undo = undo_of_change(entry_of(ConfigChange(REF, "user zoe", ZOE, None, 3))).made
    assert undo is not None
    back = takes_back(undo, None, 0, ("u_2",))
    assert back == ConfigChange(
        Ref(Kind.USER), "user zoe", None, replace(ZOE, status=None), known=("u_2",)
    )


def test_a_level_is_changed_back_and_what_others_changed_since_stays() -> None:
    after = replace(ZOE, permission_level="ADMINISTRATOR")
    undo = undo_of_change(entry_of(ConfigChange(REF, "user zoe", ZOE, after, 3))).made
    assert undo is not None
    back = takes_back(undo, replace(after, name="Zoë"), 5)
    assert back is not None
    assert (back.after, back.version) == (replace(ZOE, name="Zoë"), 5)


def test_an_invitation_that_was_ended_cannot_be_put_back() -> None:
    invited = replace(ZOE, status="INVITED")
    change = ConfigChange(REF, "user zoe", invited, replace(ZOE, status="DISABLED"), 3)
    undo = undo_of_change(entry_of(change))
    assert undo.made is None
    assert "Only the server makes a user INVITED" in undo.reason


# The list


def user(**fields: object) -> User:
    told = {
        "user_id": "u_1", "email": "zoe@example.com", "name": "Zoe", "permission_level": "OPERATOR",
        "status": "ACTIVE", "created_at": NOON - timedelta(days=3),
        "last_login_at": NOON - timedelta(hours=2),
    }  # fmt: skip
    return User(**told | fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [80, 120])
def test_a_row_has_level_status_and_the_age_of_the_last_login(width: int) -> None:
    columns = user_columns(width)
    row = user_row(user(), columns, NOON, is_own=False)
    cells = dict(zip((one.key for one in columns), row, strict=True))
    assert cells["level"].text == "OPERATOR"
    assert cells["status"].text == "● active"
    assert cells["login"].text == "2h"
    assert ("created" in cells) is (width == 120)


def test_oneself_is_marked_however_long_the_name_is() -> None:
    columns = user_columns(80)
    row = user_row(user(name="Zoe " * 20), columns, NOON, is_own=True)
    assert row[0].text.endswith("… (you)")
    assert len(row[0].text) <= columns[0].width


def test_who_never_logged_in() -> None:
    columns = user_columns(80)
    invited = user_row(user(status="INVITED", last_login_at=None), columns, NOON, is_own=False)
    assert (invited[3].text, invited[4].text) == ("◌ invited", "never")
    odd = user_row(
        user(status="A\x1bWAY", last_login_at=None, name=""), columns, NOON, is_own=False
    )
    assert odd[0].text == "zoe@example.com"
    assert odd[4].text == "–"
    assert not any(UNSAFE.search(cell.text) for cell in odd)


def test_the_pane_says_who_it_is_what_they_may_and_why_they_stay() -> None:
    section = user_section(user(), None, NOON, is_own=False, is_last=True)
    told = dict(section.rows)
    assert section.title == "Zoe · OPERATOR"
    assert "last login 2026-11-22 10:00:00Z (2h ago)" in told["User"].text
    assert "created 2026-11-19 12:00:00Z (3d ago)" in told["User"].text
    assert "last active administrator" in told["Protected"].text
    own = user_section(user(), None, NOON, is_own=True, is_last=False)
    assert "Zoe (you)" in own.title
    assert "their own rights" in dict(own.rows)["Protected"].text


def test_the_lowest_level_and_ours_are_marked() -> None:
    level = PermissionLevel("READ_ONLY", {"things": ("READ",)})
    assert level_row(level, is_lowest=True, is_own=True)[0].text == "READ_ONLY (lowest, you)"
    assert level_row(level, is_lowest=False, is_own=False)[0].text == "READ_ONLY"
