"""What a change reaches: groups and Things, and from when on (contract §3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simtui.models import ThingsGroup
from simtui.models.config_change import ConfigChange, Kind, Ref, Verb
from simtui.models.settings import GroupSettings
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import listed, plural, things_text
from simtui.views.users.reach import user_reach

_NEXT_SESSION = "It takes effect for a Thing at its next session; a running one goes on as it is."
_AT_ONCE = "It takes effect at once, for new connections."


def groups_reached(ref: Ref, context: FleetContext) -> tuple[ThingsGroup, ...]:
    """The groups whose Things a change of ``ref`` is about."""
    groups = context.groups.values()
    if ref.kind == Kind.GROUP:
        return tuple(one for one in groups if one.things_group_id == ref.object_id)
    if ref.kind in (Kind.PROFILE, Kind.CHAIN):
        profile = ref.parent_id or ref.object_id
        return tuple(one for one in groups if one.ip_profile_id == profile)
    network = ref.parent_id or ref.object_id
    return tuple(one for one in groups if one.network_id == network)


def things_in(groups: Iterable[ThingsGroup]) -> int | None:
    """How many Things these groups have; None when that is not known of one of them."""
    counts = [group.thing_count for group in groups]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _things(count: int | None) -> str:
    return "an unknown number of Things" if count is None else things_text(count)


def reach_text(ref: Ref, context: FleetContext) -> str:
    """``used by 3 groups, 482 Things: depot-7, meters, yard``; safe to print."""
    groups = groups_reached(ref, context)
    if not groups:
        return "used by no group"
    count = len(groups)
    names = listed(sorted((group.name for group in groups), key=str.casefold))
    number = f"{count_text(count)} {plural(count, 'group', 'groups')}"
    return f"used by {number}, {_things(things_in(groups))}: {names}"


def reach_remarks(change: ConfigChange, context: FleetContext) -> tuple[Cell, ...]:
    """What a save will reach and when, as sentences."""
    return tuple(_remarks(change, context))


def _remarks(change: ConfigChange, context: FleetContext) -> Iterator[Cell]:
    if change.ref.kind == Kind.USER:
        yield from user_reach(change)
        return
    if change.verb == Verb.CREATE and change.ref.kind in (Kind.GROUP, Kind.NETWORK, Kind.PROFILE):
        yield Cell("Nothing uses it yet, so it reaches no Thing.", "dim")
        return
    if change.ref.kind == Kind.NAT_RULE:  # leads to one Thing, and its own remark says to which
        yield Cell(_AT_ONCE, "dim")
        return
    groups = groups_reached(change.ref, context)
    if not groups:
        yield Cell("No group uses it, so it reaches no Thing.", "dim")
        return
    count = things_in(groups)
    number = f"{count_text(len(groups))} {plural(len(groups), 'group', 'groups')}"
    names = listed(sorted((group.name for group in groups), key=str.casefold))
    told = f"It reaches {_things(count)} in {number}: {names}."
    yield Cell(told, "dim" if count == 0 else "warn")
    if count != 0 and (when := _when(change)):
        yield Cell(when, "dim")


def _when(change: ConfigChange) -> str:
    before, after = change.before, change.after
    if change.ref.kind in (Kind.CHAIN, Kind.ROUTES):
        return _AT_ONCE
    if isinstance(before, GroupSettings) and isinstance(after, GroupSettings):
        if before.network_id != after.network_id:
            return _NEXT_SESSION
        return _AT_ONCE if before.ip_profile_id != after.ip_profile_id else ""
    return _NEXT_SESSION if change.ref.kind == Kind.POOL else ""
