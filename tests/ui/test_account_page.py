"""The account page, and the warning that this version of the API ends."""

from __future__ import annotations

from pathlib import Path

from simtui.ui.history import AccountPlace, GroupsPlace, JobsPlace, NetworkPlace, ThingsPlace
from simtui.ui.screens.account import AccountPage
from tests.ui.app_bench import Bench, lines, screen_text, until
from tests.ui.config_bench import at, network_named
from tests.ui.people_states import bench_of, ending

ENDS = "! This version of the API ends on 31 Jan 2027 (in 69d) · @"


async def account_page(app, pilot) -> AccountPage:
    await at(app, pilot, AccountPlace())
    await until(pilot, lambda: isinstance(app.page, AccountPage))
    return app.page


async def test_what_is_in_use_beside_the_limits(bench: Bench) -> None:
    async with bench.running(size=(120, 60)) as (app, pilot):
        network = network_named(bench, "depots")
        await account_page(app, pilot)
        await until(pilot, lambda: f"{len(bench.world.users)} of 100" in screen_text(app))
        text = screen_text(app)
        assert "ADMINISTRATOR" in text
        assert f"{len(bench.world.groups)} of 500" in text
        assert "60, the API tells no limit" in text
        assert "depots      pools 1 · NAT – ·" in text
        assert "Netherlands MCC 204" in text
        assert "iot.programmable, fixed, shared" in text
        assert "1.4.0" in text and "none: no end is planned" in text
        await at(app, pilot, NetworkPlace(network.network_id))
        await until(pilot, lambda: "NAT 4" in screen_text(app))
        await account_page(app, pilot)
        await until(pilot, lambda: f"NAT {len(network.nat_rules)} ·" in screen_text(app))


async def test_the_quota_is_followed(bench: Bench) -> None:
    async with bench.running(size=(120, 60)) as (app, pilot):
        page = await account_page(app, pilot)
        await until(pilot, lambda: "of 1,000," in screen_text(app))
        bench.faults.switch_on("quota-low", {"limit": 40, "seconds": 60})
        for _ in range(38):
            page.refresh_now()
            await until(pilot, lambda: not page.asking)
            if "has stopped looking" in screen_text(app):
                break
        assert "has stopped looking by itself until the reset" in screen_text(app)
        assert "of 40" in screen_text(app)


async def test_who_may_not_see_users_sees_everything_else(tmp_path: Path) -> None:
    bench = bench_of("READ_ONLY", tmp_path)
    async with bench.running(size=(120, 60)) as (app, pilot):
        await account_page(app, pilot)
        await until(pilot, lambda: "– of 100, not known here" in screen_text(app))
        assert "READ_ONLY" in screen_text(app)
        assert "✗" not in lines(app)[-1]
        assert not any(one.url.path.endswith("/users") for one in bench.cable.asked)


async def test_where_the_api_is_and_no_secret(bench: Bench) -> None:
    async with bench.running(size=(120, 60)) as (app, pilot):
        app.visit.workspace.base_url = "https://api.example/iot"
        await account_page(app, pilot)
        await until(pilot, lambda: "https://api.example/iot" in screen_text(app))
        secret = bench.credentials.of("ADMINISTRATOR").client_secret.reveal()
        assert secret not in screen_text(app)


async def test_an_api_that_ends_is_a_warning_on_the_account_page(tmp_path: Path) -> None:
    bench = ending(tmp_path)
    async with bench.running(size=(120, 60)) as (app, pilot):
        await account_page(app, pilot)
        await until(pilot, lambda: "! This version of the API ends on" in screen_text(app))


async def test_every_page_says_once_that_the_api_ends(tmp_path: Path) -> None:
    bench = ending(tmp_path)
    async with bench.running() as (app, pilot):
        await until(pilot, lambda: ENDS in lines(app)[-1])
        await pilot.press("j")
        await until(pilot, lambda: ENDS not in lines(app)[-1])
        for place in (GroupsPlace(), JobsPlace()):
            await app.go(place)
            await until(pilot, lambda: ENDS in lines(app)[-1])
            await pilot.press("j")
        for place in (ThingsPlace(), GroupsPlace()):
            await app.go(place)
            await pilot.pause()
            app.visit.tick()
            assert ENDS not in lines(app)[-1], "it was said there"


async def test_an_api_that_does_not_end_says_nothing(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        for place in (GroupsPlace(), AccountPlace()):
            await app.go(place)
            await pilot.pause()
            app.visit.tick()
            assert "of the API" not in lines(app)[-1]


async def test_an_end_that_is_told_later_is_said_when_it_comes(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.pause()
        bench.faults.switch_on("sunset", {"value": "2027-01-31"})
        await pilot.press("r")
        app.page.clear_notice()
        await until(pilot, lambda: app.feed.store.release.value.sunset is not None)
        app.page.clear_notice()
        app.visit.tick()
        await until(pilot, lambda: ENDS in lines(app)[-1])
