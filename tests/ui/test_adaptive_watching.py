"""What is on the screen refreshes and the rest rests; the quota decides how fast, and the top
line says so; what is unchanged writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from benchmarks.terminal import terminal_of
from simtui.sandbox.quota import Quota
from simtui.ui.app import SimtuiApp
from simtui.ui.history import (
    AccountPlace,
    BillingPlace,
    GroupsPlace,
    ImeiPlace,
    JobsPlace,
    JournalPlace,
    NetworkPlace,
    NetworksPlace,
    Place,
    ProfilesPlace,
    PulsePlace,
    SmsPlace,
    ThingPlace,
    ThingsPlace,
    UsersPlace,
)
from tests.ui.app_bench import Bench, bench_in, is_loaded, lines, until
from tests.ui.config_bench import network_named
from tests.ui.config_states import quiet_bench
from tests.ui.pulse_states import at_rest, on_pulse
from tests.ui.terminal_bench import Terminal, on_terminal

REFRESHES = {"pulse": 100, "things": 100}
"""Of the pages that stay on the screen for hours; of others as many as do not take long."""
A_FEW = 20
EVERYWHERE = {"/things", "/things-groups", "/networks", "/ip-profiles"}
"""What every page needs: the fleet with its age, and the names in it."""
PAGES: dict[str, Callable[[Bench], Place]] = {
    "pulse": lambda bench: PulsePlace(),
    "things": lambda bench: ThingsPlace(),
    "thing": lambda bench: ThingPlace("t_2"),
    "groups": lambda bench: GroupsPlace(),
    "networks": lambda bench: NetworksPlace(),
    "tunnels": lambda bench: NetworkPlace(network_named(bench, "depots").network_id, "tunnels"),
    "firewall": lambda bench: ProfilesPlace(),
    "sms": lambda bench: SmsPlace(),
    "billing": lambda bench: BillingPlace(),
    "jobs": lambda bench: JobsPlace(),
    "users": lambda bench: UsersPlace(),
    "journal": lambda bench: JournalPlace(),
    "imei": lambda bench: ImeiPlace(),
    "account": lambda bench: AccountPlace(),
}


def path_of(url_path: str) -> str:
    return url_path.split("/iotprogrammablesim")[-1]


async def answered(app: SimtuiApp, pilot: Pilot[None]) -> None:
    """Nothing is on its way any more."""
    await until(pilot, lambda: is_loaded(app) and not app.page.asking)


async def refreshed(terminal: Terminal[Bench], times: int) -> int:
    """Bytes that so many rounds of polling cost together, with all of their answers."""
    app, bench = terminal.app, terminal.bench
    terminal_of(app).reset()
    for _ in range(times):
        asked = len(bench.cable.asked)
        bench.clock.wake(65)
        await until(terminal.pilot, lambda asked=asked: len(bench.cable.asked) > asked)
        await answered(app, terminal.pilot)
        app.visit.pulse.look()
        app.page.tick()
    return await terminal.settled()


@pytest.mark.parametrize("page", PAGES)
async def test_refreshes_of_what_is_unchanged_write_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr("simtui.sandbox.gateway.Quota", lambda: Quota(1_000_000))
    bench = quiet_bench(tmp_path)
    async with on_terminal(bench, monkeypatch) as terminal:
        app, pilot = terminal.app, terminal.pilot
        await until(pilot, lambda: is_loaded(app))
        await app.go(PAGES[page](bench))
        await until(pilot, lambda: app.page.is_mounted)
        await answered(app, pilot)
        await refreshed(terminal, 8)
        if page == "pulse":
            await at_rest(app, pilot)
        await terminal.press("colon", "escape")
        await terminal.settled()
        assert await refreshed(terminal, REFRESHES.get(page, A_FEW)) == 0


@pytest.mark.parametrize("page", ["pulse", "tunnels", "sms", "jobs", "users", "thing", "billing"])
async def test_what_has_left_the_screen_is_not_asked_for(tmp_path: Path, page: str) -> None:
    bench = quiet_bench(tmp_path)
    async with bench.running() as (app, pilot):
        await app.go(PAGES[page](bench))
        await until(pilot, lambda: app.page.is_mounted)
        await answered(app, pilot)
        there = {path_of(request.url.path) for request in bench.cable.asked} - EVERYWHERE
        assert there - {"/account", "/permission-levels"}
        await app.go(JournalPlace())
        await answered(app, pilot)
        bench.cable.asked.clear()
        for _ in range(15):
            bench.clock.wake(65)
            app.visit.pulse.look()
            await pilot.pause()
            await answered(app, pilot)
        after = Counter(path_of(request.url.path) for request in bench.cable.asked)
        assert after["/things"] > 10, "time has passed, and the fleet is on every page"
        assert after.keys() - EVERYWHERE <= {"/account"}


@pytest.mark.parametrize(
    ("used", "said", "least", "most"),
    [
        (0, "", 18, 21),
        (820, "watching 1/2 until 04:12Z", 8, 11),
        (870, "watching 1/4 until 04:12Z", 4, 6),
        (920, "watching 1/8 until 04:12Z", 1, 3),
        (960, "not watching until 04:12Z", 0, 0),
    ],
)
async def test_the_quota_decides_how_fast_and_the_top_line_says_so(
    tmp_path: Path, used: int, said: str, least: int, most: int
) -> None:
    bench = bench_in(tmp_path)
    async with bench.running((120, 24)) as (app, pilot):
        bench.cable.without = frozenset(
            {"quota-limit", "quota-used", "quota-available", "quota-reset-utc"}
        )
        tell(app, bench, used)
        await pilot.pause()
        app.page.tick()
        await pilot.pause()
        assert (said in lines(app)[0]) and (bool(said) == ("watching" in lines(app)[0]))
        bench.cable.asked.clear()
        for _ in range(120):
            bench.clock.wake(5)
            tell(app, bench, used)
            await pilot.pause()
            await answered(app, pilot)
        deltas = [one for one in bench.cable.asked if one.url.params.get("iccid") is None]
        count = sum(path_of(one.url.path) == "/things" for one in deltas)
        assert least <= count <= most


def tell(app: SimtuiApp, bench: Bench, used: int) -> None:
    """As an answer would: so much of the quota is used, for another hour."""
    reset_at = bench.clock.now() + timedelta(hours=1)
    app.feed.store._hear_quota(Told(used, reset_at))


class Told:
    """The quota as an answer tells it."""

    limit, interval, unit = 1000, 1, "hour"

    def __init__(self, used: int, reset_at: object) -> None:
        self.used, self.reset_at = used, reset_at

    @property
    def share(self) -> float:
        return self.used / self.limit


async def test_the_top_line_keeps_saying_it_where_there_is_little_room(tmp_path: Path) -> None:
    bench = bench_in(tmp_path)
    async with bench.running((80, 24)) as (app, pilot):
        tell(app, bench, 970)
        app.page.tick()
        await pilot.pause()
        assert "not watching until 04:12Z" in lines(app)[0]
        assert "now" in lines(app)[0]


async def test_while_watching_stands_still_a_person_is_still_answered(tmp_path: Path) -> None:
    bench = quiet_bench(tmp_path)
    async with bench.running() as (app, pilot):
        await on_pulse(app, pilot)
        tell(app, bench, 970)
        bench.cable.asked.clear()
        bench.clock.wake(3000)
        app.visit.pulse.look()
        await pilot.pause()
        assert not bench.cable.asked
        await pilot.press("r")
        await until(pilot, lambda: len(bench.cable.asked) > 10)
