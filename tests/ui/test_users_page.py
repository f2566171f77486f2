"""The users: invite, change, disable, delete, who is protected, and who may do what."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from simtui.models import State
from simtui.models.action import SetState
from simtui.ui.history import JournalPlace, UsersPlace
from simtui.ui.screens.conflict_dialog import ConflictDialog
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.save_dialog import SaveDialog, Stage
from simtui.ui.screens.users import UsersPage
from simtui.ui.widgets.form_offers import FormOffers
from simtui.ui.widgets.level_pane import LevelPane
from tests.ui.acting_states import looked
from tests.ui.app_bench import Bench, lines, screen_text, type_at_once, until
from tests.ui.config_bench import at, dialog, fill, save, sent
from tests.ui.pages_bench import active, ended, pages_bench, start
from tests.ui.people_states import bench_of, only_one_administrator, user_named

LEVELS = ("READ_ONLY", "BILLING", "OPERATOR", "NETWORK_MANAGER", "ADMINISTRATOR")


async def users_page(app, pilot) -> UsersPage:
    await at(app, pilot, UsersPlace())
    await until(pilot, lambda: isinstance(app.page, UsersPage) and bool(app.page.keys()))
    return app.page


def flowing(app) -> str:
    """What a dialog says, without its frame and its line ends."""
    return re.sub(r"\s+", " ", screen_text(app).replace("│", " "))


def to(page: UsersPage, bench: Bench, name: str) -> None:
    page.table.move_to(user_named(bench, name).user_id)


def asked_for(bench: Bench, path: str) -> int:
    return sum(one.url.path.endswith(path) for one in bench.cable.asked)


async def test_a_user_is_invited_changed_disabled_enabled_and_deleted(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        await pilot.press("n")
        form = await fill(app, pilot, email="zoe@example.com", name="Zoe Claes")
        assert form.answers["permission_level"] == "READ_ONLY", "the lowest"
        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        await until(pilot, lambda: asked.ready)
        assert "enter: invite the user" in flowing(app)
        await save(app, pilot)
        await until(pilot, lambda: "✓ Invited: user zoe@example.com" in lines(app)[-1])
        await until(pilot, lambda: "Zoe Claes" in screen_text(app))
        assert "◌ invited" in screen_text(app)

        to(page, bench, "Zoe")
        await pilot.press("e")
        await fill(app, pilot, permission_level="OPERATOR")
        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        assert "READ_ONLY → OPERATOR" in flowing(app)
        assert "OPERATOR may change: Things" in flowing(app)
        await save(app, pilot)
        for status in ("DISABLED", "ACTIVE"):
            await until(pilot, lambda: not app.page.asking)
            await pilot.press("t")
            await save(app, pilot)
            assert user_named(bench, "Zoe").status == status
        await until(pilot, lambda: not app.page.asking)
        await pilot.press("ctrl+d")
        await save(app, pilot)
        await until(pilot, lambda: "Zoe" not in "\n".join(lines(app)[3:-1]))
        assert [(method, body) for method, _, body in sent(bench)] == [
            (
                "POST",
                {
                    "email": "zoe@example.com",
                    "name": "Zoe Claes",
                    "permissionLevel": "READ_ONLY",
                },
            ),
            ("PATCH", {"permissionLevel": "OPERATOR"}),
            ("PATCH", {"status": "DISABLED"}),
            ("PATCH", {"status": "ACTIVE"}),
            ("DELETE", None),
        ]


async def test_what_each_level_may_do_is_told_of_the_row_and_of_all(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        to(page, bench, "Finn")
        await until(pilot, lambda: "Finn Weber · BILLING" in screen_text(app))
        assert "May change billing" in flowing(app)
        await pilot.press("v")
        await until(pilot, lambda: "READ_ONLY (lowest)" in screen_text(app))
        rows = [line[3:].split()[0] for line in lines(app)[4:9]]
        assert rows == list(LEVELS), "the lowest first"
        assert "ADMINISTRATOR (you)" in screen_text(app)
        await pilot.press("G")
        await until(pilot, lambda: page.table.cursor_key == "ADMINISTRATOR")
        for key in ("e", "t", "ctrl+d", "enter"):
            await pilot.press(key)
            assert app.screen is page
        await pilot.press("v")
        await until(pilot, lambda: "Finn Weber" in screen_text(app))
        assert not sent(bench)


async def test_an_address_without_an_at_is_refused_at_the_field(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await users_page(app, pilot)
        await pilot.press("n")
        await dialog(app, pilot, FormDialog)
        await pilot.press(*"zoe", "tab")
        await until(pilot, lambda: "has no @ in it" in flowing(app))
        assert "For example anna@example.com" in flowing(app)
        await fill(app, pilot, email="ANNA@example.com", name="Zoe")
        await pilot.press("ctrl+s")
        assert "There is a user ANNA@example.com already" in flowing(app)
        assert isinstance(app.screen, FormDialog)
        assert not sent(bench)


@pytest.fixture
def alone(tmp_path: Path) -> Bench:
    return only_one_administrator(tmp_path)


async def test_the_last_administrator_stays_and_nothing_is_sent(alone: Bench) -> None:
    async with alone.running() as (app, pilot):
        page = await users_page(app, pilot)
        to(page, alone, "Anna")
        await until(pilot, lambda: "Protected   last active administrator" in screen_text(app))
        for key in ("ctrl+d", "t"):
            await pilot.press(key)
            await until(pilot, lambda: "last active" in lines(app)[-1] or "✗" in lines(app)[-1])
            await pilot.press("exclamation_mark")
            await until(pilot, lambda: "Make another user" in flowing(app))
            await pilot.press("escape")
            assert app.screen is page
        await pilot.press("e")
        form = await fill(app, pilot, permission_level="OPERATOR")
        await pilot.press("tab", "tab")
        await until(pilot, lambda: "is the last active administrator" in flowing(app))
        await pilot.press("ctrl+s")
        assert app.screen is form
        await fill(app, pilot, permission_level="ADMINISTRATOR", status="DISABLED")
        await pilot.press("ctrl+s")
        assert app.screen is form
        assert "last active administrator" in flowing(app)
        assert not sent(alone)


async def test_who_became_the_last_one_meanwhile_is_seen_before_anything_is_sent(
    bench: Bench,
) -> None:
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        to(page, bench, "Anna")
        user_named(bench, "Bram").permission_level = "OPERATOR"
        await pilot.press("ctrl+d")
        await until(pilot, lambda: "last active administrator" in lines(app)[-1])
        assert app.screen is page
        assert not sent(bench)


async def test_oneself_where_only_the_server_knows_who_that_is(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        to(page, bench, "Anna")
        await pilot.press("ctrl+d")
        asked = await dialog(app, pilot, SaveDialog)
        await until(pilot, lambda: asked.ready)
        await pilot.press("enter")
        await until(pilot, lambda: asked.stage is Stage.REFUSED)
        assert "Ask another administrator" in flowing(app)
        await pilot.press("escape")
        assert app.screen is page


async def test_oneself_where_a_job_from_here_says_who_that_is(tmp_path: Path) -> None:
    bench = pages_bench(tmp_path)
    async with bench.running() as (app, pilot):
        running = start(app, active(app, 3), SetState(State.SUSPENDED))
        await ended(bench, pilot, running)
        page = await users_page(app, pilot)
        await until(pilot, lambda: "Anna de Vries (you)" in screen_text(app))
        to(page, bench, "Anna")
        await until(pilot, lambda: "nobody takes away their own rights" in screen_text(app))
        before = len(sent(bench))
        for key in ("ctrl+d", "t"):
            await pilot.press(key)
            await until(pilot, lambda: "✗" in lines(app)[-1])
            await pilot.press("exclamation_mark")
            await until(pilot, lambda: "is you, and nobody" in flowing(app))
            await pilot.press("escape")
        assert len(sent(bench)) == before


async def test_two_writers_meet(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        to(page, bench, "Eva")
        await pilot.press("e")
        await fill(app, pilot, permission_level="BILLING")
        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        await until(pilot, lambda: asked.ready)
        eva = user_named(bench, "Eva")
        eva.name, eva.version = "Eva Groot", eva.version + 1
        eva.permission_level = "NETWORK_MANAGER"
        await pilot.press("enter")
        await dialog(app, pilot, ConflictDialog)
        assert "NETWORK_MANAGER" in screen_text(app)
        await pilot.press("m")
        form = await dialog(app, pilot, FormDialog)
        assert (form.answers["name"], form.answers["permission_level"]) == ("Eva Groot", "BILLING")
        await pilot.press("ctrl+s")
        await save(app, pilot)
        assert (eva.name, eva.permission_level) == ("Eva Groot", "BILLING")


async def test_a_deletion_is_taken_back_as_a_new_invitation(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        to(page, bench, "Noor")
        await pilot.press("ctrl+d")
        await save(app, pilot)
        await until(pilot, lambda: "✓ Deleted" in lines(app)[-1])
        await pilot.press("z")
        asked = await dialog(app, pilot, SaveDialog)
        await until(pilot, lambda: asked.ready)
        assert "It is a new invitation" in flowing(app)
        await save(app, pilot)
        assert user_named(bench, "Noor").status == "INVITED"
        await app.go(JournalPlace())
        await until(pilot, lambda: "Invite user noor@example.com" in screen_text(app))


async def test_an_undo_that_would_lock_everybody_out_is_refused_before_it_is_sent(
    bench: Bench,
) -> None:
    """Daan was made an administrator from here; the others are none any more."""
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        to(page, bench, "Daan")
        await pilot.press("e")
        await fill(app, pilot, permission_level="ADMINISTRATOR")
        await pilot.press("ctrl+s")
        await save(app, pilot)
        for name in ("Anna", "Bram"):
            user_named(bench, name).status = "INVITED"
        before = len(sent(bench))
        await pilot.press("z")
        await until(pilot, lambda: "last active administrator" in lines(app)[-1])
        assert len(sent(bench)) == before


async def test_a_lost_answer_is_looked_up(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await users_page(app, pilot)
        await pilot.press("n")
        await fill(app, pilot, email="zoe@example.com", name="Zoe")
        await pilot.press("ctrl+s")
        asked = await dialog(app, pilot, SaveDialog)
        await until(pilot, lambda: asked.ready)

        def lost(request: httpx.Request) -> httpx.Response | None:
            if request.method == "POST" and request.url.path.endswith("/users"):
                bench.cable.mend()
                bench.world.users["u_x"] = user_of(bench)
                raise httpx.ReadError("cut")
            return None

        bench.cable.instead = lost
        await pilot.press("enter")
        await looked(bench, pilot, lambda: "✓ Invited" in lines(app)[-1])
        assert [method for method, *_ in sent(bench)] == ["POST"]


def user_of(bench: Bench):
    """What the server made of the invitation whose answer was lost."""
    luc = user_named(bench, "Luc")
    return replace(
        luc, user_id="u_x", email="zoe@example.com", name="Zoe", permission_level="READ_ONLY"
    )


# Who may do what


@pytest.mark.parametrize("level", LEVELS[:-1])
async def test_without_the_permission_the_screen_only_reads(tmp_path: Path, level: str) -> None:
    bench = bench_of(level, tmp_path)
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        needs = f"seeing them needs ADMINISTRATOR; your level is {level}"
        await until(pilot, lambda: needs in screen_text(app))
        marks = "(lowest, you)" if level == "READ_ONLY" else "(you)"
        assert f"{level} {marks}" in screen_text(app)
        assert [line[3:].split()[0] for line in lines(app)[4:9]] == list(LEVELS)
        for key in ("n", "e", "t", "ctrl+d"):
            await pilot.press(key)
            await until(pilot, lambda: "Changing users needs ADMINISTRATOR" in lines(app)[-1])
            assert app.screen is page
            app.page.clear_notice()
        assert "Forbidden" not in screen_text(app)
        assert asked_for(bench, "/users") == 0, "what is known to be refused is not asked"
        assert not sent(bench)


async def test_a_403_for_a_level_that_nobody_knows_is_no_error(bench: Bench) -> None:
    """The account tells a level that the levels do not have; the server refuses the users."""
    bench.cable.instead = lambda request: (
        httpx.Response(200, json={"accountId": "acc_1", "permissionLevel": "TRAINEE"})
        if request.url.path.endswith("/account")
        else httpx.Response(403, json={"name": "PERMISSION_DENIED", "message": "no"})
        if request.url.path.endswith("/users")
        else None
    )
    async with bench.running() as (app, pilot):
        await users_page(app, pilot)
        await until(pilot, lambda: "your level is TRAINEE" in screen_text(app))
        assert "READ_ONLY (lowest)" in screen_text(app)
        assert "✗" not in lines(app)[-1]
        bench.clock.advance(600)
        await pilot.pause()
        asked = asked_for(bench, "/users")
        bench.clock.advance(600)
        await pilot.pause()
        assert asked_for(bench, "/users") == asked, "it is not asked again and again"
        await pilot.press("r")
        await until(pilot, lambda: asked_for(bench, "/users") == asked + 1)


async def test_read_only_has_no_writing_keys(bench: Bench) -> None:
    bench.read_only = True
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        await until(pilot, lambda: "Daan Bakker" in screen_text(app))
        assert "invite" not in lines(app)[-1]
        for key in ("n", "e", "t", "ctrl+d"):
            await pilot.press(key)
            assert app.screen is page
        assert not sent(bench)


async def test_levels_that_the_api_does_not_offer_are_those_of_the_contract(bench: Bench) -> None:
    bench.cable.instead = lambda request: (
        httpx.Response(404, json={"name": "NOT_FOUND"})
        if request.url.path.endswith("/permission-levels")
        else None
    )
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        to(page, bench, "Finn")
        await until(pilot, lambda: "May change billing" in flowing(app))
        assert "✗" not in lines(app)[-1]


async def test_old_rows_stay_with_their_age_when_the_list_cannot_be_read(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await users_page(app, pilot)
        bench.cable.cut()
        bench.clock.advance(300)
        await until(pilot, lambda: "✗" in lines(app)[-1])
        app.page.tick()
        assert "Daan Bakker" in screen_text(app)
        assert "5m ago" in lines(app)[0]


async def test_where_there_is_hardly_any_room_the_table_has_all_of_it(bench: Bench) -> None:
    async with bench.running(size=(40, 10)) as (app, pilot):
        await users_page(app, pilot)
        assert not app.page.query_one(LevelPane).display
        await until(pilot, lambda: "Anna de Vries" in screen_text(app))


async def test_an_account_that_is_full_says_so_before_a_form_is_filled_in(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        page = await users_page(app, pilot)
        anna = user_named(bench, "Anna")
        for number in range(100 - len(bench.world.users)):
            key = f"u_more{number}"
            bench.world.users[key] = replace(anna, user_id=key, email=f"{number}@example.com")
        await pilot.press("n")
        await until(pilot, lambda: "The account has 100 of 100 users" in lines(app)[-1])
        assert app.screen is page


async def test_arrows_choose_in_a_form(bench: Bench) -> None:
    """The input has the keys of every view that scrolls; they are the form's."""
    async with bench.running() as (app, pilot):
        await users_page(app, pilot)
        await pilot.press("n")
        form = await fill(app, pilot, email="zoe@example.com", name="Zoe")
        await pilot.press("tab")
        offers = form.query_one(FormOffers)
        await until(pilot, lambda: offers.chosen == "READ_ONLY")
        await pilot.press("down", "down")
        await until(pilot, lambda: offers.chosen == "OPERATOR")
        await pilot.press("up", "tab")
        await until(pilot, lambda: form.answers["permission_level"] == "BILLING")


@pytest.mark.parametrize("words", ["9", ":users\r", ":account\r", "@"])
async def test_the_ways_there(bench: Bench, words: str) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, words)
        title = "Users" if words in ("9", ":users\r") else "Account"
        await until(pilot, lambda: f"prod ▸ {title} " in screen_text(app))
