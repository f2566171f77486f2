"""Whatever goes wrong, the screen says what it is and what to do, and nothing is lost."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot

from simtui.api.client import Client
from simtui.errors import ConfigError
from simtui.sandbox.openapi import TOKEN_PATH
from simtui.secret import Secret
from simtui.ui.app import SimtuiApp
from simtui.ui.widgets.fleet_table import FleetTable
from tests.ui.app_bench import Bench, bench_in, is_loaded, lines, screen_text, until
from tests.ui.cable import Answer, is_page_after_the_first, refused

FLEET = 1200
"""Three pages, so that there is a middle of a load."""
PAGE = "<html><head><title>Welcome to nginx!</title></head><body>It works</body></html>"


@pytest.fixture
def long_bench(tmp_path: Path) -> Bench:
    return bench_in(tmp_path, things=FLEET)


def rows(app: SimtuiApp) -> int:
    return len(app.screen.query_one(FleetTable)._keys)


async def all_of_it(app: SimtuiApp, pilot: Pilot[None]) -> str:
    """What ``!`` shows, as one line of words."""
    await pilot.press("exclamation_mark")
    await pilot.pause()
    inside = [line.split("│") for line in lines(app)]
    text = " ".join(part[1] for part in inside if len(part) == 3)
    await pilot.press("escape")
    await pilot.pause()
    return " ".join(text.split())


async def failed(app: SimtuiApp, pilot: Pilot[None]) -> str:
    """The one line at the bottom when something has failed."""
    await until(pilot, lambda: "✗" in lines(app)[-1])
    assert lines(app)[-1].endswith("! all of it")
    assert "Traceback" not in screen_text(app)
    return lines(app)[-1]


def no_such_host(request: httpx.Request) -> httpx.Response | None:
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    raise httpx.ConnectError("Name or service not known") from unknown


def never_in_time(request: httpx.Request) -> httpx.Response | None:
    raise httpx.ConnectTimeout("")


def web_page(status: int) -> Answer:
    """Another site altogether: it has a page for every address."""
    return lambda request: httpx.Response(status, html=PAGE)


def page_behind_the_token(status: int) -> Answer:
    """The token is had, and what answers then is not the API."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        is_token = request.url.path == TOKEN_PATH
        return None if is_token else httpx.Response(status, html=PAGE, request=request)

    return answer


def another_api(request: httpx.Request) -> httpx.Response | None:
    if request.url.path == TOKEN_PATH:
        return None
    return httpx.Response(200, json={"status": "UP"}, request=request)


WRONG: dict[str, tuple[Answer, tuple[str, ...]]] = {
    "host": (no_such_host, ("sandbox.invalid", "not known (DNS)", "Check the spelling of the URL")),
    "port": (refused, ("Nothing listens at sandbox.invalid", "Check the URL in the profile")),
    "network": (never_in_time, ("No connection to sandbox.invalid in time", "VPN")),
    "token url": (web_page(404), ("token", "Welcome to nginx!", "Check token_url in the profile")),
    "token url 200": (web_page(200), ("but not with a token", "Check token_url in the profile")),
    "url": (page_behind_the_token(404), ("404", "web page", "Check base_url in the profile")),
    "url 200": (page_behind_the_token(200), ("not with the API", "Check base_url in the profile")),
    "api": (another_api, ("not in the form", "Check base_url in the profile")),
}


@pytest.mark.parametrize("what", WRONG)
async def test_a_wrong_address_is_told_apart_and_said_how_to_put_right(
    bench: Bench, what: str
) -> None:
    bench.cable.instead, words = WRONG[what]
    async with bench.running(loaded=False) as (app, pilot):
        assert "Could not load" in await failed(app, pilot) or "sign in" in lines(app)[-1]
        assert "The fleet could not be loaded." in screen_text(app)
        assert "r tries again now" in screen_text(app)
        full = await all_of_it(app, pilot)
        for word in words:
            assert word in full
        bench.cable.mend()
        await pilot.press("r")
        await until(pilot, lambda: is_loaded(app))
        assert rows(app) == 60
        assert "✗" not in lines(app)[-1]


async def test_an_empty_list_says_the_whole_reason_at_80_columns(bench: Bench) -> None:
    bench.cable.instead = page_behind_the_token(404)
    async with bench.running((80, 24), loaded=False) as (app, pilot):
        await failed(app, pilot)
        text = " ".join(screen_text(app).split())
        assert "404 with a web page titled “Welcome to nginx!”. Check base_url" in text


async def test_a_wrong_secret_is_named_and_never_shown(bench: Bench) -> None:
    bench.secret = Secret("not-the-secret-of-this-client")
    async with bench.running((200, 40), loaded=False) as (app, pilot):
        line = await failed(app, pilot)
        assert "Could not sign in" in line
        full = await all_of_it(app, pilot)
        assert "Client credentials are invalid" in full
        assert "Check client_id and client_secret in the profile" in full
        assert "not-the-secret" not in screen_text(app) + full + repr(app.last_error)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("500-html", ("500", "“500 Internal Server Error”", "on the API's side; try again")),
        ("502-html", ("502", "“502 Bad Gateway”", "on the API's side; try again")),
        ("503-retry-after", ("The service is busy", "on the API's side; try again")),
        ("not-entitled", ("not part of the project", "Add this API to the project")),
        ("not-json", ("not in the form", "Check base_url")),
        ("token-invalid-client-500", ("Client identifier is required", "Check client_id")),
    ],
)
async def test_a_server_in_trouble_is_said_and_then_forgotten(
    bench: Bench, fault: str, words: tuple[str, ...]
) -> None:
    bench.faults.switch_on(fault, {"times": None})
    async with bench.running(loaded=False) as (app, pilot):
        await failed(app, pilot)
        assert "error" in lines(app)[0]
        full = await all_of_it(app, pilot)
        for word in words:
            assert word in full
        bench.faults.switch_all_off()
        await pilot.press("r")
        await until(pilot, lambda: is_loaded(app))
        assert rows(app) == 60
        assert "error" not in lines(app)[0]
        assert "✗" not in lines(app)[-1]


