"""The groups and one group: make, re-point, delete, move Things in, and what it costs."""

from __future__ import annotations

import pytest

from simtui.sandbox.addressing import drop_lock
from simtui.sandbox.records import GroupRecord
from simtui.ui.history import FirewallPlace, GroupPlace, GroupsPlace, NetworkPlace
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.group import GroupPage
from simtui.ui.screens.groups import GroupsPage
from simtui.ui.screens.plan_dialog import PlanDialog
from simtui.ui.screens.save_dialog import SaveDialog, Stage
from tests.ui.acting_bench import rehearsed, writes
from tests.ui.app_bench import Bench, lines, screen_text, until
from tests.ui.config_bench import at, dialog, fill, network_named, save, sent


def group_named(bench: Bench, name: str) -> GroupRecord:
    return next(one for one in bench.world.groups.values() if one.name == name)


def flowing(app) -> str:
    """What a dialog says, without its frame and its line ends."""
    return " ".join(screen_text(app).replace("│", " ").split())


def said(asked: SaveDialog) -> str:
    """What the question says beside the difference, whole."""
    return " ".join(cell.text for cell in asked._question.remarks)


def has_locked(app, group: GroupRecord) -> bool:
    """Whether a Thing of the group has a locked address, as far as it is known here."""
    own = (one for one in app.feed.index if one.things_group_id == group.group_id)
    return any(one.ip is not None and one.ip.locked for one in own)


def unlock_all(bench: Bench, group: GroupRecord) -> None:
    for thing in bench.world.things.values():
        if thing.group_id == group.group_id:
            drop_lock(bench.world, thing)


async def groups_page(app, pilot) -> GroupsPage:
    await at(app, pilot, GroupsPlace())
    await until(pilot, lambda: isinstance(app.page, GroupsPage) and bool(app.page.keys()))
    return app.page


async def group_page(app, pilot, group: GroupRecord) -> GroupPage:
    await at(app, pilot, GroupPlace(group.group_id))
    await until(pilot, lambda: isinstance(app.page, GroupPage) and app.page.group is not None)
    return app.page


async def test_a_group_is_made_renamed_and_deleted_and_the_default_one_stays(
    bench: Bench,
) -> None:
    async with bench.running() as (app, pilot):
        page = await groups_page(app, pilot)
        assert lines(app)[3].startswith("▌  default (default)")
        await pilot.press("ctrl+d")
        await until(pilot, lambda: "cannot be deleted" in lines(app)[-1])
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: "new Things come into it" in screen_text(app))
        await pilot.press("escape")

        await pilot.press("n")
        form = await dialog(app, pilot, FormDialog)
        default = group_named(bench, "default")
        network = bench.world.networks[default.network_id].name
        assert form.answers["network"] == network, "that of the default group"
        await pilot.press(*"DEPOT-7", "tab")
        assert "There is a group depot-7 already" in flowing(app)
        await fill(app, pilot, name="use case")
        await pilot.press("ctrl+s")
        await save(app, pilot)
        await until(pilot, lambda: "use case" in screen_text(app))
        made = group_named(bench, "use case")
        assert (made.network_id, made.ip_profile_id) == (
            default.network_id,
            default.ip_profile_id,
        )

        page.table.move_to(made.group_id)
        await pilot.press("e")
        await fill(app, pilot, name="depot, 9")
        await pilot.press("ctrl+s")
        await save(app, pilot)
        await until(pilot, lambda: "depot, 9" in screen_text(app))
        await pilot.press("T")
        await until(pilot, lambda: app.page is app.visit.things)
        assert app.visit.things.filter_text == 'group:"depot, 9"'
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: isinstance(app.page, GroupsPage))
        app.page.table.move_to(made.group_id)
        await pilot.press("ctrl+d")
        await save(app, pilot)
        await until(pilot, lambda: "depot, 9" not in "\n".join(lines(app)[:-1]))
        assert [(method, body) for method, _, body in sent(bench)] == [
            (
                "POST",
                {
                    "name": "use case",
                    "description": "",
                    "networkId": default.network_id,
                    "ipProfileId": default.ip_profile_id,
                },
            ),
            ("PATCH", {"name": "depot, 9"}),
            ("DELETE", None),
        ]


