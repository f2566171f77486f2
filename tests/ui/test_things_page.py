from __future__ import annotations

import pytest

from simtui.ui.history import ThingPlace
from simtui.ui.screens.thing import ThingPage
from simtui.ui.screens.things import ThingsPage
from simtui.ui.widgets.command_bar import CommandBar
from tests.ui.app_bench import Bench, lines, screen_text, type_at_once, until

SIZES = [(80, 24), (120, 40), (200, 60), (40, 10)]


async def type_text(pilot, text: str) -> None:
    for character in text:
        await pilot.press(character)


def rows(app) -> list[str]:
    return list(app.visit.things.table._keys)


@pytest.mark.parametrize("size", SIZES)
async def test_the_fleet_is_there_at_every_size(bench: Bench, size) -> None:
    async with bench.running(size) as (app, _):
        text = screen_text(app)
        assert " prod" in text
        assert "STATE" in text or "NAME" in text
        assert len(rows(app)) == 60
        assert all(len(line) <= size[0] for line in lines(app))


async def test_a_filter_narrows_while_it_is_typed_and_enter_keeps_it(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("slash")
        await type_text(pilot, "pump")
        await pilot.pause()
        pumps = rows(app)
        assert 0 < len(pumps) < 60
        assert all("pump" in app.feed.thing(key).name for key in pumps)
        await pilot.press("enter")
        await pilot.pause()
        assert "/pump" in lines(app)[0]
        assert f"{len(pumps)} of 60" in lines(app)[0]
        await pilot.press("escape")
        await pilot.pause()
        assert len(rows(app)) == 60


async def test_escape_while_typing_shows_what_was_there_before(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("slash")
        await type_text(pilot, "valve")
        await pilot.press("escape")
        await pilot.pause()
        assert len(rows(app)) == 60
        assert not app.screen.query_one(CommandBar).is_open


async def test_a_bad_filter_is_refused_where_it_stands_and_the_rows_stay(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("slash")
        await type_text(pilot, "state:active")
        await pilot.pause()
        before = rows(app)
        await type_text(pilot, "x")
        await pilot.press("enter")
        await pilot.pause()
        assert rows(app) == before
        arrow, typed = lines(app)[-2:]
        assert typed == "/state:activex"
        assert typed[arrow.index("▾")] == "a"
        assert "Expected one of provisioned, active, suspended, retired" in arrow
        assert app.screen.query_one(CommandBar).is_open


async def test_tab_completes_a_group_by_its_name(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("slash")
        await type_text(pilot, "group:nor")
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert app.visit.trail.here.filter_text == "group:north-yard"
        assert 0 < len(rows(app)) < 60


async def test_only_what_is_faulty_and_back(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("ctrl+z")
        await pilot.pause()
        faulty = rows(app)
        assert 0 < len(faulty) < 60
        assert f"{len(faulty)} ✗" in lines(app)[0]
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert len(rows(app)) == 60


async def test_a_capital_letter_sorts_and_again_reverses(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("C")
        await pilot.pause()
        least = [app.feed.thing(key).usage_cycle.data_bytes for key in rows(app)]
        await pilot.press("C")
        await pilot.pause()
        most = [app.feed.thing(key).usage_cycle.data_bytes for key in rows(app)]
        assert least == sorted(least)
        assert most == sorted(most, reverse=True)
        assert "by cycle ▼" in lines(app)[1]


async def test_marks_are_counted_and_escape_clears_them(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("space", "j", "j", "ctrl+@")
        await pilot.pause()
        assert len(app.visit.things.table.marked) == 4
        assert "4 marked" in lines(app)[0]
        await pilot.press("escape")
        await pilot.pause()
        assert not app.visit.things.table.marked


async def test_column_sets_go_round(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        seen = []
        for _ in range(4):
            seen.append(lines(app)[2])
            await pilot.press("v")
            await pilot.pause()
        assert "IMEI" in seen[1]
        assert len(set(seen)) == 4
        assert lines(app)[2] == seen[0]


async def test_enter_opens_and_the_brackets_walk_the_history(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("j", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ThingPage)
        opened = app.visit.trail.here
        await pilot.press("left_square_bracket")
        await pilot.pause()
        assert isinstance(app.screen, ThingsPage)
        assert app.visit.things.table.cursor_key == opened.thing_id
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert app.visit.trail.here == opened
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, ThingsPage)


async def test_commands_go_to_places_and_refuse_in_words(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, ":things state:retired\r")
        await until(pilot, lambda: "▸ /state:retired" in lines(app)[0])
        assert {app.feed.thing(key).state for key in rows(app)} == {"RETIRED"}
        for wrong, why in (
            ("thigns", "did you mean :things?"),
            ("thing 123", "19 or 20 digits"),
            ("sort colour", "no column colour"),
            ("things state:", "expected one of"),
            ("columns wide", "overview"),
            ("profile nowhere", "nowhere"),
        ):
            type_at_once(app, f":{wrong}\r")
            await until(pilot, lambda: "✗" in lines(app)[-2])
            assert why.lower() in lines(app)[-2].lower(), wrong
            assert lines(app)[-1] == f":{wrong}"
            await pilot.press("escape")


async def test_a_thing_is_opened_by_its_iccid_with_spaces_in_it(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        thing = app.feed.thing(rows(app)[5])
        type_at_once(app, f":thing {thing.iccid[:4]} {thing.iccid[4:]}\r")
        await until(pilot, lambda: app.visit.trail.here == ThingPlace(thing.thing_id))


async def test_an_unknown_iccid_says_so_and_keeps_what_was_typed(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, ":thing 89310862000000000129\r")
        await until(pilot, lambda: "✗" in lines(app)[-2])
        assert lines(app)[-1] == ":thing 89310862000000000129"


async def test_the_copy_menu_puts_a_value_on_the_clipboard(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        iccid = app.feed.thing(app.visit.things.table.cursor_key).iccid
        await pilot.press("c")
        await pilot.pause()
        assert "Text for a ticket" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.clipboard == iccid
        assert f"Copied ICCID: {iccid}" in lines(app)[-1]
        await pilot.press("j")
        await pilot.pause()
        assert "enter open" in lines(app)[-1]


async def test_json_is_the_servers_own(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        iccid = app.feed.thing(app.visit.things.table.cursor_key).iccid
        await pilot.press("y")
        await until(pilot, lambda: '"thingId"' in screen_text(app))
        assert f'"iccid": "{iccid}"' in screen_text(app)


async def test_the_keys_of_the_screen_can_be_searched(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("question_mark")
        await type_text(pilot, "faulty")
        await pilot.pause()
        text = screen_text(app)
        assert "ctrl+z" in text
        assert "pgdn" not in text
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ThingsPage)


async def test_q_at_the_list_quits_and_escape_does_not(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.is_running
        await pilot.press("q")
        await pilot.pause()
        assert app._exit


async def test_rows_can_be_used_before_the_rest_is_there(bench: Bench) -> None:
    async with bench.running(loaded=False) as (app, pilot):
        await until(pilot, lambda: len(rows(app)) > 0)
        await pilot.press("j", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ThingPage)


async def test_hostile_names_reach_the_screen_harmless(bench: Bench) -> None:
    names = ["\x1b]52;c;aGk=\x07", "\x1b[2J", "[/nope]", "a\u202eb", "\x9b31m", "z\u0336" * 40]
    for thing, name in zip(bench.world.things.values(), names, strict=False):
        thing.name = name
    async with bench.running((120, 40)) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        text = screen_text(app)
        await pilot.press("q")
        await pilot.pause()
        text += screen_text(app)
    assert not any(character in text for character in "\x1b\x07\x9b\u202e")
    assert "\\x1b[2J" in text


async def test_a_number_without_its_check_digit_is_also_asked_of_the_api(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        thing = next(one for one in app.feed.index if len(one.iccid) == 20)
        app.feed.index.remove([thing.thing_id])
        await pilot.press("colon", *f"thing {thing.iccid[:19]}", "enter")
        await until(pilot, lambda: isinstance(app.screen, ThingPage))
        assert app.visit.trail.here.thing_id == thing.thing_id
