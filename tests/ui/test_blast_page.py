"""The blast radius by keyboard: from marked or filtered Things to what they share."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from simtui.models.journal import Before, Intent
from simtui.ui.history import BlastPlace, EntryPlace, ThingsPlace
from simtui.ui.screens.blast import BlastPage
from simtui.ui.screens.journal_entry import EntryPage
from tests.ui.app_bench import Bench, lines, screen_text, type_at_once, until
from tests.ui.blast_states import GROUP, PAGES, blast_bench, looked, strike
from tests.ui.terminal_bench import on_terminal


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return blast_bench(tmp_path)


def of_group(app, name: str) -> list[str]:
    context = app.feed.context
    return [one.thing_id for one in app.feed.index if context.group_name(one) == name]


async def test_the_whole_fleet_is_asked_and_enter_opens_the_things(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("o")
        page = await looked(app, pilot)
        assert app.visit.trail.here == BlastPlace()
        assert f"group {GROUP}" in lines(app)[6]
        found, total = page.blast.findings[0], page.blast.tally.total
        assert f"{found.counts.silent} of {total.silent}" in lines(app)[6]
        assert "of them are silent" in screen_text(app)
        asked = len(bench.cable.asked)
        await pilot.press("v", "v", "v", "enter")
        group_id = found.value.key
        await until(pilot, lambda: app.visit.trail.here == ThingsPlace(f"group:{group_id}"))
        await until(pilot, lambda: len(app.page.table._keys) == len(of_group(app, GROUP)))
        assert not [one for one in bench.cable.asked[asked:] if "/things/" in one.url.path]


async def test_marked_things_are_taken_for_silent(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, "/group:elevators\r")
        await until(pilot, lambda: "▸ /group:elevators" in lines(app)[0])
        await pilot.press("asterisk", "o")
        page = await looked(app, pilot)
        assert "▸ marked" in lines(app)[0]
        assert set(app.visit.trail.here.thing_ids) == set(of_group(app, "elevators"))
        assert page.blast.findings[0].value.pivot == "group"
        assert "group elevators" in screen_text(app)


async def test_a_filter_asks_within_it_and_is_kept_when_things_are_opened(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, f"/group:{GROUP},cameras\r")
        await until(pilot, lambda: f"▸ /group:{GROUP}" in lines(app)[0])
        await pilot.press("o")
        await looked(app, pilot)
        assert f"▸ /group:{GROUP},cameras" in lines(app)[0]
        await pilot.press("tab", "j", "enter")
        await until(pilot, lambda: isinstance(app.visit.trail.here, ThingsPlace))
        assert app.visit.trail.here.filter_text.startswith(f"group:{GROUP},cameras group:")


async def test_the_command_takes_a_filter_anywhere_and_refuses_a_bad_one(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("3")
        type_at_once(app, ":blast seen>2h\r")
        await looked(app, pilot)
        assert app.visit.trail.here == BlastPlace("seen>2h")
        type_at_once(app, ":blast nowhere:1\r")
        await until(pilot, lambda: "There is no field" in screen_text(app))
        assert app.visit.trail.here == BlastPlace("seen>2h")


async def test_all_values_and_back(bench: Bench) -> None:
    async with bench.running((80, 40)) as (app, pilot):
        await pilot.press("o")
        await looked(app, pilot)
        await pilot.press("v")
        await until(pilot, lambda: "GROUP" in screen_text(app))
        assert f"✗ {GROUP}" in screen_text(app)
        assert "all known" in screen_text(app)
        await pilot.press("enter")  # a heading leads nowhere
        assert isinstance(app.page, BlastPage)
        await pilot.press("escape")
        await until(pilot, lambda: "SHARED BY THE SILENT" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.page, BlastPage))


async def test_the_ticket_is_copied(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("o")
        await looked(app, pilot)
        await pilot.press("c")
        assert f"1. group {GROUP}" in app.clipboard
        assert "Copied it" in lines(app)[-1]


async def test_it_is_looked_at_again_when_the_fleet_has_changed(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("o")
        page = await looked(app, pilot)
        before = page.blast.tally.total.silent
        strike(bench, "elevators")
        await pilot.press("r")
        await until(pilot, lambda: not app.feed.entry.loading)
        await until(pilot, lambda: page.blast.tally.total.silent > before)
        await until(pilot, lambda: "group elevators" in screen_text(app))


async def test_what_was_changed_before_is_told_and_opens(bench: Bench) -> None:
    """Five minutes before the group fell silent, three of its Things got a tag from here."""
    async with bench.running() as (app, pilot):
        await pilot.press("o")
        page = await looked(app, pilot)
        assert "Nothing known here was changed" in screen_text(app)
        at = page.account.wave.begin - timedelta(minutes=5)
        things = tuple(Before(one, one) for one in of_group(app, GROUP)[:3])
        tags, what = {"tags": ["spring"]}, "Add tag spring to 3 Things"
        intent = Intent(
            "e1", at, "me@here", 1, "prod", "there", "add-tags", tags, what, what, things, "r", "o"
        )
        await app.feed.store.journal.begin(intent)
        await until(pilot, lambda: f"Δ 5m before   {what}" in screen_text(app))
        assert len(page.account.suspects) == 1
        await pilot.press("v", "v")
        await until(pilot, lambda: "REACHES" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.page, EntryPage))
        assert app.visit.trail.here == EntryPlace("e1")


async def test_it_waits_for_the_fleet(tmp_path: Path) -> None:
    bench = PAGES["findings"].bench(tmp_path)
    bench.cable.cut()
    async with bench.running(loaded=False) as (app, pilot):
        await app.go(BlastPlace())
        await until(pilot, lambda: "could not be loaded" in screen_text(app))
        await pilot.press("c", "v", "v", "v", "enter")
        assert isinstance(app.page, BlastPage)


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_on_which_nothing_changes_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    async with on_terminal(PAGES[page].bench(tmp_path), monkeypatch) as terminal:
        await PAGES[page].drive(terminal.bench, terminal.app, terminal.pilot)
        await terminal.settled()
        assert [await terminal.poll(65.0) for _ in range(3)] == [0, 0, 0]
