"""Who may see and change the users, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from simtui.errors import SimtuiError
from simtui.models import PermissionLevel, User, UserStatus
from simtui.models.permission import Area, may_change
from simtui.models.permission_level import Access, LevelArea, level_named
from simtui.views.ages import age_ago
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.plan.wording import named, plural


class Listed(Protocol):
    """What is known of the list, as the store's ``Entry`` has it."""

    @property
    def fetched_at(self) -> datetime | None:
        """When it was read."""

    @property
    def error(self) -> SimtuiError | None:
        """Why it is not newer."""

    def age(self, now: datetime) -> timedelta | None:
        """How old it is."""


def may_see_users(level: str | None, levels: Sequence[PermissionLevel]) -> bool:
    """Whether a level may see who the users are; yes where nothing says otherwise."""
    known = level_named(level, levels)
    if known is None or not known.permissions:
        return may_change(level, Area.USERS)
    return known.may(LevelArea.USERS, Access.READ)


def access_line(
    level: str | None, levels: Sequence[PermissionLevel], *, may_see: bool, levels_shown: bool
) -> Cell:
    """The line over the table: who may see and change users; safe to print."""
    if not may_see:
        needed = _levels_that(Access.READ, levels)
        mine = f"; your level is {named(level)}" if level else ""
        return Cell(f"Users: seeing them needs {needed}{mine}. The levels:", "warn")
    if levels_shown:
        return Cell("The permission levels, the lowest first; v shows the users again", "dim")
    if not _may_change(level, levels):
        needed = _levels_that(Access.WRITE, levels)
        return Cell(f"Changing users needs {needed}; your level is {named(level or '')}", "warn")
    mine = f"Your level is {named(level)}. " if level else ""
    return Cell(f"{mine}v shows what each level may do", "dim")


def counts_text(users: Sequence[User] | None, listed: Listed, now: datetime) -> str:
    """``9 users, 7 active``, with its age when it could not be read again."""
    if users is None or listed.fetched_at is None:
        return ""
    active = sum(user.status == UserStatus.ACTIVE for user in users)
    word = plural(len(users), "user", "users")
    text = f"{count_text(len(users))} {word}, {count_text(active)} active"
    return f"{text}, {age_ago(listed.fetched_at, now)}" if listed.error is not None else text


def _may_change(level: str | None, levels: Sequence[PermissionLevel]) -> bool:
    known = level_named(level, levels)
    if known is None or not known.permissions:
        return may_change(level, Area.USERS)
    return known.may(LevelArea.USERS, Access.WRITE)


def _levels_that(access: str, levels: Sequence[PermissionLevel]) -> str:
    names = [named(level.name) for level in levels if level.may(LevelArea.USERS, access)]
    return " or ".join(names) or "a level that may"
