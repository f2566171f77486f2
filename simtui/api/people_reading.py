"""Who may use the account, and what each permission level may do (contract §3.10)."""

from __future__ import annotations

from simtui.api import dialect
from simtui.api.call import Call
from simtui.api.wire import Wire
from simtui.models import PermissionLevel, User


class PeopleReading(Wire):
    """What can be asked about people. All of it raises ``SimtuiError``."""

    async def users(self) -> tuple[User, ...]:
        """Every user; only a level that may read users is told."""
        return await self._every(User, Call(dialect.LIST_USERS), lambda user: user.user_id)

    async def permission_levels(self) -> tuple[PermissionLevel, ...]:
        """The preset levels and what each may do."""
        call = Call(dialect.LIST_PERMISSION_LEVELS)
        return await self._every(PermissionLevel, call, lambda level: level.name)
