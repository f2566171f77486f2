"""What the pane below the list says of the row under the cursor."""

from __future__ import annotations

from datetime import datetime

from simtui.models import PermissionLevel, User, UserStatus
from simtui.views.ages import moment_text
from simtui.views.cell import Cell
from simtui.views.detail.section import Rows, Section
from simtui.views.plan.wording import named
from simtui.views.users.level_words import level_rows
from simtui.views.users.rows import YOU

_ONLY_ONE = "last active administrator: level and status stay, no deletion"
_ONESELF = "nobody takes away their own rights"


def user_section(
    user: User,
    level: PermissionLevel | None,
    now: datetime,
    *,
    is_own: bool,
    is_last: bool,
) -> Section:
    """Who it is, and what the level lets them do; safe to print."""
    you = YOU if is_own else ""
    title = f"{named(user.name or user.user_id)}{you} · {named(user.permission_level)}"
    why = _ONLY_ONE if is_last else _ONESELF if is_own else ""
    protected: Rows = (("Protected", Cell(why, "warn")),) if why else ()
    return Section(title, (("User", _dates(user, now)), *protected, *level_rows(level)))


def level_section(level: PermissionLevel) -> Section:
    """What one level may do."""
    return Section(named(level.name), level_rows(level))


def _dates(user: User, now: datetime) -> Cell:
    if user.last_login_at is not None:
        login = f"last login {moment_text(user.last_login_at, now)}"
    elif user.status == UserStatus.INVITED:
        login = "has not logged in yet"
    else:
        login = "last login not told"
    created = f" · created {moment_text(user.created_at, now)}" if user.created_at else ""
    return Cell(f"{named(user.email)} · {login}{created}")