async def test_a_group_that_is_not_empty_stays_and_says_why(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        page = await groups_page(app, pilot)
        page.table.move_to(group_named(bench, "meters").group_id)
        await pilot.press("ctrl+d")
        await until(pilot, lambda: "Group meters cannot be deleted" in lines(app)[-1])
        await pilot.press("exclamation_mark")
        await until(pilot, lambda: "move them to another group first" in flowing(app))
        assert not writes(bench)


async def test_a_group_in_detail_leads_on_to_what_it_ties_together(bench: Bench) -> None:
    group = group_named(bench, "depot-7")
    async with bench.running() as (app, pilot):
        page = await groups_page(app, pilot)
        page.table.move_to(group.group_id)
        await pilot.press("enter")
        await until(pilot, lambda: "Cost so far" in screen_text(app))
        text = screen_text(app)
        assert "─ Group ─" in text and "Depot 7, Zwolle" in text
        assert "10.16.0.0/24" in text and "in use" in text
        assert "Isolation   off: its Things reach each other" in text
        assert "Active" in text
        await until(pilot, lambda: " EUR so far" in screen_text(app))
        await pilot.press("w")
        await until(pilot, lambda: app.visit.trail.here == NetworkPlace(group.network_id))
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: isinstance(app.page, GroupPage))
        await pilot.press("f")
        await until(pilot, lambda: app.visit.trail.here == FirewallPlace(group.ip_profile_id))


@pytest.mark.parametrize(
    ("level", "why"),
    [("OPERATOR", "To see what things cost needs"), ("ADMINISTRATOR", "EUR so far")],
)
async def test_a_cost_that_may_not_be_seen_is_no_error_of_the_page(
    bench: Bench, level: str, why: str
) -> None:
    bench.faults.switch_on("permission-level", {"level": level, "path": "/billing"})
    async with bench.running() as (app, pilot):
        await group_page(app, pilot, group_named(bench, "depot-7"))
        await until(pilot, lambda: why in flowing(app))
        assert "e edit" in lines(app)[-1], "the keys, not an error"


async def test_another_network_says_whom_it_reaches_and_what_is_in_the_way(bench: Bench) -> None:
    forwarded = next(iter(network_named(bench, "depots").nat_rules.values())).thing_id
    group = bench.world.groups[bench.world.things[forwarded].group_id]
    target = network_named(bench, "charging")
    async with bench.running() as (app, pilot):
        await group_page(app, pilot, group)
        await pilot.press("e")
        await fill(app, pilot, network="charging")
        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        assert "~ network: depots → charging" in screen_text(app)
        text = said(asked)
        assert "other addresses, from 10.48.0.0/24 of network charging" in text
        assert "a locked address in network depots; the server refuses this until" in text
        assert "NAT rule" in text and "in network depots and forward" in text
        assert f"in 1 group: {group.name}" in text and "at its next session" in text
        assert text.count("next session") == 1
        await until(pilot, lambda: asked.ready)
        await pilot.press("enter")
        await until(pilot, lambda: asked.stage is Stage.REFUSED)
        assert group.network_id != target.network_id

        unlock_all(bench, group)
        await pilot.press("escape")
        form = await dialog(app, pilot, FormDialog)
        assert form.answers["network"] == "charging", "nothing is lost"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, GroupPage))
        await pilot.press("r")
        await until(pilot, lambda: not has_locked(app, group))
        await pilot.press("e")
        await dialog(app, pilot, FormDialog)
        await pilot.press("ctrl+s")
        assert "a locked address" not in said(await dialog(app, pilot, SaveDialog))
        await save(app, pilot)
        assert group.network_id == target.network_id
        assert sent(bench)[-1] == (
            "PATCH",
            f"/things-groups/{group.group_id}",
            {"networkId": target.network_id},
        )


async def test_things_are_moved_into_a_group_by_a_filter(bench: Bench) -> None:
    group = group_named(bench, "lab")
    async with bench.running() as (app, pilot):
        await group_page(app, pilot, group)
        await pilot.press("m")
        await dialog(app, pilot, FormDialog)
        assert "tag:nl" in screen_text(app)
        await pilot.press(*"group:depot", "enter")
        await until(pilot, lambda: 'No group is called "depot". Column 7:' in flowing(app))
        await fill(app, pilot, filter="tag:nobody-has-it")
        await pilot.press("enter")
        await until(pilot, lambda: "No Thing passes tag nobody-has-it" in flowing(app))
        await fill(app, pilot, filter="group:charging")
        await pilot.press("enter")
        plan = await rehearsed(bench, app, pilot)
        assert isinstance(plan, PlanDialog)
        assert "to group lab (group charging)" in screen_text(app)
        assert not writes(bench)


async def test_a_small_terminal_shows_both(bench: Bench) -> None:
    async with bench.running(size=(40, 10)) as (app, pilot):
        await groups_page(app, pilot)
        assert "default (default)" in screen_text(app)
        await group_page(app, pilot, group_named(bench, "depot-7"))
        await until(pilot, lambda: "─ Group ─" in screen_text(app))


async def test_nothing_is_written_when_read_only(bench: Bench) -> None:
    bench.read_only = True
    async with bench.running() as (app, pilot):
        await groups_page(app, pilot)
        await pilot.press("n")
        await pilot.press("ctrl+d")
        await pilot.pause()
        assert app.screen is app.page
        assert "n new" not in lines(app)[-1]
