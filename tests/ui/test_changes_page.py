"""The page of what changed: what it lists, where it leads, and what leads to it."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from simtui.models.change import ChangesWanted
from simtui.store.last_visit import visit_file
from simtui.ui.history import ChangesPlace, EntryPlace, ThingPlace
from simtui.ui.screens.changes import ChangesPage
from simtui.ui.screens.journal_entry import EntryPage
from tests.ui.app_bench import NOW, is_loaded, lines, screen_text
from tests.ui.changes_bench import ChangesBench, changes_bench, come, night, seed
from tests.ui.pages_bench import active, ended, start
from tests.ui.terminal_bench import on_terminal


@pytest.fixture
def bench(tmp_path: Path) -> ChangesBench:
    return changes_bench(tmp_path)


async def order(app, pilot, text: str) -> None:
    app.page.open_bar(":", text)
    await pilot.press("enter")
    await app.workers.wait_for_complete()
    await pilot.pause()


def shown(app) -> list[str]:
    """The rows without what stands beside them."""
    return [line for line in lines(app)[3:-1] if line.strip("▌▐ ")]


async def test_an_empty_history_says_why_and_a_night_is_listed(bench: ChangesBench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("tilde")
        await come(pilot, lambda: "Nothing was seen to change yet." in screen_text(app))
        await seed(app)
        await come(pilot, lambda: len(shown(app)) == 6)
        first = shown(app)[0]
        assert "session online → offline" in first
        assert "30m ago" in first
        assert "gone from the account" in shown(app)[1]
        chain = shown(app)[2]
        assert "1 rule added, 1 moved" in chain
        assert "from here" in chain
        assert "≤9h ago" in screen_text(app)
        assert "in the last 24h" in lines(app)[0]


async def test_v_goes_through_the_times_and_words_filter(bench: ChangesBench) -> None:
    async with bench.running() as (app, pilot):
        await seed(app)
        await pilot.press("tilde")
        await come(pilot, lambda: len(shown(app)) == 6)
        for text, count in (("all that is kept", 7), ("in the last 1h", 2), ("in the last 8h", 6)):
            await pilot.press("v")
            await come(pilot, lambda t=text, n=count: t in lines(app)[0] and len(shown(app)) == n)
        await pilot.press("slash", *"session OFFLINE")
        await come(pilot, lambda: len(app.page.keys()) == 1)
        await pilot.press("enter")
        await come(pilot, lambda: app.visit.trail.here.filter_text == "session OFFLINE")
        await come(pilot, lambda: len(shown(app)) == 1)
        await pilot.press("escape")
        await come(pilot, lambda: len(shown(app)) == 6)
        await pilot.press("slash", *"nothing", "enter")
        await come(pilot, lambda: "No change has all of these words." in screen_text(app))
        await pilot.press("escape", "2")
        await come(pilot, lambda: app.page is app.visit.things)


async def test_since_the_last_visit_comes_first(bench: ChangesBench) -> None:
    file = visit_file(bench.paths, bench.profile)
    file.parent.mkdir(parents=True)
    file.write_text((NOW - timedelta(minutes=90)).isoformat(), encoding="ascii")
    async with bench.running() as (app, pilot):
        await seed(app)
        await pilot.press("tilde")
        await come(pilot, lambda: "since your last visit" in lines(app)[0])
        await come(pilot, lambda: len(shown(app)) == 2)
        await order(app, pilot, "changes 5m")
        await come(pilot, lambda: "Nothing was seen to change in the last 5m." in screen_text(app))
        assert "v goes on, to all 7." in screen_text(app)
        await order(app, pilot, "changes 25:00")
        assert "25:00” is no time" in lines(app)[-2]
        assert app.visit.trail.here == ChangesPlace(since="5m")


async def test_a_row_leads_to_what_changed_and_to_its_write(bench: ChangesBench) -> None:
    async with bench.running() as (app, pilot):
        (thing,) = active(app, 1)
        await ended(bench, pilot, start(app, (thing,)))
        await app.feed.store.history.settled()
        await app.go(ChangesPlace("", "", "state suspended"))
        await come(pilot, lambda: isinstance(app.page, ChangesPage) and len(shown(app)) == 1)
        assert "state active → suspended" in shown(app)[0]
        assert "from here" in shown(app)[0]
        await pilot.press("c")
        assert thing.iccid in app.clipboard
        assert "By a write from here, journal entry" in app.clipboard
        await pilot.press("b")
        await come(pilot, lambda: isinstance(app.page, EntryPage))
        here = app.visit.trail.here
        assert isinstance(here, EntryPlace)
        assert app.feed.store.journal.entry(here.entry_id) is not None
        await pilot.press("left_square_bracket")
        await come(pilot, lambda: isinstance(app.page, ChangesPage) and bool(shown(app)))
        await pilot.press("enter")
        await come(pilot, lambda: app.visit.trail.here == ThingPlace(thing.thing_id))


async def test_what_is_gone_leads_nowhere_and_says_so(bench: ChangesBench) -> None:
    async with bench.running() as (app, pilot):
        await seed(app, [one for one in night(app) if one.object_id == "t_gone"])
        await pilot.press("tilde")
        await come(pilot, lambda: len(shown(app)) == 1)
        await pilot.press("enter")
        await come(pilot, lambda: "It is not there any more" in lines(app)[-1])
        await pilot.press("b")
        await come(pilot, lambda: "No write from here is known" in lines(app)[-1])
        assert isinstance(app.page, ChangesPage)


async def test_the_page_of_a_thing_has_its_changes_and_leads_to_all_of_them(
    bench: ChangesBench,
) -> None:
    async with bench.running((120, 40)) as (app, pilot):
        changes = night(app)
        await seed(app)
        thing_id = changes[0].object_id
        await app.go(ThingPlace(thing_id))
        await come(pilot, lambda: "Changes seen here" in screen_text(app))
        assert "group North yard → Spare parts · elsewhere" in screen_text(app)
        await pilot.press("tilde")
        await come(pilot, lambda: isinstance(app.page, ChangesPage) and len(shown(app)) == 2)
        assert "all that is kept" in lines(app)[0]
        assert "WHAT" not in lines(app)[2]
        await pilot.press("tilde")
        await come(pilot, lambda: "WHAT" in lines(app)[2])
        assert app.visit.trail.here == ChangesPlace()


async def test_what_the_filter_leaves_is_exported_for_its_owner_alone(
    bench: ChangesBench, tmp_path: Path
) -> None:
    async with bench.running() as (app, pilot):
        await seed(app)
        await app.go(ChangesPlace("", "all", "tunnel"))
        await come(pilot, lambda: len(shown(app)) == 1)
        file = tmp_path / "out.json"
        await order(app, pilot, f"export {file}")
        await come(pilot, lambda: "Exported 1 change to" in lines(app)[-1])
        (told,) = json.loads(file.read_text())
        assert (told["kind"], told["after"]) == ("tunnel-state", "DOWN")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_what_changed_while_the_app_was_closed_is_there_at_the_next_start(
    bench: ChangesBench,
) -> None:
    bench.keep_snapshot()
    async with bench.running() as (app, pilot):
        (thing,) = active(app, 1)
    bench.pass_time(9 * 3600)
    record = bench.world.things[thing.thing_id]
    record.state, record.state_changed_at = "SUSPENDED", bench.world.clock.now()
    bench.world.touch(record, bench.world.clock.now(), "anna@example.com")
    async with bench.running(loaded=False) as (app, pilot):
        await come(pilot, lambda: is_loaded(app))
        history = app.feed.store.history
        await history.settled()
        found = (await history.find(ChangesWanted(words="state suspended"))).changes
        assert [(one.object_id, one.by) for one in found] == [(thing.thing_id, "elsewhere")]
        assert found[0].last_looked is not None
        await pilot.press("tilde")
        await come(pilot, lambda: "state active → suspended" in screen_text(app))


async def test_a_file_that_cannot_be_read_is_said(bench: ChangesBench) -> None:
    file = bench.paths.state_dir / f"{bench.profile}.history"
    file.mkdir(parents=True)
    async with bench.running() as (app, pilot):
        await pilot.press("tilde")
        await come(pilot, lambda: "What changed cannot be kept or read" in lines(app)[-1])


async def test_a_page_on_which_nothing_changes_writes_nothing(
    bench: ChangesBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_terminal(bench, monkeypatch) as terminal:
        await come(terminal.pilot, lambda: is_loaded(terminal.app))
        await seed(terminal.app)
        await terminal.pilot.press("tilde")
        await come(terminal.pilot, lambda: len(shown(terminal.app)) == 6)
        await terminal.settled()
        assert [await terminal.poll(65.0) for _ in range(3)] == [0, 0, 0]
