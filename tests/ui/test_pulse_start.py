"""Where the app starts, what is said elsewhere, and what is heard of a new red."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.terminal import ENVIRONMENT, CountingDriver, terminal_of
from simtui.config.pulse import PulseSettings
from simtui.config.settings import Config
from simtui.sandbox.life.network_trouble import exhaust_pool, silence_network
from simtui.ui.app import SimtuiApp
from simtui.ui.history import ThingsPlace
from simtui.ui.launcher import Launcher
from simtui.ui.screens.pulse import PulsePage
from tests.ui.app_bench import NOW, Bench, bench_in, is_loaded, lines, screen_text, until
from tests.ui.changes_bench import come
from tests.ui.config_bench import network_named
from tests.ui.config_states import quiet_bench
from tests.ui.pulse_states import at_rest, silenced_bench

POOL = "10.16.0.0/24"
"""Of the network that gets into trouble."""


def app_of(
    bench: Bench,
    settings: PulseSettings | None = None,
    start: ThingsPlace | None = None,
    driver: type[CountingDriver] | None = None,
) -> SimtuiApp:
    config = Config(bench.paths.config_file, pulse=settings or PulseSettings())
    app = SimtuiApp(Launcher(bench.paths, config, bench.clock), bench.workspace(), start)
    app.driver_class = driver or app.driver_class
    return app


def healthy_bench(folder: Path) -> Bench:
    """Nothing is red by what is known without asking more."""
    bench = quiet_bench(folder)
    for thing in bench.world.things.values():
        thing.imei_changed_at = None
        if thing.last_seen_at is not None:
            thing.last_seen_at = NOW
    return bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return silenced_bench(tmp_path)


# The start


async def test_the_app_starts_on_the_pulse_when_anything_is_red(bench: Bench) -> None:
    app = app_of(bench)
    async with app.run_test() as pilot:
        await come(pilot, lambda: isinstance(app.page, PulsePage))
        assert "✗ red" in screen_text(app)
        await pilot.press("q")
        await until(pilot, lambda: app.page is app.visit.things)


async def test_with_nothing_red_it_starts_in_the_list(tmp_path: Path) -> None:
    app = app_of(healthy_bench(tmp_path))
    async with app.run_test() as pilot:
        await come(pilot, lambda: is_loaded(app) and app.visit.pulse.is_current)
        await at_rest(app, pilot)
        assert app.page is app.visit.things
        assert "red" not in lines(app)[-1]


@pytest.mark.parametrize("key", ["j", "g", "shift+tab", "v"])
async def test_who_has_pressed_a_key_stays_and_is_told(bench: Bench, key: str) -> None:
    free = bench.cable.hold(lambda request: request.url.path.endswith("/things"))
    app = app_of(bench)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.page is app.visit.things)
        await pilot.press(key)
        free()
        await come(pilot, lambda: "3 red, see 1:" in lines(app)[-1])
        assert app.page is app.visit.things
        await pilot.press("1")
        await come(pilot, lambda: isinstance(app.page, PulsePage))


async def test_who_asked_for_a_filter_gets_the_list(bench: Bench) -> None:
    app = app_of(bench, start=ThingsPlace("pump"))
    async with app.run_test() as pilot:
        await come(pilot, lambda: is_loaded(app) and app.visit.pulse.is_current)
        await at_rest(app, pilot)
        assert app.page is app.visit.things
        assert "▸ /pump" in lines(app)[0]


async def test_the_configuration_may_say_to_start_in_the_list(bench: Bench) -> None:
    app = app_of(bench, PulseSettings(start="list"))
    async with app.run_test() as pilot:
        await come(pilot, lambda: "red, see 1:" in lines(app)[-1])
        assert app.page is app.visit.things


async def test_a_start_without_the_api_goes_by_what_the_snapshot_has(tmp_path: Path) -> None:
    bench = bench_in(tmp_path)
    exhaust_pool(bench.world, network_named(bench, "depots"), NOW)
    bench.keep_snapshot()
    async with bench.running():
        pass
    bench.cable.cut()
    bench.clock.advance(4 * 3600)
    app = app_of(bench)
    async with app.run_test() as pilot:
        await come(pilot, lambda: isinstance(app.page, PulsePage))
        rows = app.page._rows
        assert rows["silent"].number == "–"
        assert any(key.startswith("pool ") and row.level == 0 for key, row in rows.items())
        assert "4h" in screen_text(app)


# Alerts


async def heard(bench: Bench, settings: PulseSettings, monkeypatch: pytest.MonkeyPatch, *keys: str):
    """What reaches the terminal when a network falls silent while ``keys`` are pressed."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    app = app_of(bench, settings, ThingsPlace(), CountingDriver)
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await come(pilot, lambda: is_loaded(app) and app.visit.pulse.is_current)
        before = alerts(app)
        await pilot.press(*keys)
        trouble(bench)
        await counted_again(bench, app, pilot)
        during = alerts(app)
        await pilot.press("escape")
        app.visit.tick()
        await pilot.pause()
        once = alerts(app)
        for _ in range(3):
            await counted_again(bench, app, pilot)
        return before, during, once, alerts(app)


def trouble(bench: Bench) -> None:
    networks = bench.world.networks.values()
    network = next(one for one in networks if POOL in [str(p.cidr) for p in one.pools.values()])
    silence_network(bench.world, network, bench.world.clock.now())
    exhaust_pool(bench.world, network, bench.world.clock.now())


async def counted_again(bench: Bench, app: SimtuiApp, pilot) -> None:
    bench.clock.wake(65)
    await until(pilot, lambda: is_loaded(app))
    app.visit._pulse.look()
    await come(pilot, lambda: app.visit._pulse.pulse._fleet._working is None)
    await pilot.pause()
    app.visit._pulse.look()


def alerts(app: SimtuiApp) -> list[str]:
    """The bells and notifications so far."""
    written = "".join(terminal_of(app).written)
    return [*re.findall("\x1b\\]9;([^\x07]*)\x07", written), *bells_in(written)]


def bells_in(written: str) -> list[str]:
    """A bell also ends what is told to a terminal; those are none."""
    return ["bell"] * re.sub("\x1b\\][^\x07\x1b]*\x07", "", written).count("\x07")


async def test_by_default_a_new_red_is_not_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = healthy_bench(tmp_path)
    assert await heard(bench, PulseSettings(), monkeypatch) == ([], [], [], [])


async def test_a_new_red_rings_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = healthy_bench(tmp_path)
    found = await heard(bench, PulseSettings(alert="bell"), monkeypatch)
    assert found == ([], ["bell"], ["bell"], ["bell"])


async def test_while_somebody_types_it_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = healthy_bench(tmp_path)
    found = await heard(bench, PulseSettings(alert="bell"), monkeypatch, "colon", "t")
    assert found == ([], [], ["bell"], ["bell"])


async def test_a_notification_says_what_it_is_and_is_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = healthy_bench(tmp_path)
    network_named(bench, "depots").name = "de\x1b]52;c;eA==\x07pots"
    _, (told,), _, last = await heard(bench, PulseSettings(alert="notify"), monkeypatch)
    assert told.startswith("simtui prod: Pool 10.16.0.0/24 of de\\x1b]52;c;eA==\\x07pots has")
    assert last == [told]


async def test_what_is_red_at_the_start_is_not_news(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    app = app_of(bench, PulseSettings(alert="bell"), None, CountingDriver)
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await come(pilot, lambda: isinstance(app.page, PulsePage))
        await at_rest(app, pilot)
        assert alerts(app) == []
