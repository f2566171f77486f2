"""A Things Group: ties Things to a network and an IP profile (contract §3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThingsGroup:
    """A named set of Things with one network and one firewall."""

    things_group_id: str
    name: str
    description: str = ""
    network_id: str | None = None
    ip_profile_id: str | None = None
    is_default: bool = False
    thing_count: int | None = None
    counts_by_state: Mapping[str, int] | None = None
    version: int = 0
