"""What cannot be deleted, because something needs it (contract §3.3, §3.4, §3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simtui.models.config_change import Kind
from simtui.models.settings import GroupSettings
from simtui.views.config.names import KIND_NAMES, name_of
from simtui.views.files.intended import Intended
from simtui.views.files.mistakes import Mistakes, Place
from simtui.views.plan.wording import named, things_text

_ACCOUNT = Place("the account")


class _Needed(NamedTuple):
    kind: str
    name: str
    why: str


def refuse_needed(intended: Intended, mistakes: Mistakes) -> None:
    """Note every object that is to be deleted and that something would still need."""
    for kind, name, why in (*_by_groups(intended), *_by_things(intended)):
        place = _ACCOUNT.of(f"{KIND_NAMES[kind]} {named(name)}")
        mistakes.add(place, "", f"it cannot be deleted: {why}")


def _by_groups(intended: Intended) -> Iterator[_Needed]:
    """Networks and IP profiles of groups that stay."""
    groups = [each for _, each in intended.settings(Kind.GROUP) if isinstance(each, GroupSettings)]
    for ref, settings in (*intended.going(Kind.NETWORK), *intended.going(Kind.PROFILE)):
        own = ref.object_id
        for group in groups:
            if own in (group.network_id, group.ip_profile_id):
                why = f"group {named(group.name)} has it. Give that group another one first"
                yield _Needed(ref.kind, name_of(settings) or own, why)


def _by_things(intended: Intended) -> Iterator[_Needed]:
    """Groups with Things, and pools whose addresses Things have."""
    going = {ref.object_id for ref, _ in intended.going(Kind.GROUP)}
    for group in intended.configuration.groups:
        if group.things_group_id in going and group.thing_count:
            why = f"it has {things_text(group.thing_count)}. Move them to another group first"
            yield _Needed(Kind.GROUP, group.name, why)
    for network in intended.configuration.networks:
        gone = {ref.object_id for ref, _ in intended.going(Kind.POOL, network.network_id)}
        for pool in network.ip_pools:
            if pool.ip_pool_id in gone and pool.leased:
                why = f"{things_text(pool.leased)} have an address of it"
                yield _Needed(Kind.POOL, pool.cidr, why)
