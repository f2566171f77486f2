"""The questions about what few there are of: the account, groups, networks, IP profiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from simtui.models import Account, IpProfile, Network, ThingsGroup
from simtui.store import subjects
from simtui.store.query import ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source


@dataclass(frozen=True, slots=True)
class AccountQuery(ReadQuery[Account]):
    """Who we are to the API, and the billing cycle."""

    max_age = 300.0
    kept = "always"

    @property
    def subjects(self) -> frozenset[str]:
        """The account."""
        return frozenset({subjects.ACCOUNT})

    async def fetch(self, source: Source, now: datetime) -> Account:
        """Read the account."""
        return await source.account()


@dataclass(frozen=True, slots=True)
class GroupsQuery(ReadQuery[tuple[ThingsGroup, ...]]):
    """Every Things Group."""

    max_age = 60.0
    kept = "always"

    @property
    def subjects(self) -> frozenset[str]:
        """The groups."""
        return frozenset({subjects.GROUPS})

    async def fetch(self, source: Source, now: datetime) -> tuple[ThingsGroup, ...]:
        """Read the groups."""
        return tuple(await source.groups())


@dataclass(frozen=True, slots=True)
class NetworksQuery(ReadQuery[tuple[Network, ...]]):
    """Every network, with its pools."""

    max_age = 60.0
    kept = "always"

    @property
    def subjects(self) -> frozenset[str]:
        """The networks."""
        return frozenset({subjects.NETWORKS})

    async def fetch(self, source: Source, now: datetime) -> tuple[Network, ...]:
        """Read the networks."""
        return tuple(await source.networks())


@dataclass(frozen=True, slots=True)
class IpProfilesQuery(ReadQuery[tuple[IpProfile, ...]]):
    """Every IP profile, with both chains."""

    max_age = 60.0
    kept = "always"

    @property
    def subjects(self) -> frozenset[str]:
        """The IP profiles."""
        return frozenset({subjects.IP_PROFILES})

    async def fetch(self, source: Source, now: datetime) -> tuple[IpProfile, ...]:
        """Read the IP profiles."""
        return tuple(await source.ip_profiles())
