"""The questions about one Thing. Ages are seconds; EXT ones may be absent (contract §2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from simtui.models import (
    DataQuota,
    Event,
    ImeiHistoryEntry,
    Session,
    Sms,
    StateHistoryEntry,
    Thing,
    UsagePoint,
)
from simtui.store import subjects
from simtui.store.query import ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source

T = TypeVar("T")

LATEST: Final = 50
"""How many of the newest SMS or events are read."""
SESSIONS_SPAN: Final = timedelta(days=7)
USAGE_SPAN: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OfThing(ReadQuery[T]):
    """A question about the Thing with this id."""

    thing_id: str

    @property
    def subjects(self) -> frozenset[str]:
        """This Thing, and all of them at once."""
        return frozenset({subjects.THINGS, subjects.thing_subject(self.thing_id)})


@dataclass(frozen=True, slots=True)
class ThingQuery(OfThing[Thing]):
    """The Thing itself."""

    max_age = 10.0

    async def fetch(self, source: Source, now: datetime) -> Thing:
        """Read it."""
        return await source.thing(self.thing_id)

    def things(self, value: Thing) -> Iterable[Thing]:
        """The Thing."""
        return (value,)

    def gone_thing(self) -> str | None:
        """This Thing."""
        return self.thing_id


@dataclass(frozen=True, slots=True)
class ThingByIccidQuery(ReadQuery[Thing]):
    """The Thing with this ICCID; whole, as a person copied it from a card or a list."""

    iccid: str
    max_age = 10.0

    @property
    def subjects(self) -> frozenset[str]:
        """Any Thing: which one is not known by ``thing_id``."""
        return frozenset({subjects.FLEET, subjects.THINGS})

    async def fetch(self, source: Source, now: datetime) -> Thing:
        """Read it."""
        return await source.thing_by_iccid(self.iccid)

    def things(self, value: Thing) -> Iterable[Thing]:
        """The Thing."""
        return (value,)


@dataclass(frozen=True, slots=True)
class ThingJsonQuery(OfThing[str]):
    """The Thing in the server's own words, as JSON text."""

    polled = False
    max_age = 10.0

    async def fetch(self, source: Source, now: datetime) -> str:
        """Read it."""
        return await source.thing_json(self.thing_id)

    def gone_thing(self) -> str | None:
        """This Thing."""
        return self.thing_id


@dataclass(frozen=True, slots=True)
class SessionQuery(OfThing[Session]):
    """Its data session now (EXT)."""

    max_age = 10.0

    async def fetch(self, source: Source, now: datetime) -> Session:
        """Read it."""
        return await source.session(self.thing_id)


@dataclass(frozen=True, slots=True)
class SessionsQuery(OfThing[tuple[Session, ...]]):
    """Its data sessions of the last 7 days (EXT)."""

    max_age = 60.0

    async def fetch(self, source: Source, now: datetime) -> tuple[Session, ...]:
        """Read them."""
        return tuple(await source.sessions(self.thing_id, now - SESSIONS_SPAN, now))


@dataclass(frozen=True, slots=True)
class StateHistoryQuery(OfThing[tuple[StateHistoryEntry, ...]]):
    """The lifecycle states it had."""

    polled = False
    max_age = 60.0

    async def fetch(self, source: Source, now: datetime) -> tuple[StateHistoryEntry, ...]:
        """Read them."""
        return tuple(await source.state_history(self.thing_id))


@dataclass(frozen=True, slots=True)
class ImeiHistoryQuery(OfThing[tuple[ImeiHistoryEntry, ...]]):
    """The devices the SIM was in."""

    polled = False
    max_age = 60.0

    async def fetch(self, source: Source, now: datetime) -> tuple[ImeiHistoryEntry, ...]:
        """Read them."""
        return tuple(await source.imei_history(self.thing_id))


@dataclass(frozen=True, slots=True)
class UsageQuery(OfThing[tuple[UsagePoint, ...]]):
    """Its use by day over the last 14 days (EXT)."""

    max_age = 300.0

    async def fetch(self, source: Source, now: datetime) -> tuple[UsagePoint, ...]:
        """Read it."""
        return tuple(await source.usage(self.thing_id, now - USAGE_SPAN, now, "DAY"))


@dataclass(frozen=True, slots=True)
class ThingSmsQuery(OfThing[tuple[Sms, ...]]):
    """Its latest SMS, both ways."""

    max_age = 15.0

    async def fetch(self, source: Source, now: datetime) -> tuple[Sms, ...]:
        """Read them."""
        return tuple(await source.thing_sms(self.thing_id, LATEST))


@dataclass(frozen=True, slots=True)
class DataQuotaQuery(OfThing[DataQuota]):
    """How much data it may use in the open cycle, and what it has used (EXT)."""

    polled = False
    max_age = 60.0

    async def fetch(self, source: Source, now: datetime) -> DataQuota:
        """Read it."""
        return await source.data_quota(self.thing_id)


@dataclass(frozen=True, slots=True)
class EventsQuery(OfThing[tuple[Event, ...]]):
    """What the platform last noticed about it (EXT)."""

    max_age = 30.0

    async def fetch(self, source: Source, now: datetime) -> tuple[Event, ...]:
        """Read it."""
        return tuple(await source.events(self.thing_id, LATEST))
