"""Handing out addresses to a whole fleet, pool after pool."""

from __future__ import annotations

from ipaddress import IPv4Network

from simtui.sandbox.address_book import AddressBook
from simtui.sandbox.addressing import address_book
from simtui.sandbox.fleet.networks import add_pool
from simtui.sandbox.records import NetworkRecord, PoolRecord, ThingRecord
from simtui.sandbox.world import World


class Leases:
    """The addresses of one network in order; opens the next pool when one is nearly full."""

    _FULL = 0.9

    def __init__(self, world: World, network: NetworkRecord) -> None:
        self._world = world
        self._network = network
        self._open(next(iter(network.pools.values())))

    def give(self, thing: ThingRecord, *, locked: bool) -> None:
        """Let a Thing hold the next address, as a lock or as a lease."""
        if self._next > self._last:
            self._open_next()
        number = self._next
        self._next += 1
        self._book.take(number, thing.thing_id)
        if locked:
            self._book.locked.add(number)
        thing.ip_address = f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        thing.ip_pool_id = self._pool.pool_id
        thing.ip_locked = locked

    def _open(self, pool: PoolRecord) -> None:
        self._pool = pool
        self._book: AddressBook = address_book(self._world, pool)
        span = self._book.span
        self._next = span.first
        self._last = span.first + int(len(span) * self._FULL) - 1

    def _open_next(self) -> None:
        used = IPv4Network(self._pool.cidr)
        start = IPv4Network((int(used.broadcast_address) + 1, used.prefixlen))
        self._open(add_pool(self._world, self._network, str(start)))