@pytest.mark.parametrize("fault", ["500-html", "502-html", "503-retry-after", "not-json"])
async def test_what_fails_after_the_load_leaves_every_row_with_its_age(
    bench: Bench, fault: str
) -> None:
    async with bench.running() as (app, pilot):
        before = lines(app)[3:-1]
        bench.faults.switch_on(fault, {"times": None})
        bench.clock.advance(300)
        await pilot.press("r")
        await failed(app, pilot)
        app.page.tick()
        await pilot.pause()
        assert rows(app) == 60
        assert "error" in lines(app)[0]
        assert "5m ago" in lines(app)[0]
        assert [line[:36] for line in lines(app)[3:-1]] == [line[:36] for line in before]
        bench.faults.switch_all_off()
        await pilot.press("r")
        await until(pilot, lambda: is_loaded(app))
        assert "now" in lines(app)[0]


@pytest.mark.parametrize("fault", ["500-html", "502-html", "503-retry-after"])
async def test_one_hiccup_is_not_worth_a_word(bench: Bench, fault: str) -> None:
    bench.faults.switch_on(fault)
    async with bench.running() as (app, _):
        assert rows(app) == 60
        assert app.last_error is None


async def load_with(bench: Bench, name: str, **settings: Any) -> int:
    """Load a long fleet with a fault in the middle of it; how often a token was asked for."""

    def in_the_middle(request: httpx.Request) -> httpx.Response | None:
        if is_page_after_the_first(request) and not struck:
            struck.append(request)
            bench.faults.switch_on(name, settings)
        return None

    struck: list[httpx.Request] = []
    bench.cable.instead = in_the_middle
    async with bench.running() as (app, _):
        assert struck
        assert rows(app) == FLEET
        assert "1,200" in lines(app)[0]
        assert "✗" not in lines(app)[-1]
        assert app.last_error is None
    return sum(request.url.path == TOKEN_PATH for request in bench.cable.asked)


async def test_a_token_that_expires_in_mid_load_is_renewed_once(long_bench: Bench) -> None:
    assert await load_with(long_bench, "expire-tokens") == 2


async def test_a_429_in_mid_load_is_waited_out(long_bench: Bench) -> None:
    assert await load_with(long_bench, "quota-exceeded", seconds=20) == 1


async def test_a_quota_gone_for_long_is_said_and_what_came_stays(long_bench: Bench) -> None:
    def in_the_middle(request: httpx.Request) -> httpx.Response | None:
        if is_page_after_the_first(request):
            long_bench.faults.switch_on("quota-exceeded", {"seconds": 7200, "times": None})
        return None

    long_bench.cable.instead = in_the_middle
    async with long_bench.running(loaded=False) as (app, pilot):
        await failed(app, pilot)
        full = await all_of_it(app, pilot)
        assert "used up" in full
        assert "Try again after 2026-11-22 05:12:05 UTC" in full
        assert rows(app) == 500
        long_bench.cable.mend()
        long_bench.faults.switch_all_off()
        long_bench.clock.advance(7201)
        await until(pilot, lambda: is_loaded(app))
        assert rows(app) == FLEET


async def test_an_account_without_things_says_what_to_do(bench: Bench) -> None:
    for thing in list(bench.world.things.values()):
        bench.world.remove_thing(thing)
    async with bench.running() as (app, pilot):
        text = screen_text(app)
        assert "This account has no Things." in text
        assert "Order SIM cards" in text
        assert "✗" not in lines(app)[-1]
        for key in ("j", "G", "space", "enter", "y", "c", "ctrl+z", "C", "asterisk", "pagedown"):
            await pilot.press(key)
        await pilot.pause()
        assert app.is_running


@pytest.mark.parametrize("fresh", [True, False])
async def test_things_appear_in_an_empty_account_by_themselves(tmp_path: Path, fresh: bool) -> None:
    bench = bench_in(tmp_path, things=10, fresh=fresh)
    things = list(bench.world.things.values())
    for thing in things:
        bench.world.remove_thing(thing)
    async with bench.running() as (app, pilot):
        for thing in things:
            bench.world.add_thing(thing)
        bench.clock.advance(60)
        await until(pilot, lambda: rows(app) == 10)


async def test_credentials_that_cannot_be_had_are_said_until_they_can(bench: Bench) -> None:
    class Locked(Bench):
        async def open_client(self) -> Client:
            if locked:
                raise ConfigError(
                    "The client secret could not be had",
                    "client_secret_command ended with 1",
                    "Unlock the password store",
                )
            return await super().open_client()

    locked = [True]
    bench = Locked(bench.world, bench.faults, bench.clock, bench.paths, bench.credentials)
    async with bench.running(loaded=False) as (app, pilot):
        await failed(app, pilot)
        await pilot.press("j")
        await pilot.pause()
        assert "Unlock the password store" in " ".join(screen_text(app).split())
        locked.clear()
        await pilot.press("r")
        await until(pilot, lambda: is_loaded(app))
        assert "✗" not in lines(app)[-1]
