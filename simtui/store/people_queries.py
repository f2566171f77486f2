"""The questions about users and permission levels (contract §3.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from simtui.models import PermissionLevel, User
from simtui.store import subjects
from simtui.store.query import ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source


@dataclass(frozen=True, slots=True)
class UsersQuery(ReadQuery[tuple[User, ...]]):
    """Every user of the account, in the order of their invitation."""

    max_age = 60.0

    @property
    def subjects(self) -> frozenset[str]:
        """The users."""
        return frozenset({subjects.USERS})

    async def fetch(self, source: Source, now: datetime) -> tuple[User, ...]:
        """Read them."""
        return tuple(await source.users())


@dataclass(frozen=True, slots=True)
class PermissionLevelsQuery(ReadQuery[tuple[PermissionLevel, ...]]):
    """What each preset permission level may do; that hardly ever changes."""

    max_age = 3600.0

    @property
    def subjects(self) -> frozenset[str]:
        """The account, to which they belong."""
        return frozenset({subjects.ACCOUNT})

    async def fetch(self, source: Source, now: datetime) -> tuple[PermissionLevel, ...]:
        """Read them."""
        return tuple(await source.permission_levels())
