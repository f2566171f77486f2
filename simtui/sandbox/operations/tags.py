"""The tags in use (contract §2, ``GET /tags``)."""

from __future__ import annotations

from collections import Counter

from simtui.sandbox.call import Answer, Call
from simtui.sandbox.paging import paged
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World


@operation("GET", "/tags", need=("things", "READ"))
def list_tags(world: World, call: Call) -> Answer:
    """Every tag and how many Things have it, by name."""
    return paged(
        call,
        world.remembered("tags", lambda: _counted(world)),
        lambda row: {"name": row[0], "thingCount": row[1]},
        {"name": lambda row: row[0].casefold(), "thingCount": lambda row: row[1]},
        lambda row: row[0],
    )


def _counted(world: World) -> list[tuple[str, int]]:
    """Tags that differ in case only count as one, spelled as the first Thing has it."""
    spelling: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for thing in world.things.values():
        for tag in thing.tags:
            counts[spelling.setdefault(tag.casefold(), tag)] += 1
    return sorted(counts.items(), key=lambda row: row[0].casefold())
