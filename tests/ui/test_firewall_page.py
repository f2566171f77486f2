"""The firewall editor by keyboard: edit, look, save; and somebody else who is quicker."""

from __future__ import annotations

import asyncio

from simtui.sandbox.records import RuleRecord
from simtui.store.drafts import Drafts
from simtui.ui.history import FirewallPlace, ProfilesPlace
from simtui.ui.screens.conflict_dialog import ConflictDialog
from simtui.ui.screens.firewall import FirewallPage
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.pick_dialog import PickDialog
from simtui.ui.screens.save_dialog import SaveDialog
from simtui.ui.screens.walk_dialog import WalkDialog
from tests.ui.acting_bench import writes
from tests.ui.app_bench import Bench, lines, screen_text, until
from tests.ui.config_bench import at, body_of, dialog, fill, path_of, profile_named, save, sent


def comments(page: FirewallPage) -> list[str]:
    return [item.comment for item in page.items]


async def test_a_filter_rule_is_added_looked_at_and_saved_as_one_write(bench: Bench) -> None:
    profile = profile_named(bench, "scada")
    before = [rule.rule_id for rule in profile.inbound]
    version = profile.version
    async with bench.running() as (app, pilot):
        await at(app, pilot, ProfilesPlace())
        assert any("scada" in line and "5 rules" in line for line in lines(app))
        app.page.table.move_to(profile.ip_profile_id)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FirewallPage))
        assert "used by" in screen_text(app)
        assert "INBOUND towards the Thing · 5 rules" in screen_text(app)

        await pilot.press("n")
        await fill(app, pilot, action="DROP", protocol="tcp", src_cidr="10.0.0.1/8")
        await pilot.press("tab")
        await until(pilot, lambda: "has host bits set" in screen_text(app))
        assert "✗ Source" in screen_text(app)
        await fill(app, pilot, src_cidr="10.200.16.7", dst_ports="502", comment="the old PLC")
        await until(pilot, lambda: "rule 1 matches all of it first" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, FirewallPage))
        assert "unsaved: inbound" in lines(app)[0]
        assert not writes(bench)

        await pilot.press("K")
        assert comments(app.screen)[0] == "the old PLC"
        await pilot.press("ctrl+s")
        await dialog(app, pilot, SaveDialog)
        text = screen_text(app)
        assert "1 rule added" in text
        assert "+  1 DROP TCP 10.200.16.7/32 → ANY :502" in text
        assert "It reaches" in text
        await save(app, pilot)
        assert "✓ Saved: INBOUND chain of IP profile scada" in screen_text(app)
        assert "unsaved" not in lines(app)[0]
        (request,) = writes(bench)
        assert request.method == "PUT"
        assert request.headers["if-match"] == f'"v{version}"'
        items = body_of(request)["items"]
        assert [item.get("ruleId") for item in items] == [None, *before]
        assert items[0] == {
            "action": "DROP",
            "protocol": "TCP",
            "srcCidr": "10.200.16.7/32",
            "srcPorts": "ANY",
            "dstCidr": "ANY",
            "dstPorts": "502",
            "enabled": True,
            "comment": "the old PLC",
        }
        assert profile.inbound[0].comment == "the old PLC"

        await pilot.press("z")  # nothing is unsaved any more, so it is the write that z takes back
        await save(app, pilot)
        assert [rule.rule_id for rule in profile.inbound] == before


async def test_every_step_can_be_undone_and_done_again_before_it_is_saved(bench: Bench) -> None:
    profile = profile_named(bench, "scada")
    async with bench.running() as (app, pilot):
        await at(app, pilot, FirewallPlace(profile.ip_profile_id))
        page = app.screen
        assert isinstance(page, FirewallPage)
        saved = page.items
        await pilot.press("D", "J", "t", "ctrl+d")
        assert len(page.items) == 5
        await pilot.press("z")
        assert len(page.items) == 6
        assert not page.items[2].enabled
        assert "off" in lines(app)[7]
        await pilot.press("Z")
        assert len(page.items) == 5
        await pilot.press("z", "z", "z", "z")
        assert page.items == saved
        assert "unsaved" not in lines(app)[0]
        await pilot.press("Z", "X")
        assert page.items == saved
        await pilot.press("z")
        assert len(page.items) == 6
        assert not writes(bench)
        await pilot.press("tab")
        assert "OUTBOUND from the Thing" in screen_text(app)
        await pilot.press("ctrl+s")
        assert "Nothing is unsaved here" in screen_text(app)


async def test_the_second_of_two_editors_sees_all_three_and_overwrites_nothing(
    bench: Bench,
) -> None:
    profile = profile_named(bench, "scada")
    async with bench.running() as (app, pilot):
        await at(app, pilot, FirewallPlace(profile.ip_profile_id))
        page = app.screen
        assert isinstance(page, FirewallPage)
        await pilot.press("t")
        theirs = RuleRecord("fr_anna", "ALLOW", "UDP", dst_ports="123", comment="by anna")
        profile.inbound.insert(0, theirs)
        profile.version += 1
        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        await until(pilot, lambda: asked.ready)
        await pilot.press("enter")
        await dialog(app, pilot, ConflictDialog)
        text = screen_text(app)
        assert "was" in text
        assert "theirs" in text
        assert "mine" in text
        assert "ANY :123 # by" in text
        assert len(writes(bench)) == 1
        assert profile.inbound[0] is theirs

        await pilot.press("m")
        await until(pilot, lambda: app.screen is page)
        assert comments(page)[0] == "by anna"
        assert not page.items[1].enabled
        assert len(writes(bench)) == 1
        await pilot.press("ctrl+s")
        await save(app, pilot)
        assert profile.inbound[0].comment == "by anna"
        assert not profile.inbound[1].enabled
        assert len(profile.inbound) == 6


