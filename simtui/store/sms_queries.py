"""The questions about messages (contract §3.8). Ages are seconds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from simtui.models import Sms, SmsStatus
from simtui.store import subjects
from simtui.store.query import ReadQuery
from simtui.store.thing_queries import OfThing

if TYPE_CHECKING:
    from simtui.store.source import Source

T = TypeVar("T")

CONVERSATION: Final = 200
"""Messages of a conversation that are read, the newest ones."""
FAILED_SPAN: Final = timedelta(days=7)
"""How far back messages are listed that did not arrive."""
BATCH: Final = 1000
"""Messages of one operation up to which each of them is read."""
_PAGE: Final = 500
OTHERS: Final = "of another status"
"""What messages are counted as whose status the contract does not know."""
FOLLOWED_EVERY: Final = 5.0
"""Seconds between two looks at messages that somebody waits for."""


@dataclass(frozen=True, slots=True)
class ConversationQuery(OfThing[tuple[Sms, ...]]):
    """The messages to and from a Thing, newest first; looked at often, as delivery is followed."""

    max_age = FOLLOWED_EVERY

    @property
    def subjects(self) -> frozenset[str]:
        """This Thing, and the messages."""
        return frozenset({subjects.SMS, subjects.thing_subject(self.thing_id)})

    async def fetch(self, source: Source, now: datetime) -> tuple[Sms, ...]:
        """Read them."""
        return tuple(await source.thing_sms(self.thing_id, CONVERSATION))


@dataclass(frozen=True, slots=True)
class OfMessages(ReadQuery[T]):
    """A question about messages of any Thing."""

    @property
    def subjects(self) -> frozenset[str]:
        """The messages."""
        return frozenset({subjects.SMS})


@dataclass(frozen=True, slots=True)
class SmsQuery(OfMessages[Sms]):
    """One message."""

    sms_id: str
    max_age = FOLLOWED_EVERY

    async def fetch(self, source: Source, now: datetime) -> Sms:
        """Read it."""
        return await source.sms(self.sms_id)


@dataclass(frozen=True, slots=True)
class Messages:
    """Messages, newest first, and how many more there are that were not read."""

    items: tuple[Sms, ...]
    unread: int = 0


@dataclass(frozen=True, slots=True)
class OpenSmsQuery(OfMessages[Messages]):
    """Everything pending, and what did not arrive in the last 7 days: one request a status."""

    max_age = 15.0

    async def fetch(self, source: Source, now: datetime) -> Messages:
        """Read them."""
        found: dict[str, Sms] = {}
        unread = 0
        for status in (*SmsStatus.PENDING, *SmsStatus.UNDELIVERED):
            since = now - FAILED_SPAN if status in SmsStatus.UNDELIVERED else None
            page = await source.sms_page(status=status, since=since)
            found |= {sms.sms_id: sms for sms in page.items}  # it may have gone on meanwhile
            unread += max(page.total - len(page.items), 0)
        return Messages(_newest_first(found.values()), unread)


@dataclass(frozen=True, slots=True)
class LatestSmsQuery(OfMessages[Messages]):
    """The latest messages of the account, both ways, in one request."""

    max_age = 15.0

    async def fetch(self, source: Source, now: datetime) -> Messages:
        """Read them."""
        page = await source.sms_page()
        return Messages(page.items, max(page.total - len(page.items), 0))


@dataclass(frozen=True, slots=True)
class Batch:
    """The messages of one operation: how many by status, and those that were read."""

    counts: Mapping[str, int] = field(default_factory=dict)
    items: tuple[Sms, ...] = ()

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def pending(self) -> int:
        """How many of them are on their way."""
        return sum(self.counts.get(status, 0) for status in SmsStatus.PENDING)


@dataclass(frozen=True, slots=True)
class BatchQuery(OfMessages[Batch]):
    """The messages with a reference. Of more than ``BATCH`` only the numbers are read, and
    the newest of those that did not arrive."""

    reference: str
    max_age = FOLLOWED_EVERY

    async def fetch(self, source: Source, now: datetime) -> Batch:
        """Read them."""
        first = await source.sms_page(reference=self.reference, limit=_PAGE)
        if first.total <= len(first.items):
            return _counted(first.items)
        if first.total <= BATCH:
            return _counted(tuple(await source.all_sms(reference=self.reference)))
        return await self._numbers(source, first.total)

    async def _numbers(self, source: Source, total: int) -> Batch:
        counts: dict[str, int] = {}
        shown: list[Sms] = []
        for status in SmsStatus.ALL:
            most = _PAGE if status in SmsStatus.UNDELIVERED else 1
            page = await source.sms_page(status=status, reference=self.reference, limit=most)
            if page.total:
                counts[status] = page.total
            if status in SmsStatus.UNDELIVERED:
                shown += page.items
        if (others := total - sum(counts.values())) > 0:
            counts[OTHERS] = others
        return Batch(counts, _newest_first(shown))


@dataclass(frozen=True, slots=True)
class WithReferenceQuery(OfMessages[tuple[Sms, ...]]):
    """Every message with a reference, newest first."""

    reference: str
    polled = False

    async def fetch(self, source: Source, now: datetime) -> tuple[Sms, ...]:
        """Read them."""
        return tuple(await source.all_sms(reference=self.reference))


@dataclass(frozen=True, slots=True)
class SentLatelyQuery(OfMessages[tuple[Sms, ...]]):
    """What was sent to Things within the last hour; to one of them, or to any."""

    thing_id: str = ""
    polled = False
    max_age = 10.0

    async def fetch(self, source: Source, now: datetime) -> tuple[Sms, ...]:
        """Read them."""
        since = now - LATELY
        if not self.thing_id:
            return tuple(await source.all_sms(direction="MT", since=since))
        found = await source.thing_sms(self.thing_id, CONVERSATION)
        return tuple(
            sms
            for sms in found
            if sms.direction == "MT" and (sms.submitted_at is None or sms.submitted_at >= since)
        )


LATELY: Final = timedelta(hours=1)
"""Within what time the same text to the same Thing is asked about first."""


def _counted(items: tuple[Sms, ...]) -> Batch:
    counts: dict[str, int] = {}
    for sms in items:
        counts[sms.status] = counts.get(sms.status, 0) + 1
    return Batch(counts, items)


def _newest_first(found: Collection[Sms]) -> tuple[Sms, ...]:
    told = [sms for sms in found if sms.submitted_at is not None]
    told.sort(key=lambda sms: sms.submitted_at, reverse=True)  # type: ignore[arg-type, return-value]
    return (*told, *(sms for sms in found if sms.submitted_at is None))
