"""With nothing configured: the demo by a key, or a connection that is tried before it is saved."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from simtui.api.delivery import RetryPolicy
from simtui.config.read import read_config
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.server import LiveServer
from simtui.ui.app import SimtuiApp
from simtui.ui.demo import DemoOptions
from simtui.ui.history import ThingsPlace
from simtui.ui.screens.connect_form import ConnectForm
from simtui.ui.screens.things import ThingsPage
from simtui.ui.screens.welcome import WelcomeScreen
from simtui.ui.workspace import Workspace
from tests.ui.app_bench import NOW, Bench, is_loaded, lines, screen_text, until

FIELDS = ("name", "base-url", "token-url", "client-id", "client-secret")
GOOD = {
    "name": "prod",
    "base-url": "https://api.example.com/iot",
    "token-url": "https://api.example.com/token",
    "client-id": "my-client",
    "client-secret": "correct-horse-battery",
}


@asynccontextmanager
async def first_run(bench: Bench) -> AsyncIterator[tuple[SimtuiApp, Pilot[None]]]:
    app = SimtuiApp(bench.launcher(), None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield app, pilot


def values(app: SimtuiApp) -> dict[str, str]:
    return {field: app.screen.query_one(f"#{field}", Input).value for field in FIELDS}


def words(app: SimtuiApp) -> str:
    """The screen as one line of words, without its frame."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def fill_in(app: SimtuiApp, pilot: Pilot[None], **changed: str) -> dict[str, str]:
    """Open the form and fill it in; what was typed."""
    await pilot.press("c")
    await until(pilot, lambda: isinstance(app.screen, ConnectForm))
    typed = GOOD | {name.replace("_", "-"): value for name, value in changed.items()}
    for name, value in typed.items():
        app.screen.query_one(f"#{name}", Input).value = value
    await pilot.pause()
    return typed


@pytest.fixture
def server() -> Iterator[LiveServer]:
    world = build_world(things=20, seed=7, fresh=False, clock=WorldClock(NOW, rate=0))
    with LiveServer(world) as server:
        yield server


def to(server: LiveServer, **changed: str) -> dict[str, str]:
    told = server.endpoint
    return {
        "base_url": told.base_url,
        "token_url": told.token_url,
        "client_id": told.client_id,
        "client_secret": told.client_secret.reveal(),
    } | changed


async def test_the_welcome_offers_both_and_says_where_profiles_are_kept(bench: Bench) -> None:
    async with first_run(bench) as (app, pilot):
        assert isinstance(app.screen, WelcomeScreen)
        assert "Demo" in screen_text(app)
        assert "Connect" in screen_text(app)
        for key in ("colon", "slash", "2", "r", "question_mark", "exclamation_mark", "escape"):
            await pilot.press(key)
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press("q")
        await pilot.pause()
        assert app._exit
    assert not bench.paths.config_dir.exists()


@pytest.mark.parametrize("keys", [("d",), ("enter",), ("j", "k", "enter")])
async def test_the_demo_is_one_key_away_and_leaves_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    monkeypatch.setattr(
        "simtui.ui.launcher.DemoOptions", lambda: DemoOptions(things=20, seed=3, fresh=False)
    )
    async with first_run(bench) as (app, pilot):
        await pilot.press(*keys)
        await until_loaded(app, pilot)
        assert isinstance(app.screen, ThingsPage)
        assert "demo ▸ Things" in lines(app)[0]
        assert "20" in lines(app)[0]
    assert not bench.paths.config_dir.exists()
    assert not bench.paths.cache_dir.exists()


async def until_loaded(app: SimtuiApp, pilot: Pilot[None]) -> None:
    """Wait for workers in threads too, which `until` alone would not."""
    await until(pilot, lambda: app.feed is not None)
    await app.workers.wait_for_complete()
    await until(pilot, lambda: is_loaded(app))


async def test_nothing_is_sent_for_what_cannot_be_meant(bench: Bench) -> None:
    async with first_run(bench) as (app, pilot):
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ConnectForm))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "client id cannot be used. It is empty" in words(app)
        assert "client secret cannot be used. It is empty" in words(app)
        assert app.focused.id == "client-id"
        assert "Connecting" not in screen_text(app)


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("name", "my prod", "The profile name cannot be used"),
        ("base-url", "api.example.com", "not a full http or https address"),
        ("base-url", "http://api.example.com", "plain http would show the client secret"),
        ("base-url", "https://me:pw@api.example.com", "user name or password in it"),
        ("token-url", "https://api.example.com/token?x=1", "goes on after a ? or #"),
        ("client-id", "two words", "a space, a line break or an invisible character"),
        ("client-secret", "two words", "a space, a line break or an invisible character"),
    ],
)
async def test_a_field_is_refused_where_it_was_typed_and_nothing_is_lost(
    bench: Bench, field: str, typed: str, why: str
) -> None:
    async with first_run(bench) as (app, pilot):
        all_typed = await fill_in(app, pilot, **{field.replace("-", "_"): typed})
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert values(app) == all_typed
        assert app.focused.id == field
        entry = app.screen.query_one(f"#{field}", Input)
        assert "✗" in lines(app)[entry.region.bottom]
        assert why.casefold() in words(app).casefold()
        assert words(app).count("✗") == 1
        app.focused.value = GOOD[field]
        await pilot.pause()
        assert "✗" not in words(app)
    assert not bench.paths.config_file.exists()


