"""The journal and one write of it."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from simtui.models.action import SetState
from simtui.ui.history import JobPlace, JournalPlace
from simtui.ui.screens.journal import JournalPage
from simtui.ui.screens.journal_entry import EntryPage
from simtui.ui.screens.plan_dialog import PlanDialog
from tests.ui.app_bench import lines, screen_text, until
from tests.ui.pages_bench import PagesBench, active, ended, pages_bench, start


@pytest.fixture
def bench(tmp_path: Path) -> PagesBench:
    return pages_bench(tmp_path)


async def order(app, pilot, text: str) -> None:
    app.page.open_bar(":", text)
    await pilot.press("enter")
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_write_is_found_read_copied_undone_and_leads_to_its_job(bench: PagesBench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("0")
        await until(pilot, lambda: "Nothing was written from here yet." in screen_text(app))
        first, second, *others = active(app, 9)
        await ended(bench, pilot, start(app, (first, second, *others)))
        await ended(bench, pilot, start(app, (first,), SetState("ACTIVE")))
        await until(pilot, lambda: "Suspend 9 Things" in lines(app)[4])
        assert f"Suspend {first.name}" in lines(app)[3], "the latest first"
        await pilot.press("slash", *"9 things")
        await until(pilot, lambda: "1 of 2" in lines(app)[0])
        await pilot.press("enter")
        await until(pilot, lambda: "▸ /9 things" in lines(app)[0])
        assert app.visit.trail.here == JournalPlace("9 things")
        await pilot.press("c", "enter")
        await until(pilot, lambda: isinstance(app.page, EntryPage))
        assert first.iccid in app.clipboard and "me@here" in app.clipboard
        assert first.iccid in screen_text(app)
        assert "✓ confirmed" in screen_text(app)
        await pilot.press("u")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        await pilot.press("escape", "enter")
        await until(pilot, lambda: isinstance(app.visit.trail.here, JobPlace))
        await pilot.press("left_square_bracket", "left_square_bracket", "escape")
        await until(pilot, lambda: isinstance(app.page, JournalPage) and len(app.page.keys()) == 2)
        assert "/" not in lines(app)[0].split("·")[0]


async def test_what_the_filter_leaves_is_exported_for_its_owner_alone(
    bench: PagesBench, tmp_path: Path
) -> None:
    async with bench.running() as (app, pilot):
        first, second = active(app, 2)
        await ended(bench, pilot, start(app, (first,)))
        await ended(bench, pilot, start(app, (second,)))
        await app.go(JournalPlace(first.iccid))
        await pilot.pause()
        file = tmp_path / "out.json"
        await order(app, pilot, f"export {file}")
        await until(pilot, lambda: "Exported 1 write" in lines(app)[-1])
        (story,) = json.loads(file.read_text())
        assert [thing["iccid"] for thing in story["things"]] == [first.iccid]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        before = file.read_bytes()
        for argument in (str(file), str(tmp_path / "out.txt")):
            await order(app, pilot, f"export {argument}")
            assert "✗" in lines(app)[-2]
            await pilot.press("escape")
        assert file.read_bytes() == before
        await order(app, pilot, f"export {tmp_path / 'none' / 'out.csv'}")
        await until(pilot, lambda: (tmp_path / "none" / "out.csv").exists())


async def test_what_was_done_to_another_account_is_not_undone_in_this_one(
    bench: PagesBench,
) -> None:
    """The ids of its Things mean other Things here."""
    async with bench.running() as (app, pilot):
        await ended(bench, pilot, start(app, active(app, 1)))
        journal = app.feed.store.journal
        journal.author = replace(journal.author, endpoint="https://other.example (c2)")
        await pilot.press("0", "u")
        await until(pilot, lambda: "cannot be undone from here" in lines(app)[-1])
        assert not isinstance(app.screen, PlanDialog)


async def test_what_another_simtui_writes_is_seen(bench: PagesBench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("0")
        other = bench.journal()
        await ended(bench, pilot, start(app, active(app, 1)))
        other.load()
        (entry,) = other.entries
        intent = type(entry.intent)(
            **{
                name: getattr(entry.intent, name)
                for name in entry.intent.__slots__
                if name not in ("entry_id", "summary")
            },
            entry_id="other",
            summary="From \x1b[2Jelsewhere",
        )
        await other.begin(intent)
        app.visit.tick()
        await until(pilot, lambda: "elsewhere" in screen_text(app))
        assert "\\x1b[2Jelsewhere" in screen_text(app)
        await pilot.press("j", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.page, EntryPage), "one Thing is changed without a job"
        assert "did not become a job" in lines(app)[-1]
