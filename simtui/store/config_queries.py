"""The questions about what is inside a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from simtui.models import Lease, NatRule, Routes, Tunnel
from simtui.store import subjects
from simtui.store.query import ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class InNetwork(ReadQuery[T]):
    """A question about what is inside the network with this id."""

    network_id: str
    max_age = 60.0

    @property
    def subjects(self) -> frozenset[str]:
        """This network, and all of them at once."""
        return frozenset({subjects.NETWORKS, subjects.network_subject(self.network_id)})


@dataclass(frozen=True, slots=True)
class NatRulesQuery(InNetwork[tuple[NatRule, ...]]):
    """The port forwardings of a network."""

    async def fetch(self, source: Source, now: datetime) -> tuple[NatRule, ...]:
        """Read them."""
        return tuple(await source.nat_rules(self.network_id))


@dataclass(frozen=True, slots=True)
class RoutesQuery(InNetwork[Routes]):
    """The route table of a network."""

    async def fetch(self, source: Source, now: datetime) -> Routes:
        """Read it."""
        return await source.routes(self.network_id)


@dataclass(frozen=True, slots=True)
class TunnelsQuery(InNetwork[tuple[Tunnel, ...]]):
    """The IPsec tunnels of a network; their state changes by itself."""

    max_age = 15.0

    async def fetch(self, source: Source, now: datetime) -> tuple[Tunnel, ...]:
        """Read them."""
        return tuple(await source.tunnels(self.network_id))


@dataclass(frozen=True, slots=True)
class LeasesQuery(InNetwork[tuple[Lease, ...]]):
    """The addresses of a pool that Things have; a lock or a session changes them."""

    pool_id: str
    max_age = 30.0

    @property
    def subjects(self) -> frozenset[str]:
        """The network, and the Things, whose addresses these are."""
        network = subjects.network_subject(self.network_id)
        return frozenset({subjects.NETWORKS, network, subjects.FLEET, subjects.THINGS})

    async def fetch(self, source: Source, now: datetime) -> tuple[Lease, ...]:
        """Read them."""
        return tuple(await source.leases(self.network_id, self.pool_id))
