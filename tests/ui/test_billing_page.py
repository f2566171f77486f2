"""The bill on the screen: views, cycles, drilling down, comparing, sorting, exporting."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from textual.pilot import Pilot

from simtui.models.billing import Scope
from simtui.ui.app import SimtuiApp
from simtui.ui.history import BillingPlace, GroupPlace, JobPlace, ThingPlace, ThingsPlace
from simtui.ui.screens.billing import BillingPage
from simtui.ui.screens.group import GroupPage
from simtui.ui.screens.menu_dialog import MenuDialog
from simtui.ui.screens.thing import ThingPage
from tests.ui.app_bench import Bench, bench_in, lines, screen_text, type_at_once, until
from tests.ui.billing_states import settled
from tests.ui.config_bench import at, dialog

ACCOUNT = BillingPlace()


def reports(bench: Bench) -> list[dict[str, str]]:
    """What was asked for."""
    asked = (one for one in bench.cable.asked if one.url.path.endswith("/billing/reports"))
    return [dict(one.url.params) for one in asked]


def group_id(bench: Bench, name: str) -> str:
    return next(one.group_id for one in bench.world.groups.values() if one.name == name)


def rows(page: BillingPage) -> list[str]:
    """The keys of its rows."""
    return list(page.keys())


async def bill(app: SimtuiApp, pilot: Pilot[None], place: BillingPlace = ACCOUNT) -> BillingPage:
    await at(app, pilot, place)
    return await settled(app, pilot)


async def by_job(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> BillingPage:
    """Let the server make what it makes."""

    def is_done() -> bool:
        page = app.page
        if isinstance(page, BillingPage) and (page.asking or page._list.shown is None):
            bench.world.clock.advance(1)
            bench.clock.wake(1)
            return False
        return True

    await until(pilot, is_done)
    return await settled(app, pilot)


@pytest.fixture
def large(tmp_path: Path) -> Bench:
    """So many Things that a report by Thing is made by a job."""
    return bench_in(tmp_path, things=400)


async def test_the_first_key_shows_the_open_cycle_and_its_estimate(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await until(pilot, lambda: app.visit.acting.level is not None)
        await pilot.press("7")
        await settled(app, pilot)
        shown = lines(app)
        assert "Billing ▸ 2026-11" in shown[0]
        assert "2026-11 open · 1 Nov 2026 to 1 Dec 2026 · 70.5 % of it over" in shown[2]
        assert " EUR so far = subscriptions " in shown[3]
        assert "≈ " in shown[4]
        assert "at its end · estimate: usage ÷ 70.5 %" in shown[4]
        assert "charged" in shown[5]
        assert "provisioned" in shown[5]
        assert [row.split()[0] for row in shown[8:10]] == ["▌", "Data"]
        assert "0.9500" in shown[8]


async def test_the_views_of_the_account_a_group_and_a_thing(bench: Bench) -> None:
    group = group_id(bench, "depot-7")
    async with bench.running() as (app, pilot):
        page = await bill(app, pilot)
        for expected in ("by group", "by Thing", "by day", "lines"):
            await pilot.press("tab")
            await settled(app, pilot)
            assert lines(app)[1].endswith(expected)
        await pilot.press("shift+tab", "shift+tab", "shift+tab")
        page = await settled(app, pilot)
        assert page.place.view == "groups"
        assert page.table.move_to(group)
        await pilot.press("enter")
        page = await settled(app, pilot)
        assert page.place == BillingPlace(Scope.GROUP, group)
        assert "▸ depot-7" in lines(app)[0]
        assert "at its end" in screen_text(app)
        await pilot.press("tab")
        page = await settled(app, pilot)
        thing = page.table.cursor_key
        await pilot.press("enter")
        page = await settled(app, pilot)
        assert page.place == BillingPlace(Scope.THING, thing)
        await pilot.press("T")
        await until(pilot, lambda: app.visit.trail.here == ThingPlace(thing))
        for place in (("lines", Scope.THING), ("things", Scope.GROUP), ("groups", Scope.ACCOUNT)):
            await pilot.press("left_square_bracket")
            page = await settled(app, pilot)
            assert (page.place.view, page.place.scope) == place
        assert page.table.cursor_key == group, "the cursor is where it was"


async def test_other_cycles_are_closed_and_read_once(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await bill(app, pilot)
        assert "after" not in lines(app)[-1]
        await pilot.press("less_than_sign")
        await settled(app, pilot)
        assert "2026-10 closed · 1 Oct 2026 to 1 Nov 2026" in lines(app)[2]
        assert "The cycle is closed" in lines(app)[4]
        await pilot.press("greater_than_sign")
        await settled(app, pilot)
        assert "2026-11 open" in lines(app)[2]
        await pilot.press("less_than_sign")
        await settled(app, pilot)
        assert [one["cycle"] for one in reports(bench)] == ["2026-11", "2026-10"]
        bench.clock.advance(3600)
        await pilot.pause()
        assert len(reports(bench)) == 2, "nothing is polled"
        await pilot.press("r")
        await until(pilot, lambda: len(reports(bench)) == 3)


async def test_no_further_cycle(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await bill(app, pilot)
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: "No further cycle is known" in lines(app)[-1])


async def test_two_cycles_are_compared_and_left_again(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        page = await bill(app, pilot, BillingPlace(view="groups"))
        await pilot.press("d")
        await dialog(app, pilot, MenuDialog)
        assert "2026-10  closed" in screen_text(app)
        await pilot.press("enter")
        page = await settled(app, pilot)
        assert page.place.other == "2026-10"
        header = lines(app)[7]
        assert header.split() == ["GROUP", "2026-10", "2026-11▼", "DIFFERENCE", "CHANGE"]
        assert "so far against a whole one" in lines(app)[6]
        await pilot.press("D")
        page = await settled(app, pilot)
        differences = [page._list.shown.difference(key) for key in rows(page)]
        assert differences == sorted(differences, reverse=True)
        await pilot.press("escape")
        page = await settled(app, pilot)
        assert page.place == BillingPlace(view="groups")
        assert "▼" in lines(app)[7].split("AMOUNT")[1]


async def test_sorting_and_what_was_not_used(bench: Bench) -> None:
    idle = next(one for one in bench.world.things.values() if one.state == "ACTIVE")
    idle.data_bytes = idle.sms_mt = idle.sms_mo = 0
    async with bench.running() as (app, pilot):
        page = await bill(app, pilot, BillingPlace(view="things"))
        shown = page._list.shown
        totals = [shown.this(key).total for key in rows(page)]
        assert totals == sorted(totals, reverse=True), "who spends most stands first"
        await pilot.press("A")
        page = await settled(app, pilot)
        assert [shown.this(key).total for key in rows(page)] == totals[::-1]
        await pilot.press("N")
        page = await settled(app, pilot)
        names = [page._names.thing_name(key).casefold() for key in rows(page)]
        assert names == sorted(names)
        await pilot.press("R")
        await until(pilot, lambda: "no column of group" in lines(app)[-1])
        await pilot.press("ctrl+z")
        page = await settled(app, pilot)
        assert idle.thing_id in rows(page)
        assert all(page._list.shown.this(key).unused for key in rows(page))
        assert "▸ unused only" in lines(app)[0]
        await pilot.press("escape")
        page = await settled(app, pilot)
        assert len(rows(page)) == len(totals)


async def test_a_report_that_takes_a_job_is_awaited_with_its_progress(large: Bench) -> None:
    async with large.running() as (app, pilot):
        await bill(app, pilot)
        await pilot.press("tab", "tab")
        await until(pilot, lambda: "The report is being made" in screen_text(app))
        assert "(job j_" in screen_text(app)
        assert "in its own time" in screen_text(app)
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: app.page is app.visit.things)
        await app.go(BillingPlace(view="things"))
        page = await by_job(large, app, pilot)
        assert len(rows(page)) > 300
        assert sum(one.get("groupBy") == "THING" for one in reports(large)) == 1
        assert "each line is rounded on its own" in lines(app)[6]


async def test_a_job_that_fails_says_so_and_r_asks_for_another(large: Bench) -> None:
    async with large.running() as (app, pilot):
        await bill(app, pilot)
        await pilot.press("tab", "tab")
        await until(pilot, lambda: "The report is being made" in screen_text(app))
        job = list(large.world.jobs.values())[-1]
        job.status, job.finished_at = "FAILED", large.world.clock.now()
        large.clock.wake(5)
        await until(pilot, lambda: "The bill could not be loaded" in screen_text(app))
        assert "Press r for a new one" in " ".join(screen_text(app).split())
        large.clock.advance(600)
        await pilot.pause()
        assert sum(one.get("groupBy") == "THING" for one in reports(large)) == 1
        await pilot.press("r")
        page = await by_job(large, app, pilot)
        assert len(rows(page)) > 300


async def test_the_job_of_a_report_leads_to_the_bill_and_reads_it_once(large: Bench) -> None:
    async with large.running() as (app, pilot):
        await bill(app, pilot, ACCOUNT)
        await pilot.press("tab", "tab")
        await by_job(large, app, pilot)
        job_id = next(iter(large.world.jobs))
        before = len(large.cable.asked)
        await app.go(JobPlace(job_id))
        await until(pilot, lambda: "It made a billing report." in screen_text(app))
        read = [one.url.path.rsplit("/", 1)[-1] for one in large.cable.asked[before:]]
        assert read.count("result") == 1


async def test_two_cycles_by_thing_take_two_jobs(large: Bench) -> None:
    async with large.running() as (app, pilot):
        await bill(app, pilot)
        await app.go(BillingPlace(view="things", other="2026-10"))
        page = await by_job(large, app, pilot)
        assert "DIFFERENCE" in lines(app)[7]
        assert page._list.shown.other is not None
        assert len(rows(page)) >= len(page._list.shown.other.rows)
        assert sum(one.get("groupBy") == "THING" for one in reports(large)) == 2


async def test_old_rows_stay_while_it_is_made_again_and_when_that_fails(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        page = await bill(app, pilot)
        before = rows(page)
        bench.cable.cut()
        await pilot.press("r")
        await until(pilot, lambda: "✗" in lines(app)[-1])
        assert rows(app.page) == before
        assert " EUR so far" in lines(app)[3]


@pytest.mark.parametrize("level", ["OPERATOR", "NETWORK_MANAGER"])
async def test_a_level_without_the_bill_is_told_which_one_has_it(bench: Bench, level: str) -> None:
    bench.credentials.of("ADMINISTRATOR").user.permission_level = level
    async with bench.running() as (app, pilot):
        await at(app, pilot, BillingPlace())
        await until(pilot, lambda: "The bill cannot be shown" in screen_text(app))
        assert f"needs READ_ONLY or BILLING or ADMINISTRATOR; your level is {level}" in " ".join(
            screen_text(app).split()
        )
        assert "✗" not in lines(app)[-1]
        assert reports(bench) == [], "what may not be read is not asked for"


async def test_a_level_that_is_not_known_hears_it_from_the_server(bench: Bench) -> None:
    bench.faults.switch_on("permission-level", {"level": "OPERATOR", "path": "/billing"})
    async with bench.running() as (app, pilot):
        await at(app, pilot, BillingPlace())
        await until(pilot, lambda: "There is no bill here" in screen_text(app))
        assert "✗" not in lines(app)[-1]


async def test_sums_that_do_not_add_up_are_told(bench: Bench) -> None:
    def wrong(request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith("/billing/reports"):
            return None
        line = {"kind": "DATA", "quantity": "1", "unit": "MB", "unitPrice": "1", "amount": "1.00"}
        told = {"scope": "ACCOUNT", "currency": "EUR", "lines": [line], "totals": {"net": "2.00"}}
        return httpx.Response(200, json=told)

    bench.cable.instead = wrong
    async with bench.running() as (app, pilot):
        await bill(app, pilot)
        assert "✗ Does not add up: Data is not told, the lines are 1.00 (and 1 more)" in (
            screen_text(app)
        )


async def test_a_bill_is_exported_as_csv_and_json(bench: Bench, tmp_path: Path) -> None:
    async with bench.running() as (app, pilot):
        page = await bill(app, pilot, BillingPlace(view="things"))
        report = page._list.shown.bill.report
        for kind in ("csv", "json"):
            file = tmp_path / f"bill.{kind}"
            type_at_once(app, f":export {file}\r")
            await until(pilot, file.exists)
            assert file.stat().st_mode & 0o777 == 0o600
        told = csv.DictReader((tmp_path / "bill.csv").open(newline=""))
        assert [row["amount"] for row in told] == [line.amount for line in report.lines]
        told = json.loads((tmp_path / "bill.json").read_text())
        assert told["totals"] == dict(report.totals)
        assert len(told["lines"]) == len(report.lines)
        await until(pilot, lambda: "Exported" in lines(app)[-1])


async def test_groups_and_things_lead_to_their_bill(bench: Bench) -> None:
    group = group_id(bench, "depot-7")
    async with bench.running() as (app, pilot):
        await at(app, pilot, GroupPlace(group))
        await until(pilot, lambda: isinstance(app.page, GroupPage) and app.page.group is not None)
        await pilot.press("$")
        page = await settled(app, pilot)
        assert page.place == BillingPlace(Scope.GROUP, group)
        await pilot.press("T")
        await until(pilot, lambda: app.visit.trail.here == ThingsPlace("group:depot-7"))
        await pilot.press("$")
        page = await settled(app, pilot)
        assert page.place.scope == Scope.THING
        await app.go(ThingPlace(page.place.scope_id))
        await until(pilot, lambda: isinstance(app.page, ThingPage))
        await pilot.press("$")
        page = await settled(app, pilot)
        assert page.place.scope == Scope.THING


async def test_a_group_that_is_gone_is_known_by_its_id(bench: Bench) -> None:
    gone = group_id(bench, "depot-7")

    def without(request: httpx.Request) -> httpx.Response | None:
        return (
            httpx.Response(200, json={"items": [], "offset": 0, "limit": 500, "total": 0})
            if request.url.path.endswith("/things-groups")
            else None
        )

    bench.cable.instead = without
    async with bench.running() as (app, pilot):
        await bill(app, pilot, BillingPlace(view="groups"))
        assert f" {gone} " in screen_text(app)


@pytest.fixture
async def small(bench: Bench) -> AsyncIterator[Callable[[], str]]:
    async with bench.running(size=(40, 10)) as (app, pilot):
        await bill(app, pilot, BillingPlace(view="things"))
        yield lambda: screen_text(app)


async def test_a_small_terminal_still_tells_what_it_costs(small: Callable[[], str]) -> None:
    assert " EUR so far" in small()
    assert "at its end" in small()
    assert "AMOUNT" in small()
