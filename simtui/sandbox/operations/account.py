"""The account and what the caller may do in it (contract §2)."""

from __future__ import annotations

from simtui.sandbox import limits
from simtui.sandbox.billing.report import cycle_view
from simtui.sandbox.call import Answer, Call
from simtui.sandbox.cycles import cycle_at
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World


@operation("GET", "/account", need=("things", "READ"))
def get_account(world: World, call: Call) -> Answer:
    """Currency, open billing cycle, limits and the caller's own permission level."""
    return Answer(
        {
            "accountId": world.account_id,
            "name": world.account_name,
            "currency": world.currency,
            "currentCycle": cycle_view(cycle_at(call.now, world.time_zone), call.now),
            "permissionLevel": call.user.permission_level,
            "limits": dict(limits.PER_ACCOUNT),
        }
    )