async def test_what_is_refused_or_left_keeps_everything_that_was_typed(bench: Bench) -> None:
    profile = profile_named(bench, "scada")
    async with bench.running() as (app, pilot):
        await at(app, pilot, FirewallPlace(profile.ip_profile_id))
        page = app.screen
        await pilot.press("n")
        await fill(app, pilot, action="ALLOW", comment="not done yet")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is page)
        await pilot.press("n")
        form = await dialog(app, pilot, FormDialog)
        assert form.answers["comment"] == "not done yet"
        await pilot.press("ctrl+z")
        await pilot.press("ctrl+y")
        await fill(app, pilot, protocol="icmp", dst_ports="22")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "✗ Dest. ports" in screen_text(app))
        assert form.answers["comment"] == "not done yet"
        await fill(app, pilot, dst_ports="")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is page)
        bench.faults.switch_on("500-html", {"method": "PUT"})
        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        await until(pilot, lambda: asked.ready)
        await pilot.press("enter")
        await until(pilot, lambda: "looking how it is now" in screen_text(app))
        await _look(bench, pilot, lambda: "did not arrive" in screen_text(app))
        await pilot.press("escape")
        assert len(page.items) == 6
        assert "unsaved: inbound" in lines(app)[0]
        assert len(sent(bench)) == 1


async def test_an_edit_outlives_the_program(bench: Bench, tmp_path) -> None:
    profile = profile_named(bench, "scada")
    folder = tmp_path / "drafts"

    def drafts() -> Drafts:
        return Drafts(folder, "here", bench.clock, lambda error: None)

    app = bench.app()
    app._first.drafts = drafts()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.feed is not None and bool(app.feed.context.ip_profiles))
        await at(app, pilot, FirewallPlace(profile.ip_profile_id))
        for _ in range(3):
            await pilot.press("D")
        await pilot.press("q")
        await pilot.press("q")
        assert "Not saved: INBOUND chain of IP profile scada" in screen_text(app)
        assert "U)" in screen_text(app)

    again = bench.app()
    again._first.drafts = drafts()
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Not saved yet: INBOUND chain" in screen_text(again))
        assert "3 steps" in screen_text(again)
        await pilot.press("U")
        await dialog(again, pilot, PickDialog)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.screen, FirewallPage))
        assert len(again.screen.items) == 8
        await until(pilot, lambda: "is back" in screen_text(again))
        await pilot.press("ctrl+s")
        await save(again, pilot)
        assert len(profile.inbound) == 8
        assert not again.visit.workspace.drafts.all
    assert not list(folder.iterdir())


async def test_a_packet_is_walked_through_the_edit_and_through_what_is_saved(
    bench: Bench,
) -> None:
    profile = profile_named(bench, "scada")
    async with bench.running() as (app, pilot):
        await at(app, pilot, FirewallPlace(profile.ip_profile_id))
        context = app.feed.context
        thing = next(
            one
            for one in app.feed.index
            if (own := context.ip_profile_of(one)) is not None
            and own.name == "scada"
            and one.ip is not None
            and one.state == "ACTIVE"
        )
        await pilot.press("ctrl+d", "p")
        await fill(app, pilot, thing=thing.iccid, protocol="tcp", src="10.200.16.9", dst_port="502")
        await pilot.press("ctrl+s")
        await dialog(app, pilot, WalkDialog)
        await until(pilot, lambda: "as modelled" in screen_text(app))
        text = " ".join(screen_text(app).split())
        assert "As it is edited, not saved yet" in text
        assert "rule 4" in text
        await pilot.press("escape")
        form = await dialog(app, pilot, FormDialog)
        assert form.answers["src"] == "10.200.16.9"
        assert not writes(bench)


async def test_side_by_side_where_there_is_room_and_a_sentence_where_there_are_no_rules(
    bench: Bench,
) -> None:
    profile = profile_named(bench, "buildings")
    async with bench.running(size=(160, 40)) as (app, pilot):
        await at(app, pilot, FirewallPlace(profile.ip_profile_id))
        await until(pilot, lambda: "OUTBOUND" in screen_text(app))
        assert "INBOUND" in screen_text(app)
        assert "Everything is allowed." in screen_text(app)
        assert path_of(bench.cable.asked[-1])


async def test_nothing_can_be_changed_without_permission(bench: Bench) -> None:
    bench.credentials.of("ADMINISTRATOR").user.permission_level = "OPERATOR"
    profile = profile_named(bench, "scada")
    async with bench.running() as (app, pilot):
        await at(app, pilot, FirewallPlace(profile.ip_profile_id))
        page = app.screen
        saved = page.items
        for key in ("n", "e", "D", "t", "ctrl+d", "J"):
            await pilot.press(key)
            assert app.screen is page
            assert "NETWORK_MANAGER" in screen_text(app)
        assert page.items == saved


async def _look(bench: Bench, pilot, condition) -> None:
    for _ in range(60):
        if condition():
            return
        bench.clock.wake(5)
        await pilot.pause()
        await asyncio.sleep(0)
    raise AssertionError("it never came to be")
