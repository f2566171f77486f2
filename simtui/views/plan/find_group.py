"""Finding a Things Group by what a person typed."""

from __future__ import annotations

from simtui.errors import UsageError
from simtui.models import ThingsGroup
from simtui.views.filter.problem import nearest, one_of
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named


def find_group(text: str, context: FleetContext) -> ThingsGroup:
    """The Things Group with this id, or this name ignoring case.

    Raises:
        UsageError: there is none, with the nearest name; or the groups are not loaded yet.
    """
    if not context.groups:
        raise UsageError(
            "The Things Groups are not known yet", "They are still being loaded", "Try again"
        )
    wanted = text.strip()
    if wanted in context.groups:
        return context.groups[wanted]
    by_name = {group.name.lower(): group for group in context.groups.values()}
    group = by_name.get(wanted.lower())
    if group is not None:
        return group
    names = sorted((group.name for group in context.groups.values()), key=str.lower)
    close = nearest(wanted, names)
    raise UsageError(
        f"There is no Things Group “{named(wanted)}”",
        f"Expected {one_of(names)}, or an id",
        f"Did you mean {close}?" if close else "",
    )
