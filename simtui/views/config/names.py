"""What the objects of the configuration are called in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from simtui.models.config_change import Kind, Ref
from simtui.models.settings import NatSettings, PoolSettings, Settings
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named

KIND_NAMES: Final[Mapping[str, str]] = {
    Kind.GROUP: "group",
    Kind.NETWORK: "network",
    Kind.POOL: "IP pool",
    Kind.ROUTES: "routes",
    Kind.PROFILE: "IP profile",
    Kind.CHAIN: "chain",
    Kind.NAT_RULE: "NAT rule",
    Kind.TUNNEL: "IPsec tunnel",
    Kind.USER: "user",
}
"""The word for each kind."""
_MADE_BY: Final[Mapping[str, str]] = {Kind.USER: "invite"}
"""How a kind is made, where that is not called to create it."""
_INSIDE: Final[Mapping[str, str]] = {
    Kind.POOL: "network",
    Kind.ROUTES: "network",
    Kind.CHAIN: "IP profile",
    Kind.NAT_RULE: "network",
    Kind.TUNNEL: "network",
}
"""What a kind is inside of."""


def title_of(ref: Ref, name: str, inside: str = "") -> str:
    """``NAT rule ssh of network depots``, ``INBOUND chain of IP profile meters``.

    ``name`` is the object's own, ``inside`` that of its network or IP profile. Safe to print.
    """
    word = KIND_NAMES[ref.kind]
    if ref.kind == Kind.CHAIN:
        own = f"{ref.object_id} {word}"
    elif ref.kind == Kind.ROUTES:
        own = word
    else:
        own = f"{word} {named(name)}".strip()
    where = _INSIDE.get(ref.kind)
    return f"{own} of {where} {named(inside)}" if where and inside else own


def making(kind: str) -> str:
    """What it is called to make one: ``create``, or ``invite`` of a user."""
    return _MADE_BY.get(kind, "create")


def name_of(settings: Settings | None) -> str:
    """What an object is told from its like by: its name, the range of a pool, or what a NAT
    rule without a name forwards."""
    if isinstance(settings, PoolSettings):
        return settings.cidr
    if isinstance(settings, NatSettings) and not settings.name:
        return f"{settings.protocol} {settings.public_ports}"
    return str(getattr(settings, "name", ""))


def names_of(context: FleetContext) -> dict[str, str]:
    """Readable names by id, of groups, networks and IP profiles; safe to print.

    Two of one kind with the same name have their ids behind it, so that they differ.
    """
    groups = {one.things_group_id: one.name for one in context.groups.values()}
    networks = {one.network_id: one.name for one in context.networks.values()}
    profiles = {one.ip_profile_id: one.name for one in context.ip_profiles.values()}
    return _distinct(groups) | _distinct(networks) | _distinct(profiles)


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    shown = {identity: named(name) for identity, name in names.items()}
    times = Counter(shown.values())
    return {
        identity: name if times[name] == 1 else f"{name} ({named(identity)})"
        for identity, name in shown.items()
    }
