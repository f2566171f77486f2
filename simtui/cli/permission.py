"""Whether the account of this run may do something, before anything is sent."""

from __future__ import annotations

from simtui.errors import CapabilityAbsent, Forbidden
from simtui.models import Account
from simtui.store.list_queries import AccountQuery
from simtui.store.store import Store
from simtui.views.plan.allowed import permission_problem


async def read_account(store: Store) -> Account | None:
    """The account; None for a level that may not read it, which the server knows anyway."""
    try:
        return await store.fetch(AccountQuery())
    except (Forbidden, CapabilityAbsent):
        return None


def require_level(account: Account | None, area: str, what: str) -> None:
    """Raise ``Forbidden`` when the permission level is known and does not allow ``what``."""
    level = account.permission_level if account else None
    if problem := permission_problem(level, area, what):
        raise Forbidden("The permission level is too low", problem, "Nothing was sent")
