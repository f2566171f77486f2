"""Everything the sandbox knows, in one value that operations are functions of."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from types import MappingProxyType
from typing import Any, TypeVar, cast

from simtui.sandbox.address_book import AddressBook
from simtui.sandbox.agenda import Agenda
from simtui.sandbox.billing.ledger import Ledger
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.records import (
    AuditRecord,
    EventRecord,
    GroupRecord,
    IpProfileRecord,
    JobRecord,
    NetworkRecord,
    SmsRecord,
    ThingRecord,
    UserRecord,
)

T = TypeVar("T")

MOST_KEPT = 32
"""Results of work over the whole fleet that ``World.remembered`` holds at a time."""


@dataclass(slots=True)
class World:
    """One account and its fleet.

    ``things`` stands in the order of ``created_at``. ``revision`` grows with every
    change of a Thing, so that sorted and filtered orders can be kept until then.
    ``addresses`` has an address book a pool id; ``counted`` is the last count of Things
    by group and state, with its revision.
    ``failing_targets`` is how many of the next targets of bulk actions fail.
    ``kept`` holds what ``remembered`` remembers, the latest last.
    ``ledgers`` are the books of closed billing cycles, by cycle.
    All chance comes from ``random``, all time from ``clock``.
    """

    clock: WorldClock
    random: Random
    account_id: str = "acc_1"
    account_name: str = "Example Utilities B.V."
    currency: str = "EUR"
    time_zone: str = "Europe/Amsterdam"
    things: dict[str, ThingRecord] = field(default_factory=dict)
    by_iccid: dict[str, ThingRecord] = field(default_factory=dict)
    groups: dict[str, GroupRecord] = field(default_factory=dict)
    networks: dict[str, NetworkRecord] = field(default_factory=dict)
    ip_profiles: dict[str, IpProfileRecord] = field(default_factory=dict)
    users: dict[str, UserRecord] = field(default_factory=dict)
    sms: dict[str, SmsRecord] = field(default_factory=dict)
    jobs: dict[str, JobRecord] = field(default_factory=dict)
    events: list[EventRecord] = field(default_factory=list)
    audit: list[AuditRecord] = field(default_factory=list)
    agenda: Agenda = field(default_factory=Agenda)
    revision: int = 0
    addresses: dict[str, AddressBook] = field(default_factory=dict)
    counted: tuple[int, Mapping[tuple[str, str], int]] = (-1, MappingProxyType({}))
    failing_targets: int = 0
    kept: dict[Hashable, tuple[int, Any]] = field(default_factory=dict)
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    _ids: dict[str, int] = field(default_factory=dict)

    def new_id(self, prefix: str) -> str:
        """An id that was never used: ``g_7`` (contract §1, Names)."""
        number = self._ids.get(prefix, 0) + 1
        self._ids[prefix] = number
        return f"{prefix}_{number}"

    def reserve_ids(self, prefix: str, count: int) -> range:
        """The numbers of ``count`` new ids at once, for whoever makes many of them."""
        first = self._ids.get(prefix, 0) + 1
        self._ids[prefix] = first + count - 1
        return range(first, first + count)

    def add_thing(self, thing: ThingRecord) -> None:
        """Let a new Thing into the account."""
        self.things[thing.thing_id] = thing
        self.by_iccid[thing.iccid] = thing
        self.revision += 1

    def remove_thing(self, thing: ThingRecord) -> None:
        """Let a Thing go that holds no address any more.

        Its device is dead for whoever in the world still looks after it.
        """
        thing.silent = True
        thing.state = "RETIRED"
        del self.things[thing.thing_id]
        del self.by_iccid[thing.iccid]
        self.revision += 1

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives for ``key``, made once for a revision of the fleet."""
        revision, result = self.kept.pop(key, (-1, None))
        if revision != self.revision:
            result = make()
        self.kept[key] = (self.revision, result)
        if len(self.kept) > MOST_KEPT:
            del self.kept[next(iter(self.kept))]
        return cast(T, result)

    def catch_up(self) -> datetime:
        """Let everything happen that is due by now, and say when now is."""
        now = self.clock.now()
        self.agenda.run_until(now)
        return now

    def touch(self, thing: ThingRecord, now: datetime, by: str) -> None:
        """Count a change of a Thing's own settings: version, time and author."""
        thing.version += 1
        thing.modified_at = now
        thing.modified_by = by
        self.revision += 1
