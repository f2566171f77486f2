"""Who holds which address of one IP pool; every question is answered without a search."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from ipaddress import IPv4Network

RESERVED = 3
"""The network, the gateway and the broadcast address are nobody's (contract §3.4)."""


@dataclass(frozen=True, slots=True)
class AddressSpan:
    """The usable addresses of a pool as numbers, both ends included."""

    first: int
    last: int

    @classmethod
    def of(cls, cidr: str) -> AddressSpan:
        """The usable part of a pool's CIDR: past the gateway, before the broadcast."""
        network = IPv4Network(cidr)
        return cls(int(network.network_address) + 2, int(network.broadcast_address) - 1)

    def __contains__(self, address: int) -> bool:
        return self.first <= address <= self.last

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(slots=True)
class AddressBook:
    """The holders of a pool's addresses (Thing ids), and which of them are locked.

    Addresses that were never used go first, then the one that was given back longest
    ago, so that an address does not wander between Things sooner than it must.
    """

    span: AddressSpan
    holders: dict[int, str] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    _fresh: int = 0
    _returned: OrderedDict[int, None] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self._fresh = self.span.first

    def next_free(self) -> int | None:
        """The address to lease next, or None when the pool is exhausted."""
        if len(self.holders) >= len(self.span):
            return None
        while self._fresh in self.holders or self._fresh in self._returned:
            self._fresh += 1
        if self._fresh in self.span:
            return self._fresh
        return next(iter(self._returned))

    def take(self, address: int, thing_id: str) -> None:
        """Let a Thing hold a free address."""
        self.holders[address] = thing_id
        self._returned.pop(address, None)

    def give_back(self, address: int) -> None:
        """Free an address, locked or not."""
        del self.holders[address]
        self.locked.discard(address)
        self._returned[address] = None

    def fits(self, span: AddressSpan) -> bool:
        """Whether every held address is a usable one of ``span``."""
        return all(address in span for address in self.holders)

    def resize(self, span: AddressSpan) -> None:
        """Take on new limits, which must fit; what was returned counts as never used."""
        self.span = span
        self._fresh = span.first
        self._returned.clear()
