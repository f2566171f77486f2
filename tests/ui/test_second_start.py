"""The second start shows the last known fleet at once, works with the API down, and recovers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from textual.pilot import Pilot

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.sandbox.server import LiveServer
from simtui.store.snapshot import SnapshotFile
from simtui.ui.app import SimtuiApp
from simtui.ui.screens.thing import ThingPage
from simtui.ui.widgets.fleet_table import FleetTable
from tests.ui.app_bench import Bench, is_loaded, lines, screen_text, type_at_once, until

TWO_HOURS = 7200
Damage = Callable[[bytes], bytes]


def rows(app: SimtuiApp) -> int:
    return len(app.screen.query_one(FleetTable)._keys)


@pytest.fixture
async def known(bench: Bench) -> Bench:
    """A bench whose fleet was seen two hours ago."""
    bench.keep_snapshot()
    async with bench.running() as (app, _):
        assert is_loaded(app)
    bench.cable.asked.clear()
    bench.clock.advance(TWO_HOURS)
    return bench


def snapshot_of(bench: Bench) -> SnapshotFile:
    assert bench.snapshot is not None
    return bench.snapshot


async def test_the_end_of_a_run_saves_the_fleet(known: Bench) -> None:
    file = snapshot_of(known).path
    assert file.exists()
    assert file.stat().st_mode & 0o077 == 0


async def test_rows_are_painted_before_anything_is_sent(known: Bench) -> None:
    known.gate = asyncio.Event()
    async with known.running(loaded=False) as (app, pilot):
        await until(pilot, lambda: "active" in screen_text(app))
        assert rows(app) == 60
        assert "2h ago" in lines(app)[0]
        assert known.cable.asked == []
        type_at_once(app, "/pump\r")
        await until(pilot, lambda: 0 < rows(app) < 60)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ThingPage)
        assert known.cable.asked == []
        known.gate.set()
        await until(pilot, lambda: is_loaded(app))
        assert "now" in lines(app)[0]


async def test_a_start_with_the_api_down_shows_the_fleet_with_its_age(known: Bench) -> None:
    known.cable.cut()
    async with known.running(loaded=False) as (app, pilot):
        await until(pilot, lambda: "✗" in lines(app)[-1])
        assert rows(app) == 60
        assert "offline" in lines(app)[0]
        assert "2h ago" in lines(app)[0]
        await pilot.press("enter")
        await pilot.pause()
        assert "Identity" in screen_text(app)


async def test_it_recovers_by_itself_when_the_api_returns(known: Bench) -> None:
    known.cable.cut()
    async with known.running(loaded=False) as (app, pilot):
        await until(pilot, lambda: "offline" in lines(app)[0])
        for _ in range(3):
            before = len(known.cable.asked)
            known.clock.advance(60)
            await until(pilot, lambda: len(known.cable.asked) > before)  # noqa: B023
        assert "offline" in lines(app)[0]
        known.cable.mend()
        known.clock.advance(60)
        await until(pilot, lambda: is_loaded(app))
        assert "offline" not in lines(app)[0]
        assert "now" in lines(app)[0]
        assert "✗" not in lines(app)[-1]
        assert rows(app) == 60


async def test_an_outage_in_the_middle_of_a_run_is_told_and_gets_over(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        bench.cable.cut()
        bench.clock.advance(40)
        await until(pilot, lambda: "offline" in lines(app)[0])
        assert "40s ago" in lines(app)[0]
        assert rows(app) == 60
        bench.cable.mend()
        bench.clock.advance(10)
        await until(pilot, lambda: is_loaded(app))
        assert "offline" not in lines(app)[0]


async def test_what_changed_meanwhile_is_there_after_the_second_start(known: Bench) -> None:
    gone, renamed, *_ = known.world.things.values()
    known.world.remove_thing(gone)
    renamed.name = "renamed-meanwhile"
    renamed.version += 1
    async with known.running() as (app, _):
        assert rows(app) == 59
        assert app.feed.thing(gone.thing_id) is None
        assert app.feed.thing(renamed.thing_id).name == "renamed-meanwhile"


async def test_offline_all_the_time_keeps_the_snapshot(known: Bench) -> None:
    known.cable.cut()
    before = snapshot_of(known).path.read_bytes()
    async with known.running(loaded=False) as (app, pilot):
        await until(pilot, lambda: "offline" in lines(app)[0])
    assert snapshot_of(known).path.read_bytes() == before


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def one_line_spoilt(content: bytes) -> bytes:
    *first, last, end, rest = content.split(b"\n")
    return b"\n".join([*first, last[: len(last) // 2], end, rest])


def of_the_future(content: bytes) -> bytes:
    assert b'"format":' in content
    return content.replace(b'"format":', b'"format":9', 1)


def of_nothing(content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [cut_short, one_line_spoilt, of_the_future, of_nothing])
async def test_a_damaged_snapshot_is_set_aside_and_said(known: Bench, damage: Damage) -> None:
    file = snapshot_of(known).path
    broken = damage(file.read_bytes())
    file.write_bytes(broken)
    known.gate = asyncio.Event()
    async with known.running(loaded=False) as (app, pilot):
        await until(pilot, lambda: "The saved fleet cannot be used" in lines(app)[-1])
        aside = file.with_name(f"{file.name}.set-aside-1")
        assert aside.read_bytes() == broken
        await pilot.press("exclamation_mark")
        await pilot.pause()
        assert aside.name in "".join(part.strip(" │") for part in lines(app))
        await pilot.press("escape")
        known.gate.set()
        await until(pilot, lambda: is_loaded(app))
        assert rows(app) == 60


async def test_the_snapshot_of_another_account_is_not_shown(known: Bench) -> None:
    other = known.credentials.of("READ_ONLY").client_id
    file = snapshot_of(known)
    known.snapshot = SnapshotFile(file.path, type(file.identity)("prod", "https://other", other))
    known.gate = asyncio.Event()
    async with known.running(loaded=False) as (app, pilot):
        await until(pilot, lambda: "The saved fleet cannot be used" in lines(app)[-1])
        assert rows(app) == 0


class OnTheLoopback(Bench):
    """The same over a true socket."""

    async def open_client(self) -> Client:
        return Client(self.endpoint, clock=self.clock, sleep=self._no_sleep)


async def heard(app: SimtuiApp, pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for the network, not for the time: until the feed says something that fits."""
    news = asyncio.Event()
    unlisten = app.feed.listen(lambda _: news.set())
    async with asyncio.timeout(60):
        while not condition():
            await news.wait()
            news.clear()
    unlisten()
    await pilot.pause()


async def test_over_a_true_socket_the_server_may_die_and_return(bench: Bench) -> None:
    bench = OnTheLoopback(bench.world, bench.faults, bench.clock, bench.paths, bench.credentials)
    first = LiveServer(bench.world)
    told = first.endpoint
    bench.endpoint = Endpoint(told.base_url, told.token_url, told.client_id, told.client_secret)
    app = bench.app()
    with ExitStack() as running:
        running.enter_context(first)
        async with app.run_test(size=(80, 24)) as pilot:
            await heard(app, pilot, lambda: is_loaded(app))
            await asyncio.to_thread(running.close)
            bench.clock.advance(40)
            await heard(app, pilot, lambda: app.feed.entry.error is not None)
            assert "offline" in lines(app)[0]
            assert "Nothing listens at 127.0.0.1" in lines(app)[-1]
            assert rows(app) == 60
            port = urlsplit(told.base_url).port
            with LiveServer(bench.world, port=port):
                bench.clock.advance(60)
                await heard(app, pilot, lambda: is_loaded(app))
                assert "offline" not in lines(app)[0]
                assert rows(app) == 60
