"""What a Thing's own record does not say: the present, and what its group ties together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from simtui.models import IpProfile, Network, Thing, ThingsGroup


class Habits(Protocol):
    """What is usual for Things (`simtui.views.pulse.habits`)."""

    def is_silent(self, thing: Thing) -> bool:
        """Whether a Thing has been silent for longer than its habit."""


@dataclass(frozen=True, slots=True)
class FleetContext:
    """The present moment (aware, UTC) and the fleet's groups, networks and IP profiles by id.

    The maps may be empty or behind while they load: what is missing then shows as its
    id, and never makes anything fail. Without ``habits`` no Thing is silent: nobody knows.
    """

    now: datetime
    groups: Mapping[str, ThingsGroup] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)
    ip_profiles: Mapping[str, IpProfile] = field(default_factory=dict)
    habits: Habits | None = None

    def group_of(self, thing: Thing) -> ThingsGroup | None:
        """The Things Group of a Thing, None when it is not known here."""
        return self.groups.get(thing.things_group_id or "")

    def network_of(self, thing: Thing) -> Network | None:
        """The Network that the Thing's group is tied to, None when it is not known here."""
        group = self.group_of(thing)
        return self.networks.get((group and group.network_id) or "")

    def ip_profile_of(self, thing: Thing) -> IpProfile | None:
        """The IP profile that the Thing's group is tied to, None when it is not known here."""
        group = self.group_of(thing)
        return self.ip_profiles.get((group and group.ip_profile_id) or "")

    def group_name(self, thing: Thing) -> str:
        """The name of the Thing's group, its id while the name is not known, or empty."""
        group = self.group_of(thing)
        return group.name if group else thing.things_group_id or ""

    def network_name(self, thing: Thing) -> str:
        """The name of the Thing's network, its id while the name is not known, or empty."""
        network = self.network_of(thing)
        if network:
            return network.name
        group = self.group_of(thing)
        return (group and group.network_id) or ""

    def ip_profile_name(self, thing: Thing) -> str:
        """The name of the Thing's IP profile, its id while it is not known, or empty."""
        profile = self.ip_profile_of(thing)
        if profile:
            return profile.name
        group = self.group_of(thing)
        return (group and group.ip_profile_id) or ""
