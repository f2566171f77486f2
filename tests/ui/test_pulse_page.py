"""The Pulse: what leads where, what it asks for, and what it writes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from simtui.sandbox.life.tunnel_life import bring_up, take_down
from simtui.ui.history import (
    AccountPlace,
    BillingPlace,
    JobsPlace,
    JournalPlace,
    LeasesPlace,
    NetworkPlace,
    PulsePlace,
    SmsPlace,
    ThingsPlace,
)
from simtui.ui.screens.pulse import PulsePage
from simtui.views.pulse.row import Level
from tests.ui.app_bench import Bench, lines, screen_text, type_at_once, until
from tests.ui.changes_bench import changes_bench, come
from tests.ui.config_bench import network_named
from tests.ui.config_states import quiet_bench
from tests.ui.pulse_states import at_rest, on_pulse, silenced_bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return silenced_bench(tmp_path)


def asked(bench: Bench) -> Counter[str]:
    """What was asked for, by the end of the path."""
    return Counter(
        request.url.path.split("/iotprogrammablesim")[-1] for request in bench.cable.asked
    )


def row(app, key: str):
    return app.page._rows[key]


async def test_every_number_opens_the_list_behind_it(bench: Bench) -> None:
    bench.cable.without = frozenset()
    async with bench.running() as (app, pilot):
        await on_pulse(app, pilot)
        depots = network_named(bench, "depots")
        charging = network_named(bench, "charging")
        pool = next(iter(depots.pools))
        leads = {
            "silent": ThingsPlace("silent:yes"),
            "online": ThingsPlace("state:active session:online"),
            "imei": ThingsPlace("imei-changed<24h"),
            "sms": SmsPlace(),
            f"tunnels {charging.network_id}": NetworkPlace(charging.network_id, "tunnels"),
            f"pool {pool}": LeasesPlace(depots.network_id, pool),
            "jobs": JobsPlace(),
            "quota": AccountPlace(),
            "spend": BillingPlace(view="days"),
            "outcomes": JournalPlace("unknown"),
        }
        assert leads.keys() <= app.page._rows.keys()
        for key, place in leads.items():
            assert app.page.table.move_to(key)
            await pilot.press("enter")
            await until(pilot, lambda place=place: app.visit.trail.here == place)
            await until(pilot, lambda: not isinstance(app.page, PulsePage))
            await pilot.press("1")
            await until(pilot, lambda: isinstance(app.page, PulsePage))
        assert app.visit.trail.here == PulsePlace()


async def test_the_list_has_as_many_rows_as_the_number_says(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await on_pulse(app, pilot)
        numbers = {key: row(app, key).number for key in ("silent", "offline", "imei", "blocked")}
        for key, number in numbers.items():
            await until(pilot, lambda: isinstance(app.page, PulsePage))
            app.page.table.move_to(key)
            await pilot.press("enter")
            await until(pilot, lambda: app.page is app.visit.things)
            await until(pilot, lambda: not app.visit.things._list.busy)
            assert len(app.visit.things._list.keys) == int(number.split(" ")[0]), key
            await pilot.press("1")


async def test_silent_is_a_filter_of_the_list_and_follows_the_fleet(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await come(pilot, lambda: app.feed.habits is not None)
        type_at_once(app, "/silent:yes\r")
        await until(pilot, lambda: "▸ /silent:yes" in lines(app)[0])
        assert 0 < len(app.visit.things._list.keys) < 20


async def test_a_tunnel_that_comes_and_goes_changes_its_row_in_place(tmp_path: Path) -> None:
    bench = changes_bench(tmp_path)
    async with bench.running() as (app, pilot):
        network = network_named(bench, "charging")
        tunnel = next(iter(network.tunnels.values()))
        await on_pulse(app, pilot)
        key = f"tunnels {network.network_id}"
        assert row(app, key).number == "1/1 down"
        app.page.table.move_to("imei")
        for turn in range(4):
            bench.pass_time(60)
            now = bench.world.clock.now()
            if turn % 2 == 0:
                bring_up(bench.world, tunnel, now)
            else:
                take_down(bench.world, tunnel, "DPD_TIMEOUT", now)
            app.page.refresh_now()
            await at_rest(app, pilot)
            await app.feed.store.history.settled()
        bring_up(bench.world, tunnel, bench.world.clock.now())
        bench.pass_time(200)
        app.page.refresh_now()
        await at_rest(app, pilot)
        await app.feed.store.history.settled()
        bench.pass_time(61)
        await at_rest(app, pilot)
        await come(pilot, lambda: row(app, key).number == "1 flapping")
        assert row(app, key).level == Level.RED
        assert row(app, key).trend is not None
        assert app.page.table.cursor_key == "imei"


async def test_it_asks_only_while_it_is_shown_and_slowly(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await on_pulse(app, pilot)
        bench.cable.asked.clear()
        await an_hour(bench, app, pilot)
        shown = asked(bench)
        await pilot.press("0")
        await until(pilot, lambda: not isinstance(app.page, PulsePage))
        bench.cable.asked.clear()
        await an_hour(bench, app, pilot)
        hidden = asked(bench)
    every_page = {"/things", "/things-groups", "/networks", "/ip-profiles", "/account"}
    assert {path for path in hidden if path not in every_page} == set()
    tunnels = sum(count for path, count in shown.items() if path.endswith("/ipsec-tunnels"))
    assert len(network_named(bench, "depots").pools) >= 1
    assert 6 * 18 <= tunnels <= 6 * 20
    assert 4 * 18 <= shown["/sms"] <= 4 * 20
    assert 55 <= shown["/jobs"] <= 60
    assert shown["/billing/reports"] <= 5
    assert shown["/billing/cycles"] <= 1
    own = sum((shown - hidden).values())
    assert own <= 280, "the document says about 320 with 8 networks"


async def an_hour(bench: Bench, app, pilot) -> None:
    """In steps that let everything be asked that is due."""
    for _ in range(120):
        bench.clock.wake(30)
        app.visit.pulse.look()
        await pilot.pause()
        await until(pilot, lambda: app.visit.pulse.loading is False)


async def test_who_may_not_see_the_bill_is_not_asked_for_it(tmp_path: Path) -> None:
    bench = quiet_bench(tmp_path)
    bench.faults.switch_on("permission-level", {"level": "OPERATOR"})
    async with bench.running() as (app, pilot):
        await on_pulse(app, pilot)
        assert "spend" not in app.page._rows
        assert not [path for path in asked(bench) if "billing" in path]


async def test_when_the_api_is_down_the_numbers_stay_and_silence_is_unknown(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await on_pulse(app, pilot)
        before = row(app, "online").number
        bench.cable.cut()
        bench.clock.advance(300)
        await until(pilot, lambda: app.feed.error is not None)
        await come(pilot, lambda: row(app, "silent").level == Level.UNKNOWN)
        assert row(app, "online").number == before
        assert "offline" in lines(app)[0]
        bench.cable.mend()
        bench.clock.advance(60)
        await come(pilot, lambda: row(app, "silent").level == Level.RED)


async def test_read_only_it_is_the_same(bench: Bench) -> None:
    bench.read_only = True
    async with bench.running() as (app, pilot):
        await on_pulse(app, pilot)
        assert "RO" in lines(app)[0]
        assert row(app, "silent").level == Level.RED
        await pilot.press("enter")
        await until(pilot, lambda: app.page is app.visit.things)


async def test_the_words_below_tell_how_a_row_is_counted(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await on_pulse(app, pilot)
        assert "usual gaps" in screen_text(app)
        app.page.table.move_to("spend")
        await until(pilot, lambda: "Yellow from +20 % on" in screen_text(app))
        assert "Trend: what a day cost, over 12d." in screen_text(app).replace("\n ", " ")
