"""Why offline, by keyboard: what it names, what it asks, what it does, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from simtui.models import State
from simtui.sandbox.scenarios.catalogue import SCENARIOS
from simtui.sandbox.scenarios.play import play
from simtui.ui.app import SimtuiApp
from simtui.ui.history import ThingPlace, ThingsPlace, WhyPlace
from simtui.ui.page import Page
from simtui.ui.screens.firewall import FirewallPage
from simtui.ui.screens.plan_dialog import PlanDialog
from simtui.ui.screens.pools import PoolsPage
from simtui.ui.screens.rung_dialog import RungDialog
from simtui.ui.screens.tunnel import TunnelPage
from simtui.ui.screens.why import WhyPage
from simtui.views.why.rung import RungName
from tests.ui.acting_bench import planned, writes
from tests.ui.app_bench import NOW, Bench, bench_in, lines, screen_text, until
from tests.ui.config_bench import at
from tests.ui.terminal_bench import on_terminal
from tests.ui.triage import bench_of, measure, table_in
from tests.why_bench import THINGS, assert_right

README = Path(__file__).parents[2] / "README.md"
MINUTE = 65.0
LINES_OF_THE_EVIDENCE = 2_000
"""Bytes of what the cursor changes: two rows and the evidence, about 1.3 times as measured."""
OWN = ("/session", "/sessions", "/quota", "/events", "/routes", "/nat-rules", "/ipsec-tunnels")


def asked(bench: Bench, *endings: str) -> list[str]:
    """The paths that were asked for and end so."""
    paths = [request.url.path for request in bench.cable.asked]
    return [path for path in paths if path.endswith(endings or OWN)]


async def shown(app: SimtuiApp, pilot: Pilot[None], thing_id: str) -> WhyPage:
    """The page of a Thing, when nothing is on its way."""
    await at(app, pilot, WhyPlace(thing_id))
    await until(pilot, lambda: isinstance(app.page, WhyPage) and app.page.is_mounted)
    page = app.page
    assert isinstance(page, WhyPage)
    await until(pilot, lambda: not page.asking and not page.diagnosis.waiting)
    await until(pilot, lambda: page.diagnosis.sentence[:20] in screen_text(app))
    return page


@pytest.mark.parametrize("name", SCENARIOS)
async def test_from_the_start_to_the_named_cause(tmp_path: Path, name: str) -> None:
    """The keys and API calls of the README are those that it takes."""
    measured = await measure(tmp_path, name)
    assert_right(measured.diagnosis, SCENARIOS[name].truth)
    rows = {row.split("`")[1]: row for row in table_in(README.read_text("utf-8")).splitlines()[2:]}
    print(measured.row)  # noqa: T201
    assert rows[name] == measured.row
    assert measured.calls_of_why <= 9
    assert list(rows) == list(SCENARIOS)


async def test_every_check_is_in_view_and_the_cause_has_the_cursor(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "tunnel-down")
    async with bench.running((80, 24)) as (app, pilot):
        page = await shown(app, pilot, thing_id)
        await until(pilot, lambda: page.table.cursor_key == RungName.PATH)
        text = screen_text(app)
        assert "tunnel scada-zwolle is DOWN" in " ".join(text.split())
        for rung in page.diagnosis.rungs:
            assert any(rung.name in line for line in lines(app)), rung.name
        assert "f fix" in lines(app)[-1]


async def test_answers_fill_in_rows_that_do_not_move(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "imei-lock-breached")
    async with bench.running() as (app, pilot):
        release = bench.cable.hold(lambda request: request.url.path.endswith(OWN))
        await at(app, pilot, WhyPlace(thing_id))
        await until(pilot, lambda: "asking" in screen_text(app))
        names = [line[17:33].strip(" ▸") for line in lines(app)[7:16]]
        page = app.page
        assert isinstance(page, WhyPage)
        assert "Asking …" in lines(app)[2]
        assert page.table.cursor_index == 0
        await pilot.press("j")
        release()
        await until(pilot, lambda: not page.asking and "Likely cause" in lines(app)[2])
        assert [line[17:33].strip(" ▸") for line in lines(app)[7:16]] == names
        assert page.table.cursor_index == 1, "who has moved the cursor keeps it"


async def test_it_asks_once_and_again_only_when_told(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "dead-battery")
    async with bench.running() as (app, pilot):
        page = await shown(app, pilot, thing_id)
        first = asked(bench)
        assert len(first) == len(set(first)) == len(OWN)
        for _ in range(5):
            bench.clock.advance(120)
            page.tick()
            await pilot.pause()
        assert asked(bench) == first
        await pilot.press("r")
        await until(pilot, lambda: len(asked(bench)) == 2 * len(first) and not page.asking)
        assert sorted(asked(bench)) == sorted(first * 2)


async def test_what_is_known_already_is_not_asked_again(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "nothing-wrong")
    async with bench.running() as (app, pilot):
        await at(app, pilot, ThingPlace(thing_id))
        await until(pilot, lambda: "not loaded yet" not in screen_text(app))
        before = len(bench.cable.asked)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.page, WhyPage) and not app.page.asking)
        new = {request.url.path.rpartition("/")[2] for request in bench.cable.asked[before:]}
        assert new == {"quota", "routes", "nat-rules", "ipsec-tunnels"}


async def test_facts_grow_old_while_one_looks(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "nothing-wrong")
    async with bench.running() as (app, pilot):
        page = await shown(app, pilot, thing_id)
        assert page.diagnosis.conclusion == "WELL"
        bench.clock.moment += timedelta(hours=2)
        page.tick()
        await pilot.pause()
        assert page.diagnosis.conclusion == "UNKNOWN"
        assert "too old to rely on" in " ".join(screen_text(app).split())


async def test_what_would_help_is_planned_and_confirmed_as_any_write(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "suspended-by-colleague")
    async with bench.running() as (app, pilot):
        page = await shown(app, pilot, thing_id)
        await pilot.press("f")
        await planned(app, pilot)
        assert not writes(bench)
        await pilot.press("enter")
        await until(pilot, lambda: app.feed.thing(thing_id).state == State.ACTIVE)
        assert bench.world.things[thing_id].state == State.ACTIVE
        await until(pilot, lambda: "Active" in screen_text(app))
        lifecycle = next(one for one in page.diagnosis.rungs if one.name == RungName.LIFECYCLE)
        assert lifecycle.verdict == "PASS"


@pytest.mark.parametrize(
    ("name", "page", "text"),
    [
        ("tunnel-down", TunnelPage, "PSK_MISMATCH"),
        ("firewall-rule", FirewallPage, "test, to be re"),
        ("pool-exhausted", PoolsPage, "100 %"),
    ],
)
async def test_it_leads_to_where_it_can_be_changed(
    tmp_path: Path, name: str, page: type[Page], text: str
) -> None:
    bench, thing_id = bench_of(tmp_path, name)
    async with bench.running() as (app, pilot):
        await shown(app, pilot, thing_id)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.page, page))
        await until(pilot, lambda: text in screen_text(app))
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: isinstance(app.page, WhyPage))


async def test_many_lead_to_their_list(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "power-cut")
    async with bench.running() as (app, pilot):
        await shown(app, pilot, thing_id)
        await pilot.press("f")
        await until(pilot, lambda: app.page is app.visit.things)
        assert app.visit.trail.here == ThingsPlace('group:"south-yard" online:no')
        await until(pilot, lambda: thing_id in app.visit.things.table._keys)


async def test_the_key_goes_with_the_check_under_the_cursor(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "firewall-rule")
    bench.world.things[thing_id].allowed_services = ("SMS",)
    async with bench.running() as (app, pilot):
        page = await shown(app, pilot, thing_id)
        await until(pilot, lambda: page.table.cursor_key == RungName.SERVICES)
        assert "(f)" in lines(app)[5]
        page.table.move_to(RungName.PATH)
        await until(pilot, lambda: "(f)" not in lines(app)[5])
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.page, FirewallPage))


async def test_read_only_offers_no_write_and_still_leads_somewhere(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "suspended-by-colleague")
    bench.read_only = True
    async with bench.running() as (app, pilot):
        await shown(app, pilot, thing_id)
        await pilot.pause()
        assert "fix" not in lines(app)[-1]
        assert "(f)" not in screen_text(app)
        await pilot.press("f")
        await pilot.pause()
        assert not isinstance(app.screen, PlanDialog)
        assert not writes(bench)


async def test_where_nothing_helps_the_key_says_so(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "nothing-wrong")
    async with bench.running() as (app, pilot):
        await shown(app, pilot, thing_id)
        await pilot.press("f")
        await until(pilot, lambda: "Nothing that can be done" in lines(app)[-1])


async def test_enter_shows_all_of_the_evidence(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "operator-outage-belgium")
    async with bench.running() as (app, pilot):
        page = await shown(app, pilot, thing_id)
        await until(pilot, lambda: page.table.cursor_key == RungName.MANY)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RungDialog))
        await until(pilot, lambda: "Same operator" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, RungDialog))
        assert app.page is page


async def test_it_is_copied_as_text_for_a_ticket(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "moved-to-germany")
    async with bench.running() as (app, pilot):
        await shown(app, pilot, thing_id)
        await pilot.press("c")
        await until(pilot, lambda: "Copied" in lines(app)[-1])
        text = app.clipboard
        assert bench.world.things[thing_id].iccid in text
        assert "Likely cause: it is outside the coverage" in text
        assert "[✗ fail] Coverage" in text
        assert "Looked up 2026-11-22 03:12:05Z" in text


async def test_a_question_that_fails_leaves_its_check_open_and_says_why(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "nothing-wrong")
    async with bench.running() as (app, pilot):
        bench.faults.switch_on("500-html", {"path": "/networks/", "times": None})
        page = await shown(app, pilot, thing_id)
        await until(pilot, lambda: "✗" in lines(app)[-1])
        path = next(one for one in page.diagnosis.rungs if one.name == RungName.PATH)
        assert path.verdict == "UNKNOWN"
        assert "Could not load" in path.found
        assert RungName.PATH in page.diagnosis.sentence
        bench.faults.switch_all_off()
        await pilot.press("r")
        await until(pilot, lambda: not page.asking and RungName.PATH not in page.diagnosis.sentence)
        await until(pilot, lambda: "✗" not in lines(app)[-1])


async def test_without_a_network_it_says_so_and_asks_when_there_is_one(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "imei-lock-breached")
    async with bench.running() as (app, pilot):
        bench.cable.cut()
        page = await shown(app, pilot, thing_id)
        await until(pilot, lambda: "✗" in lines(app)[-1])
        assert page.diagnosis.named.name == RungName.IMEI, "the list knows enough"
        assert not asked(bench) or page.diagnosis.rungs[5].verdict == "UNKNOWN"
        bench.cable.mend()
        before = len(asked(bench))
        bench.clock.advance(120)
        await until(pilot, lambda: len(asked(bench)) >= before + len(OWN) and not page.asking)
        await until(pilot, lambda: page.diagnosis.rungs[5].verdict == "FAIL")
        await until(pilot, lambda: "✗" not in lines(app)[-1])
        assert len(asked(bench)) == before + len(OWN)


async def test_the_moment_is_that_of_the_thing_as_it_is_now(tmp_path: Path) -> None:
    """The list still has it online when it fails together with others."""
    bench = bench_in(tmp_path, things=THINGS)
    async with bench.running() as (app, pilot):
        thing_id = play(bench.world, bench.faults, "operator-outage-belgium", NOW).thing_id
        page = await shown(app, pilot, thing_id)
        many = page.diagnosis.rungs[1]
        assert "Silent since 2026-11-22 02:27:05Z" in " ".join(many.evidence)


async def test_a_thing_that_never_had_a_session(tmp_path: Path) -> None:
    bench = bench_in(tmp_path, fresh=True)
    thing_id = next(iter(bench.world.things))
    async with bench.running() as (app, pilot):
        page = await shown(app, pilot, thing_id)
        assert page.diagnosis.named.name == RungName.LIFECYCLE
        assert "never activated" in page.diagnosis.sentence
        await pilot.press("f")
        await planned(app, pilot)


async def test_by_word_and_number(tmp_path: Path) -> None:
    bench, thing_id = bench_of(tmp_path, "suspended-by-colleague")
    async with bench.running() as (app, pilot):
        iccid = bench.world.things[thing_id].iccid
        await until(pilot, lambda: app.visit.acting.level is not None)
        await app.orders.run(f"why {iccid}")
        await until(pilot, lambda: isinstance(app.page, WhyPage))
        assert app.visit.trail.here == WhyPlace(thing_id)


async def test_idle_it_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = bench_in(tmp_path)  # a fleet of one page: the progress of a load is seen
    bench.cable.without = frozenset(
        {"quota-limit", "quota-used", "quota-available", "quota-reset-utc"}
    )
    thing_id = next(one.thing_id for one in bench.world.things.values() if one.state == "ACTIVE")
    async with on_terminal(bench, monkeypatch) as terminal:
        await shown(terminal.app, terminal.pilot, thing_id)
        await terminal.settled()
        assert [await terminal.poll(MINUTE) for _ in range(3)] == [0, 0, 0]
        assert 0 < await terminal.press("j") <= LINES_OF_THE_EVIDENCE