async def test_leaving_a_field_checks_it(bench: Bench) -> None:
    async with first_run(bench) as (app, pilot):
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ConnectForm))
        await pilot.press(*"two words", "tab")
        await pilot.pause()
        assert "a space, a line break" in words(app)
        assert app.focused.id == "client-secret"


async def test_the_secret_is_never_on_the_screen(bench: Bench) -> None:
    async with first_run(bench) as (app, pilot):
        await fill_in(app, pilot)
        assert GOOD["client-secret"] not in screen_text(app)
        assert "my-client" in screen_text(app)


async def test_letters_of_commands_can_be_typed_in_the_form(bench: Bench) -> None:
    async with first_run(bench) as (app, pilot):
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ConnectForm))
        await pilot.press(*"qdc2r")
        await pilot.pause()
        assert values(app)["client-id"] == "qdc2r"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"client_secret": "not-the-secret-at-all"}, "Client credentials are invalid"),
        ({"client_id": "nobody"}, "Client credentials are invalid"),
        ({"base_url": "{host}/not/the/api"}, "Check base_url"),
        ({"token_url": "{host}/not/a/token"}, "Check token_url"),
        ({"token_url": "http://127.0.0.1:9/token"}, "Nothing listens at 127.0.0.1:9"),
    ],
)
async def test_a_connection_that_fails_saves_nothing_and_says_why(
    bench: Bench,
    server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
    wrong: dict[str, str],
    why: str,
) -> None:
    monkeypatch.setattr("simtui.api.wire.RetryPolicy", lambda: RetryPolicy(pauses=()))
    host = server.endpoint.base_url.split("/iot", 1)[0]
    wrong = {name: value.format(host=host) for name, value in wrong.items()}
    async with first_run(bench) as (app, pilot):
        typed = await fill_in(app, pilot, **to(server, **wrong))
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await until(pilot, lambda: "✗" in screen_text(app))
        assert why in words(app)
        assert values(app) == typed
        assert typed["client-secret"] not in screen_text(app)
        assert isinstance(app.screen, ConnectForm)
    assert not bench.paths.config_file.exists()


async def test_a_good_connection_is_saved_for_its_owner_and_opens_the_fleet(
    bench: Bench, server: LiveServer
) -> None:
    async with first_run(bench) as (app, pilot):
        await fill_in(app, pilot, **to(server))
        app.screen.query_one("#client-secret").focus()
        await pilot.pause()
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await until_loaded(app, pilot)
        assert isinstance(app.screen, ThingsPage)
        assert "prod ▸ Things" in lines(app)[0]
        assert len(app.page.table._keys) == 20
        assert "saved as profile prod" in lines(app)[-1]
    file = bench.paths.config_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    saved = read_config(file)
    assert saved.default_profile == "prod"
    assert saved.profiles["prod"].client_id == server.endpoint.client_id
    assert (bench.paths.cache_dir / "prod.snapshot").exists()


async def test_escape_goes_back_to_the_offers(bench: Bench) -> None:
    async with first_run(bench) as (app, pilot):
        await fill_in(app, pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        assert not bench.paths.config_file.exists()


async def test_another_profile_begins_at_its_root(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = bench.workspace()
    other.name = "lab"

    def of_name(name: str) -> Workspace:
        assert name == "lab"
        return other

    async with bench.running() as (app, pilot):
        monkeypatch.setattr(app.launcher, "of_name", of_name)
        await pilot.press("enter")
        app.page.open_bar(":", "profile lab")
        await pilot.press("enter")
        await until(pilot, lambda: is_loaded(app) and app.profile_name == "lab")
        assert isinstance(app.screen, ThingsPage)
        assert app.visit.trail.here == ThingsPlace()
        assert "lab ▸ Things" in lines(app)[0]
        assert not app.visit.trail.back()
        await pilot.press("j", "enter", "q", "q")
        await pilot.pause()
        assert app._exit


async def test_a_theme_that_is_not_there_is_said_and_the_fleet_is_shown(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        for theme, worn in (("nord", "nord"), ("nrod", "nord"), (None, "simtui")):
            other = bench.workspace()
            other.theme = theme
            await app.enter(other)
            await until(pilot, lambda: is_loaded(app))
            assert app.theme == worn
            assert ("no theme called nrod" in lines(app)[-1]) is (theme == "nrod")
