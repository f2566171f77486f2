"""From what is meant to the changes that bring it about, in an order that can be carried out."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from simtui.models.config_change import YET_TO_BE_MADE, ConfigChange, Kind, Ref, Verb
from simtui.models.settings import (
    PoolSettings,
    RouteTable,
    Settings,
    TunnelSettings,
)
from simtui.views.config.names import name_of, title_of
from simtui.views.files.configuration import Held
from simtui.views.files.intended import Intended, Meant, Only

MAKING: Final = (
    Kind.NETWORK,
    Kind.POOL,
    Kind.TUNNEL,
    Kind.ROUTES,
    Kind.PROFILE,
    Kind.CHAIN,
    Kind.GROUP,
    Kind.NAT_RULE,
)
"""Each kind comes behind those that it refers to; deletions follow, the other way round."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the account.

    ``follows``: an earlier step changes the same object, or makes what it is in, so that its
    version is only known then. ``psk_command`` prints the key of a tunnel that it makes.
    """

    change: ConfigChange
    follows: bool = False
    psk_command: tuple[str, ...] = ()

    @property
    def makes_tunnel(self) -> bool:
        """Whether it needs a pre-shared key."""
        return self.change.ref.kind == Kind.TUNNEL and self.change.verb == Verb.CREATE


def steps_of(intended: Intended) -> tuple[Step, ...]:
    """The changes, in order; nothing for what is as it is meant to be."""
    changes = [*_made(intended), *_deleted(intended)]
    touched: set[Hashable] = set()
    steps = []
    for step in changes:
        holder = _holder(step.change.ref)
        is_inside_new = step.change.ref.parent_id.startswith(YET_TO_BE_MADE)
        follows = step.follows or (
            step.change.verb != Verb.CREATE and (holder in touched or is_inside_new)
        )
        touched.add(holder)
        steps.append(replace(step, follows=follows))
    return tuple(steps)


def _holder(ref: Ref) -> Hashable:
    """What has the version: a chain's is that of its profile (contract §1.5)."""
    return Ref(Kind.PROFILE, ref.parent_id) if ref.kind == Kind.CHAIN else ref


def _made(intended: Intended) -> Iterator[Step]:
    """What is to be made or changed."""
    for kind in MAKING:
        for one in intended.meant:
            if one.ref.kind == kind:
                yield from _step(one, intended)


def _step(one: Meant, intended: Intended) -> Iterator[Step]:
    before, follows = one.before.settings if one.before else None, False
    if isinstance(before, TunnelSettings):
        followed = _followed(one.ref, before, intended)
        before, follows = followed, followed != before
    if before == one.settings:
        return
    change = ConfigChange(
        one.ref,
        _title(one.ref, one.settings, one.before, intended),
        before,
        one.settings,
        one.before.version if one.before else 0,
        _siblings(one.ref, intended) if before is None else (),
    )
    yield Step(change, follows, one.psk_command if before is None else ())


def _followed(ref: Ref, tunnel: TunnelSettings, intended: Intended) -> TunnelSettings:
    """A tunnel as it is once its pools have their new ranges: the platform lets it follow."""
    resized: dict[str, str] = {}
    for one in intended.meant:
        was = one.before.settings if one.before else None
        is_pool = (one.ref.kind, one.ref.parent_id) == (Kind.POOL, ref.parent_id)
        if is_pool and isinstance(was, PoolSettings) and isinstance(one.settings, PoolSettings):
            resized[was.cidr] = one.settings.cidr
    local = tuple(resized.get(cidr, cidr) for cidr in tunnel.local_cidrs)
    return replace(tunnel, local_cidrs=local)


def _siblings(ref: Ref, intended: Intended) -> tuple[str, ...]:
    """The ids of its kind that are in the same place already."""
    there = [one.ref for one in intended.meant if one.before is not None]
    there += [one.ref for one in intended.others]
    place = (ref.kind, ref.parent_id)
    return tuple(each.object_id for each in there if (each.kind, each.parent_id) == place)


def _deleted(intended: Intended) -> Iterator[Step]:
    """What is to be deleted, in reverse; the default pool of a network is the last to go,
    because another one would become the default and get another version."""
    going = [one for one in intended.others if one.goes]
    default = {
        pool.ip_pool_id
        for network in intended.configuration.networks
        for pool in network.ip_pools
        if pool.is_default
    }
    for kind in reversed(MAKING):
        those = [one for one in going if one.ref.kind == kind]
        for one in sorted(those, key=lambda one: one.ref.object_id in default):
            yield from _deletion(one, intended)


def _deletion(one: Only, intended: Intended) -> Iterator[Step]:
    """Chains go with their profile; a route table is emptied, so that its tunnels can go."""
    after = RouteTable() if one.ref.kind == Kind.ROUTES else None
    if one.ref.kind == Kind.CHAIN or after == one.held.settings:
        return
    title = _title(one.ref, one.held.settings, one.held, intended)
    yield Step(ConfigChange(one.ref, title, one.held.settings, after, one.held.version))


def _title(ref: Ref, settings: Settings, held: Held | None, intended: Intended) -> str:
    """By the name that the account knows, if it knows it."""
    name = name_of(held.settings if held else settings) or ref.object_id
    parent = Kind.PROFILE if ref.kind == Kind.CHAIN else Kind.NETWORK
    inside = intended.name(parent, ref.parent_id) if ref.parent_id else ""
    return title_of(ref, name, inside)
