"""A clock that stands still, a client that answers when it is told to, and Things."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simtui.models import Account, Page, Thing
from simtui.models.bulk import Target
from simtui.store.operation import Assignment
from simtui.store.store import Store
from tests.store.sms_town import RESET, Town

START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class FakeClock:
    """Moves only by `advance`, which also wakes whoever sleeps on it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return 1000.0 + self.seconds

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.seconds + seconds, woken))
        await woken

    @property
    def sleeping(self) -> list[float]:
        """How long each sleeper still sleeps."""
        return [at - self.seconds for at, woken in self._sleepers if not woken.done()]

    async def advance(self, seconds: float) -> None:
        """Let time pass, stopping at every moment somebody wanted to be woken."""
        end = self.seconds + seconds
        await settle()
        while due := [at for at, woken in self._sleepers if not woken.done() and at <= end]:
            self.seconds = max(self.seconds, min(due))
            for at, woken in self._sleepers:
                if at <= self.seconds and not woken.done():
                    woken.set_result(None)
            await settle()
        self.seconds = max(self.seconds, end)
        await settle()


async def settle() -> None:
    """Let everything run that can run without time passing."""
    for _ in range(40):
        await asyncio.sleep(0)


@dataclass(frozen=True)
class FakeChunk:
    things: tuple[Thing, ...]
    loaded: int
    total: int
    complete: bool = False
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class FakeQuota:
    share: float | None
    reset_at: datetime | None = None


@dataclass
class FakeSource:
    """Answers from ``answers``; a method in ``held`` waits for its future in ``pending``.

    ``pages`` is what a full load yields: tuples of Things, errors to raise, or
    callables to call on the way.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    pages: list[Any] = field(default_factory=list)
    total: int | None = None
    complete: bool = True
    gone: tuple[str, ...] = ()
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    pending: dict[str, list[asyncio.Future[Any]]] = field(default_factory=lambda: defaultdict(list))
    on_quota: Callable[[Any], None] | None = None
    closed: bool = False

    def count(self, name: str) -> int:
        return sum(1 for call in self.calls if call[0] == name)

    def last(self, name: str) -> tuple[Any, ...]:
        return [call for call in self.calls if call[0] == name][-1][1:]

    async def all_things(self) -> AsyncGenerator[FakeChunk, None]:
        self.calls.append(("all_things",))
        total = self.total
        if total is None:
            total = sum(len(page) for page in self.pages if isinstance(page, tuple))
        loaded = 0
        for page in list(self.pages):
            if callable(page):
                page = page()
            if isinstance(page, Awaitable):
                page = await page
            if isinstance(page, Exception):
                raise page
            if page is not None:
                loaded += len(page)
                yield FakeChunk(page, loaded, total)
        yield FakeChunk((), loaded, total, self.complete, self.gone)

    async def things(self, query: Any) -> Any:
        if "things" in self.answers:
            return await self._answer("things", query)
        self.calls.append(("things", query))
        things = [thing for page in self.pages if isinstance(page, tuple) for thing in page]
        if query.iccids:
            things = [thing for thing in things if thing.iccid in query.iccids]
        if query.sort == ("-modified_at",):
            things.sort(key=lambda thing: thing.iccid)
            things.sort(key=lambda thing: thing.modified_at or START, reverse=True)
        page = things[query.offset : query.offset + query.limit]
        return Page(tuple(page), query.offset, query.limit, len(things))

    async def close(self) -> None:
        self.closed = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)

        async def call(*args: Any, **options: Any) -> Any:
            return await self._answer(name, *args, **options)

        return call

    async def _answer(self, name: str, *args: Any, **options: Any) -> Any:
        self.calls.append((name, *args, *options.items()))
        if name in self.held:
            future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            self.pending[name].append(future)
            return await future
        answer = self.answers[name]
        if callable(answer):
            answer = answer(*args)
        if isinstance(answer, Exception):
            raise answer
        return answer


def make_thing(number: int, **fields: Any) -> Thing:
    given = {
        "thing_id": f"t_{number}",
        "iccid": f"8931086{number:012d}",
        "state": "ACTIVE",
        "version": 1,
        "name": f"pump-{number}",
    }
    return Thing(**(given | fields))


@dataclass
class Seen:
    """A watcher that remembers every entry it was told."""

    entries: list[Any] = field(default_factory=list)

    def __call__(self, entry: Any) -> None:
        self.entries.append(entry)

    @property
    def last(self) -> Any:
        return self.entries[-1]

    @property
    def values(self) -> list[Any]:
        return [entry.value for entry in self.entries]


@pytest.fixture
def thing() -> Callable[..., Thing]:
    return make_thing


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def source() -> FakeSource:
    return FakeSource(answers={"account": Account("a_1"), "groups": ()})


@pytest.fixture
def seen() -> type[Seen]:
    return Seen


@pytest.fixture
def quota() -> type[FakeQuota]:
    return FakeQuota


@pytest.fixture(name="settle")
def settle_fixture() -> Callable[[], Awaitable[None]]:
    return settle


@pytest.fixture
async def store(clock: FakeClock) -> AsyncIterator[Store]:
    """A store without a snapshot, not connected yet."""
    store = Store(clock=clock, sleep=clock.sleep)
    yield store
    await store.close()


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """A store on an account of the sandbox whose Things can have messages."""
    town = Town()
    yield town
    await town.store.close()


@pytest.fixture
def one_message() -> Assignment:
    """A text to one Thing, as it was confirmed."""
    return Assignment(RESET, (make_thing(1),), Target(("t_1",)), 1, "Send it", "pump-1")
