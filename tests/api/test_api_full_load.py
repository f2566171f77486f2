from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from contextlib import aclosing

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.api.full_load import Chunk, load_all
from simtui.api.raw_page import RawPage
from simtui.errors import NotFound, ServerFault
from simtui.models import Thing


def thing(number: int, version: int = 1) -> Thing:
    return Thing(f"t_{number:04}", f"89{number:017}", "ACTIVE", version)


class ListServer:
    """A sorted list that ``meddle`` may change before each answer.

    Requests after the first ``answers`` hang for ever.
    """

    def __init__(self, count: int, meddle: Callable[[ListServer], None] | None = None) -> None:
        self.rows: list[Thing | None] = [thing(number * 10) for number in range(count)]
        self.always = set(self.rows)
        self.meddle = meddle or (lambda server: None)
        self.asked: list[tuple[int, int]] = []
        self.answered = self.running = self.most_running = 0
        self.largest = 500
        self.answers = 10_000
        self.delay: Callable[[int], int] = lambda number: 0

    async def fetch(self, offset: int, limit: int) -> RawPage[Thing]:
        self.asked.append((offset, limit))
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            if len(self.asked) > self.answers:
                await asyncio.Event().wait()
            for _ in range(1 + self.delay(len(self.asked))):
                await asyncio.sleep(0)
            self.meddle(self)
            self.answered += 1
            limit = min(limit, self.largest)
            rows = tuple(self.rows[offset : offset + limit])
            return RawPage(rows, offset, limit, len(self.rows))
        finally:
            self.running -= 1

    def remove(self, place: int) -> None:
        if self.rows:
            self.always.discard(self.rows.pop(place % len(self.rows)))

    def insert(self, place: int) -> None:
        """A new one between two neighbours, or at the end."""
        place %= len(self.rows) + 1
        before = int(self.rows[place - 1].thing_id[2:]) if place else -10
        after = int(self.rows[place].thing_id[2:]) if place < len(self.rows) else before + 20
        if after - before > 1:
            self.rows.insert(place, thing((before + after) // 2))

    def append(self) -> None:
        self.insert(len(self.rows))


async def load(server: ListServer, **options: int) -> list[Chunk]:
    return [chunk async for chunk in load_all(server.fetch, **options)]


def ids_of(chunks: list[Chunk]) -> list[str]:
    return [thing.thing_id for chunk in chunks for thing in chunk.things]


def check_complete(server: ListServer, chunks: list[Chunk]) -> None:
    last = chunks[-1]
    assert last.complete
    there = {row.thing_id for row in server.rows}
    assert set(ids_of(chunks)) - set(last.gone) == there
    assert last.loaded == last.total == len(there)


@pytest.mark.parametrize("count", [0, 1, 2, 9, 10, 11, 19, 20, 21, 100, 101])
async def test_a_quiet_list_is_read_once(count) -> None:
    server = ListServer(count)
    chunks = await load(server, limit=10)
    check_complete(server, chunks)
    assert sorted(ids_of(chunks)) == [row.thing_id for row in server.rows]
    assert len(server.asked) <= max(1, -(-(count - 1) // 9))
    assert not any(chunk.complete for chunk in chunks[:-1])
    assert [chunk.loaded for chunk in chunks] == sorted(chunk.loaded for chunk in chunks)
    assert chunks[0].total == count


async def test_eight_at_once_after_the_first_and_no_more() -> None:
    server = ListServer(400)
    server.delay = lambda number: 3
    await load(server, limit=10)
    assert server.most_running == 8


async def test_pages_come_in_the_order_of_arrival_after_the_first() -> None:
    server = ListServer(40)
    server.delay = lambda number: 30 if number == 2 else 0
    chunks = await load(server, limit=10)
    firsts = [chunk.things[0].thing_id for chunk in chunks if chunk.things]
    assert firsts[0] == "t_0000"
    assert firsts[-1] == "t_0100"
    check_complete(server, chunks)


async def test_things_that_are_added_at_the_end_meanwhile_are_found() -> None:
    added = 0

    def meddle(server: ListServer) -> None:
        nonlocal added
        if added < 25:
            added += 1
            server.append()

    server = ListServer(95, meddle)
    check_complete(server, await load(server, limit=10))


async def test_one_more_at_the_end_costs_one_more_request() -> None:
    def meddle(server: ListServer) -> None:
        if server.answered == 10:
            server.append()

    server = ListServer(95, meddle)
    server.delay = lambda number: 20 if number == 5 else 0  # the end is read before it grows
    check_complete(server, await load(server, limit=10))
    assert len(server.asked) == 12


async def test_one_that_is_removed_meanwhile_leaves_no_hole_and_is_told() -> None:
    def meddle(server: ListServer) -> None:
        if server.answered == 4:
            server.remove(0)

    server = ListServer(100, meddle)
    chunks = await load(server, limit=10)
    check_complete(server, chunks)
    assert chunks[-1].gone == ("t_0000",)


async def test_a_changed_thing_comes_again_and_an_unchanged_one_does_not() -> None:
    def meddle(server: ListServer) -> None:
        if server.answered == 2:
            server.remove(5)
            server.rows[0] = thing(0, version=2)

    server = ListServer(30, meddle)
    chunks = await load(server, limit=10)
    versions = [(t.thing_id, t.version) for chunk in chunks for t in chunk.things]
    assert len(versions) == len(set(versions))
    assert ("t_0000", 2) in versions


async def test_a_server_that_allows_smaller_pages_than_asked_for() -> None:
    server = ListServer(100)
    server.largest = 10
    check_complete(server, await load(server, limit=500))


@pytest.mark.parametrize("largest", [0, 1])
async def test_a_server_whose_pages_cannot_overlap_is_given_up_on_openly(largest) -> None:
    server = ListServer(50)
    server.largest = largest
    chunks = await load(server)
    assert not chunks[-1].complete
    assert len(server.asked) <= 3


async def test_a_server_that_ignores_the_offset_is_incomplete_and_ends() -> None:
    server = ListServer(50)

    async def fetch(offset: int, limit: int) -> RawPage[Thing]:
        return await server.fetch(0, limit)

    chunks = [chunk async for chunk in load_all(fetch, limit=10)]
    assert not chunks[-1].complete
    assert chunks[-1].loaded == 10


async def test_rows_that_cannot_be_read_are_counted_and_do_not_make_it_incomplete() -> None:
    server = ListServer(30)
    server.rows[9] = server.rows[4] = server.rows[29] = None
    chunks = await load(server, limit=10)
    assert chunks[-1].complete
    assert chunks[-1].unreadable == 3
    assert chunks[-1].loaded == 27
    assert len(server.asked) == 4


async def test_an_endless_change_ends_and_says_so() -> None:
    server = ListServer(100, lambda server: (server.remove(0), server.append()))
    chunks = await load(server, limit=10)
    assert not chunks[-1].complete
    assert len(server.asked) < 400


async def test_an_error_comes_after_what_arrived_and_cancels_the_rest() -> None:
    server = ListServer(200)

    async def fetch(offset: int, limit: int) -> RawPage[Thing]:
        if offset == 18:
            raise ServerFault("Could not load the Things")
        return await server.fetch(offset, limit)

    taken = []
    with pytest.raises(ServerFault):
        async for chunk in load_all(fetch, limit=10):
            taken.append(chunk)
    assert len(taken) >= 1
    assert server.running == 0


async def test_several_errors_at_once_are_one_error() -> None:
    server = ListServer(200)

    async def fetch(offset: int, limit: int) -> RawPage[Thing]:
        if offset:
            raise NotFound("Could not load the Things")
        return await server.fetch(offset, limit)

    complaints = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, ctx: complaints.append(ctx))
    with pytest.raises(NotFound):
        [chunk async for chunk in load_all(fetch, limit=10)]
    gc.collect()
    assert complaints == []


async def test_closing_it_cancels_what_is_in_flight() -> None:
    server = ListServer(500)
    server.answers = 4
    async with aclosing(load_all(server.fetch, limit=10)) as chunks:
        await anext(chunks)
        await anext(chunks)
        assert server.running > 0
    assert server.running == 0


async def test_cancelling_the_reader_cancels_what_is_in_flight() -> None:
    server = ListServer(500)
    server.answers = 1
    reading = asyncio.create_task(load(server, limit=10))
    while server.running < 8:  # noqa: ASYNC110
        await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert server.running == 0


changes = st.tuples(st.sampled_from(["remove", "insert", "append"]), st.integers(0, 10**6))
delays = st.lists(st.integers(0, 12), min_size=1, max_size=20)


def scripted(count: int, script: list[list[tuple[str, int]]], waits: list[int]) -> ListServer:
    """A list that changes by the script, one entry before each of the first answers."""
    pending = [list(entry) for entry in script]

    def meddle(server: ListServer) -> None:
        for name, place in pending.pop(0) if pending else ():
            getattr(server, name)(*(() if name == "append" else (place,)))

    server = ListServer(count, meddle)
    server.delay = lambda number: waits[number % len(waits)]
    return server


@settings(deadline=None, max_examples=100)
@given(
    count=st.integers(0, 120),
    script=st.lists(st.lists(changes, max_size=4), max_size=12),
    limit=st.integers(2, 40),
    waits=delays,
)
def test_what_changes_for_a_while_ends_up_exact(count, script, limit, waits) -> None:
    server = scripted(count, script, waits)
    chunks = asyncio.run(load(server, limit=limit))
    seen = [(t.thing_id, t.version) for chunk in chunks for t in chunk.things]
    assert len(seen) == len(set(seen)), "no duplicates"
    if chunks[-1].complete:
        present_throughout = {row.thing_id for row in server.always}
        found = set(ids_of(chunks)) - set(chunks[-1].gone)
        assert present_throughout <= found, "no holes"


@settings(deadline=None, max_examples=100)
@given(
    count=st.integers(30, 120),
    script=st.lists(st.lists(changes, max_size=3), max_size=5),
    waits=delays,
)
def test_a_short_unrest_is_always_overcome(count, script, waits) -> None:
    """The changes end within the first pass: then a later one must be exact."""
    server = scripted(count, script, waits)
    chunks = asyncio.run(load(server, limit=8))
    assert chunks[-1].complete
    found = set(ids_of(chunks)) - set(chunks[-1].gone)
    assert {row.thing_id for row in server.always} <= found
    assert len(found) == len(server.rows)


async def test_the_client_loads_everything_oldest_first(api, thing_json, page_json) -> None:
    fleet = [thing_json(number) for number in range(1203)]

    def handler(request: httpx.Request) -> httpx.Response:
        offset, limit = (int(request.url.params[name]) for name in ("offset", "limit"))
        rows = fleet[offset : offset + limit]
        return httpx.Response(
            200, json=page_json(rows, offset=offset, limit=limit, total=len(fleet))
        )

    api.handler = handler
    chunks = [chunk async for chunk in api.client().all_things()]
    assert len(set(ids_of(chunks))) == len(ids_of(chunks)) == 1203
    assert chunks[-1].complete
    assert {request.url.params["sort"] for request in api.requests} == {"createdAt"}
    assert [int(request.url.params["offset"]) for request in api.requests] == [0, 499, 998]
