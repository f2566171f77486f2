"""From an answer of a person to the Things that are meant."""

from __future__ import annotations

from collections.abc import Iterable

from simtui.models import Thing
from simtui.ui.acting.targets import Targets
from simtui.views.amounts import count_text
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.selection import Selection, select_filter
from simtui.views.plan.wording import named


def select_shown(
    targets: Targets, fleet: Iterable[Thing], context: FleetContext
) -> Selection | None:
    """All rows that the filter leaves; None when there are none."""
    if targets.filter_text:
        selection = select_filter(targets.filter_text, fleet, context)
        return selection if selection.things else None
    things = targets.shown()
    return Selection(f"all {count_text(len(things))} Things", things) if things else None


def select_tag(tag: str, fleet: Iterable[Thing]) -> Selection:
    """The Things that carry a tag; case does not tell tags apart."""
    wanted = tag.casefold()
    carrying = (thing for thing in fleet if wanted in {one.casefold() for one in thing.tags})
    return Selection(f"tag {named(tag)}", tuple(carrying), tag=tag)


def select_group(group_id: str, fleet: Iterable[Thing], context: FleetContext) -> Selection:
    """The Things of a Things Group."""
    group = context.groups.get(group_id)
    things = tuple(thing for thing in fleet if thing.things_group_id == group_id)
    name = group.name if group is not None else group_id
    return Selection(f"group {named(name)}", things, things_group_id=group_id)


def select_anew(selection: Selection, fleet: Iterable[Thing], context: FleetContext) -> Selection:
    """The same selection as the fleet is now."""
    if selection.tag is not None:
        return select_tag(selection.tag, fleet)
    if selection.things_group_id is not None:
        return select_group(selection.things_group_id, fleet, context)
    wanted = {thing.thing_id for thing in selection.things}
    things = tuple(thing for thing in fleet if thing.thing_id in wanted)
    return Selection(selection.words, things)
