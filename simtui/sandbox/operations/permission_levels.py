"""The permission levels and what each may do (contract §3.10)."""

from __future__ import annotations

from simtui.sandbox.call import Answer, Call
from simtui.sandbox.paging import paged
from simtui.sandbox.permissions import PRESETS
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World


@operation("GET", "/permission-levels", need=("things", "READ"))
def list_permission_levels(world: World, call: Call) -> Answer:
    """The presets, the mightiest first."""
    return paged(
        call,
        list(PRESETS.items()),
        lambda preset: {
            "name": preset[0],
            "permissions": {area: list(access) for area, access in preset[1].items()},
        },
        {"name": lambda preset: preset[0]},
        lambda preset: preset[0],
    )
