"""Users and permission levels as tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from simtui.models import PermissionLevel, User, UserStatus
from simtui.views.ages import age
from simtui.views.cell import Cell, Column, Row, Tone
from simtui.views.detail.section import text_cell
from simtui.views.plan.wording import named
from simtui.views.text import fit
from simtui.views.users.level_words import LOWEST, short_words

WIDE_FROM: Final = 110
"""Cells from which names and addresses have room, and the age of the account a column."""
YOU: Final = " (you)"
"""Stands behind the name of the user that we are, where that is known."""
_STATUSES: Final[Mapping[str, tuple[str, Tone]]] = {
    UserStatus.ACTIVE: ("● active", "ok"),
    UserStatus.INVITED: ("◌ invited", "accent"),
    UserStatus.DISABLED: ("○ disabled", "warn"),
}


def user_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    wide = width >= WIDE_FROM
    columns = (
        Column("name", "NAME", 24 if wide else 18, flex=True),
        Column("email", "E-MAIL", 34 if wide else 17),
        Column("level", "LEVEL", 15),
        Column("status", "STATUS", 10),
        Column("login", "LOGIN", 5, align="right"),
    )
    return (*columns, Column("created", "CREATED", 7, align="right")) if wide else columns


def user_row(user: User, columns: tuple[Column, ...], now: datetime, *, is_own: bool) -> Row:
    """One cell for each column."""
    widths = {column.key: column.width for column in columns}
    invited = user.status == UserStatus.INVITED and user.last_login_at is None
    cells = {
        "name": Cell(name_text(user, widths["name"], is_own=is_own)),
        "email": text_cell(user.email),
        "level": text_cell(user.permission_level),
        "status": status_cell(user.status),
        "login": Cell("never" if invited else age(user.last_login_at, now), "dim"),
        "created": Cell(age(user.created_at, now), "dim"),
    }
    return tuple(cells[column.key] for column in columns)


def name_text(user: User, width: int, *, is_own: bool) -> str:
    """The name; a long one gives way to the mark that it is oneself."""
    name = named(user.name or user.email or user.user_id)
    return fit(name, width - len(YOU)).rstrip() + YOU if is_own else name


def status_cell(status: str) -> Cell:
    """The status with its sign; one that is not known as the server writes it."""
    if status in _STATUSES:
        return Cell(*_STATUSES[status])
    return text_cell(status)


def level_columns(width: int) -> tuple[Column, ...]:
    """The columns of the list of permission levels."""
    return (
        Column("level", "LEVEL", 23),
        Column("may", "WHAT IT MAY DO", 30, flex=True),
    )


def level_row(level: PermissionLevel, *, is_lowest: bool, is_own: bool) -> Row:
    """One level: its name, with a mark if it is the lowest or our own, and its words."""
    marks = [LOWEST] * is_lowest + ["you"] * is_own
    note = f" ({', '.join(marks)})" if marks else ""
    return Cell(named(level.name) + note), Cell(short_words(level), "dim")
