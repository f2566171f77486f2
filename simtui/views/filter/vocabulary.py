"""The words of one account: what its groups, networks, IP profiles and tags are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simtui.views.filter.fields import Field
from simtui.views.fleet_context import FleetContext


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names to complete and to check against; ``ids`` are accepted wherever a name is."""

    groups: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    ip_profiles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()

    def values_of(self, field: Field) -> tuple[str, ...]:
        """What is known to stand behind a field, empty when that cannot be known."""
        by_kind = {
            "choice": field.choices,
            "group": self.groups,
            "network": self.networks,
            "ip_profile": self.ip_profiles,
            "tag": self.tags,
        }
        return by_kind.get(field.kind, field.examples)


def vocabulary_of(context: FleetContext, tags: Iterable[str] = ()) -> Vocabulary:
    """The vocabulary of what is loaded, every kind in alphabetical order."""
    return Vocabulary(
        groups=_sorted(group.name for group in context.groups.values()),
        networks=_sorted(network.name for network in context.networks.values()),
        ip_profiles=_sorted(profile.name for profile in context.ip_profiles.values()),
        tags=_sorted(tags),
        ids=frozenset((*context.groups, *context.networks, *context.ip_profiles)),
    )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}, key=str.lower))
