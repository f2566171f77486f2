from __future__ import annotations

from tests.ui.app_bench import Bench, lines, screen_text, until


async def open_first(app, pilot) -> str:
    key = app.visit.things.table.cursor_key
    await pilot.press("enter")
    await until(pilot, lambda: "not loaded yet" not in screen_text(app))
    return key


async def test_everything_about_a_thing_is_in_one_place(bench: Bench) -> None:
    async with bench.running((120, 70)) as (app, pilot):
        key = await open_first(app, pilot)
        thing = app.feed.thing(key)
        text = screen_text(app)
        for title in (
            "Identity", "Session", "Lifecycle", "IP lease", "Services", "Device", "Usage",
            "Last sessions", "Last SMS", "Events", "IMEI history", "State history",
        ):  # fmt: skip
            assert title in text, title
        for value in (thing.iccid, thing.imsi, thing.imei, app.feed.context.group_name(thing)):
            assert value in text


async def test_tab_goes_from_section_to_section_and_back(bench: Bench) -> None:
    async with bench.running((80, 24)) as (app, pilot):
        await open_first(app, pilot)
        top = screen_text(app)
        await pilot.press("tab")
        await pilot.pause()
        assert "Identity" in lines(app)[2]
        await pilot.press("shift+tab")
        await pilot.pause()
        assert screen_text(app) == top


async def test_what_the_api_does_not_offer_is_not_there(bench: Bench) -> None:
    bench.faults.switch_on("ext-absent")
    async with bench.running((120, 70)) as (app, pilot):
        await open_first(app, pilot)
        text = screen_text(app)
        assert "Last sessions" not in text
        assert "Events" not in text
        assert "not offered" not in text
        assert "✗" not in lines(app)[-1]
        assert "Last SMS" in text


async def test_unknown_words_and_fields_break_nothing(bench: Bench) -> None:
    bench.faults.switch_on("unknown-enum")
    bench.faults.switch_on("unknown-fields")
    async with bench.running((120, 40)) as (app, pilot):
        await open_first(app, pilot)
        assert "Identity" in screen_text(app)


async def test_a_read_that_fails_keeps_the_rest_and_says_what_failed(bench: Bench) -> None:
    bench.faults.switch_on("502-html", {"path": "/things/", "times": None})
    async with bench.running((120, 40)) as (app, pilot):
        iccid = app.feed.thing(app.visit.things.table.cursor_key).iccid
        await pilot.press("enter")
        await until(pilot, lambda: "✗" in lines(app)[-1])
        assert iccid in screen_text(app)
        await pilot.press("exclamation_mark")
        await pilot.pause()
        assert "What to do" in screen_text(app)
