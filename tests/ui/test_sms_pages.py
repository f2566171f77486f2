"""Messages on the screen: written, asked about, sent, followed, cancelled, sent again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from simtui.sandbox.life.replies import receive_sms
from simtui.store.drafts import Drafts
from simtui.ui.history import ConversationPlace, SmsBatchPlace, SmsPlace
from simtui.ui.screens.confirm_dialog import ConfirmDialog
from simtui.ui.screens.conversation import ConversationPage
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.plan_dialog import PlanDialog
from simtui.ui.screens.sms_batch import SmsBatchPage
from tests.ui.acting_bench import let_run, planned, settled, writes
from tests.ui.app_bench import Bench, lines, screen_text, type_at_once, until
from tests.ui.config_bench import at, body_of, dialog, fill, path_of
from tests.ui.sms_bench import away, pass_time, reachable, send, sent_to, write


def flowing(app) -> str:
    """What a dialog says, without its frame and its line ends."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def test_a_command_is_sent_and_seen_delivered_and_answered(bench: Bench) -> None:
    thing = reachable(bench)
    async with bench.running() as (app, pilot):
        await send(app, pilot, thing, text="STATUS")
        await until(pilot, lambda: isinstance(app.page, ConversationPage))
        await until(pilot, lambda: "◌ queued" in screen_text(app))
        (request,) = writes(bench)
        assert path_of(request) == f"/things/{thing.thing_id}/sms"
        await pass_time(bench, pilot, 6)
        await until(pilot, lambda: "✓ delivered" in screen_text(app))
        await pass_time(bench, pilot, 12)
        await until(pilot, lambda: "← received   OK up" in screen_text(app))
        assert app.page.table.cursor_index == len(app.page.messages) - 1
        assert len(writes(bench)) == 1


async def test_what_waits_for_a_device_says_so_until_it_expires(bench: Bench) -> None:
    thing = away(bench)
    async with bench.running() as (app, pilot):
        await send(app, pilot, thing, text="HELLO", valid="5m")
        await until(pilot, lambda: isinstance(app.page, ConversationPage))
        await pass_time(bench, pilot, 10)
        await until(pilot, lambda: "Buffered until the device attaches, 1 try" in flowing(app))
        await pass_time(bench, pilot, 400)
        await until(pilot, lambda: "✗ expired" in screen_text(app))
        assert "not registered with any network" in flowing(app)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "There is nothing to send"),
        ("a" * 1531, "It takes 11 segments"),
        ("a\x00b", "A message cannot have control characters"),
        ("HI {nmae}", "“{nmae}” stands for nothing"),
    ],
)
async def test_a_text_that_cannot_be_is_refused_at_its_field(
    bench: Bench, text: str, why: str
) -> None:
    async with bench.running() as (app, pilot):
        form = await write(app, pilot, reachable(bench), text=text, valid="2h")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: why in flowing(app))
        assert app.screen is form and form.answers["valid"] == "2h"
        assert form.answers["text"] == text
        assert form.focused is form._rows[0].entry
        assert writes(bench) == []


@pytest.mark.parametrize(
    ("state", "services", "why"),
    [
        ("SUSPENDED", ("DATA", "SMS"), "is SUSPENDED: resume it first"),
        ("ACTIVE", ("DATA",), "may not use SMS: allow it first"),
    ],
)
async def test_a_thing_that_gets_no_messages_is_told_of_before_anything_is_typed(
    bench: Bench, state: str, services: tuple[str, ...], why: str
) -> None:
    thing = reachable(bench)
    thing.state, thing.allowed_services = state, services
    async with bench.running() as (app, pilot):
        assert app.visit.things.table.move_to(thing.thing_id)
        await pilot.press("s")
        await until(pilot, lambda: why in lines(app)[-1])
        assert not isinstance(app.screen, FormDialog)


async def test_ctrl_r_writes_what_gsm_7_has(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        form = await write(app, pilot, reachable(bench), text="crème brûlée — fini")
        form._rows[0].entry.focus()
        await pilot.pause()
        assert "“û” at 9" in flowing(app) and "ctrl+r writes “u”" in flowing(app)
        await pilot.press("ctrl+r")
        assert form.answers["text"] == "crème brulée - fini"
        assert "GSM-7 · 19 units · 1 segment" in flowing(app)
        await pilot.press("ctrl+z")
        assert form.answers["text"] == "crème brûlée — fini"


async def test_the_price_is_told_where_the_bill_tells_one(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await until(pilot, lambda: app.visit.acting.level is not None)
        form = await write(app, pilot, reachable(bench), text="PRICE?")
        reports = [one for one in bench.cable.asked if one.url.path.endswith("/billing/reports")]
        await until(pilot, lambda: app.visit.messaging._price.known is not None)
        form._rows[0].entry.value = "a" * 161
        await until(pilot, lambda: "2 segments · 0.0450 EUR a segment, 0.0900 EUR" in flowing(app))
        assert len(reports) <= 1


async def test_several_lines_can_be_pasted(bench: Bench) -> None:
    thing = reachable(bench)
    async with bench.running() as (app, pilot):
        form = await write(app, pilot, thing, text="")
        form._rows[0].entry.focus()
        await pilot.pause()
        form._rows[0].entry.post_message(events.Paste("one\r\ntwo\n"))
        await until(pilot, lambda: form.answers["text"] == "one⏎two⏎")
        await pilot.press("ctrl+s")
        await planned(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert [sms.text for sms in sent_to(bench, thing)][-1] == "one\ntwo\n"


async def test_a_template_is_offered_and_filled_in(bench: Bench) -> None:
    thing = reachable(bench)
    bench.templates = {"rename": "SET NAME {name}"}
    async with bench.running() as (app, pilot):
        form = await write(app, pilot, thing)
        await until(pilot, lambda: "SET NAME {name}" in screen_text(app))
        await pilot.press("down", "tab")
        assert form.answers["text"] == "SET NAME {name}"
        assert f"Reads, for {thing.name}: SET NAME {thing.name}" in flowing(app)
        await pilot.press("ctrl+s")
        await planned(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert [sms.text for sms in sent_to(bench, thing)][-1] == f"SET NAME {thing.name}"


async def test_the_same_text_within_the_hour_is_asked_about_first(bench: Bench) -> None:
    thing = reachable(bench)
    async with bench.running() as (app, pilot):
        await send(app, pilot, thing, text="REBOOT")
        await until(pilot, lambda: isinstance(app.page, ConversationPage))
        await pass_time(bench, pilot, 60)
        await pilot.press("s")
        await fill(app, pilot, text="REBOOT")
        await pilot.press("ctrl+s")
        await dialog(app, pilot, ConfirmDialog)
        assert f"The very same text was sent to {thing.name} 1m ago" in flowing(app)
        await pilot.press("escape")
        form = await dialog(app, pilot, FormDialog)
        assert form.answers["text"] == "REBOOT"
        await pilot.press("ctrl+s")
        await dialog(app, pilot, ConfirmDialog)
        await pilot.press("y")
        await planned(app, pilot)
        assert "The very same text was sent to" in flowing(app)
        assert len(writes(bench)) == 1
        await pilot.press("enter")
        await settled(app, pilot)
        assert len(sent_to(bench, thing)) == 2
        await pass_time(bench, pilot, 3700)
        await pilot.press("s")
        await fill(app, pilot, text="REBOOT")
        await pilot.press("ctrl+s")
        await planned(app, pilot)


async def test_a_queued_message_is_cancelled_after_a_question(bench: Bench) -> None:
    thing = reachable(bench)
    async with bench.running() as (app, pilot):
        await send(app, pilot, thing, text="WAIT")
        await until(pilot, lambda: "◌ queued" in screen_text(app))
        assert "x cancel" in lines(app)[-1]
        await pilot.press("x")
        await dialog(app, pilot, ConfirmDialog)
        await pilot.press("y")
        await until(pilot, lambda: "⊘ cancelled" in screen_text(app))
        assert [sms.status for sms in sent_to(bench, thing)][-1] == "CANCELLED"
        assert "x cancel" not in lines(app)[-1]
        await pilot.press("x")
        assert "Only a queued message can be cancelled; this one is cancelled" in lines(app)[-1]
        assert app.visit.feed.store.journal.entries[-1].intent.kind == "cancel-sms"


async def test_a_message_is_sent_again_as_a_new_one_that_names_the_old(bench: Bench) -> None:
    thing = away(bench)
    async with bench.running() as (app, pilot):
        await send(app, pilot, thing, text="{{json}}", valid="5m")
        await until(pilot, lambda: isinstance(app.page, ConversationPage))
        await pass_time(bench, pilot, 4000)
        await until(pilot, lambda: "✗ expired" in screen_text(app))
        await pilot.press("R")
        form = await dialog(app, pilot, FormDialog)
        assert form.answers["text"] == "{{json}}" and form.answers["valid"] == "5m"
        await pilot.press("ctrl+s")
        await planned(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        old, new = sent_to(bench, thing)
        assert (old.text, new.text) == ("{json}", "{json}")
        assert new.client_reference.endswith(f"~{old.sms_id}")
        await until(pilot, lambda: "↻ {json}" in screen_text(app))
        assert "Again, after the one of 1h ago" in flowing(app)


async def test_what_was_typed_survives_and_is_offered_again(bench: Bench) -> None:
    thing = reachable(bench)
    async with bench.running() as (app, pilot):
        await write(app, pilot, thing, text="HALF A MESS", valid="1h")
        await pilot.press("escape")
        assert "Kept unsaved: SMS to" in lines(app)[-1]
        await until(pilot, lambda: "U 1 unsaved" in lines(app)[1])
        await pilot.press("U", "enter")
        form = await dialog(app, pilot, FormDialog)
        assert (form.answers["text"], form.answers["valid"]) == ("HALF A MESS", "1h")
        assert "Your unsaved edit" in flowing(app)
        await pilot.press("ctrl+s")
        await planned(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        await until(pilot, lambda: "unsaved" not in lines(app)[1])
        assert app.visit.workspace.drafts.all == ()


async def test_a_draft_is_on_the_disk_before_the_program_ends(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "prod.drafts"
    drafts = Drafts(folder, "here", bench.clock, lambda error: pytest.fail(str(error)))
    bench.drafts = drafts
    async with bench.running() as (app, pilot):
        await write(app, pilot, reachable(bench), text="BEFORE THE CRASH")
        await until(pilot, lambda: any(folder.glob("*.json")))
        again = Drafts(folder, "here", bench.clock, lambda error: pytest.fail(str(error)))
        await until(pilot, lambda: drafts._writing.done())
        await again.load()
        (draft,) = again.all
        assert draft.answers["text"] == "BEFORE THE CRASH"


async def test_what_was_not_answered_keeps_the_text(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await write(app, pilot, reachable(bench), text="LOST?")
        await pilot.press("ctrl+s")
        await planned(app, pilot)
        bench.cable.cut()
        await pilot.press("enter")
        await until(pilot, lambda: not app.visit.feed.store.operations.running)
        await pilot.press("6")
        await until(pilot, lambda: "U 1 unsaved" in lines(app)[1])


async def test_it_is_verified_that_a_thing_came_back(bench: Bench) -> None:
    thing = reachable(bench)
    async with bench.running() as (app, pilot):
        await send(app, pilot, thing, text="WAKE UP", verify="5m")
        await until(pilot, lambda: "Verifying" in screen_text(app))
        await pass_time(bench, pilot, 10)
        app.visit.messaging.look()
        await until(pilot, lambda: "delivered, waiting for its session" in screen_text(app))
        thing.session.since = bench.world.clock.now()
        thing.as_of = bench.world.clock.now()
        bench.world.touch(thing, bench.world.clock.now(), "device")
        await pass_time(bench, pilot, 15)
        app.visit.messaging.look()
        await until(pilot, lambda: f"✓ {thing.name} came back online" in screen_text(app))


async def test_it_is_said_when_a_thing_did_not_get_the_command(bench: Bench) -> None:
    thing = away(bench)
    async with bench.running() as (app, pilot):
        await send(app, pilot, thing, text="RESET", verify="5m")
        await until(pilot, lambda: "Verifying" in screen_text(app))
        await pass_time(bench, pilot, 301)
        app.visit.messaging.look()
        await until(pilot, lambda: "has not got the command within 5m" in screen_text(app))


async def test_many_by_tag_are_one_request_and_their_delivery_is_followed(bench: Bench) -> None:
    things = list(bench.world.things.values())[:12]
    for thing in things:
        thing.tags, thing.state = ("batch",), "ACTIVE"
        thing.allowed_services = ("DATA", "SMS")
        thing.silent = False
    async with bench.running() as (app, pilot):
        type_at_once(app, ":send-sms VERSION on tag:batch\r")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        await let_run(bench, pilot, lambda: app.screen.ready)
        await pilot.press("enter")
        await let_run(bench, pilot, lambda: not app.visit.feed.store.operations.running)
        (request,) = writes(bench)
        body = body_of(request)
        assert body["target"] == {"tags": ["batch"]} and body["expectedCount"] == 12
        own = [sms for sms in bench.world.sms.values() if sms.text == "VERSION"]
        assert len(own) == 12
        await until(pilot, lambda: "d deliveries" in lines(app)[-1])
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.page, SmsBatchPage))
        await until(pilot, lambda: "12 messages" in screen_text(app))
        await let_run(bench, pilot, lambda: "queued" not in lines(app)[3])
        reference = body["parameters"]["clientReference"]
        assert {sms.client_reference for sms in own} == {reference}


async def test_texts_that_differ_are_a_request_each(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        things = [one for one in bench.world.things.values() if one.state == "ACTIVE"][:3]
        for thing in things:
            thing.allowed_services = ("DATA", "SMS")
        app.visit.things.table.marked = {thing.thing_id for thing in things}
        await pilot.press("r")
        await until(pilot, lambda: not app.feed.entry.loading)
        await pilot.press("s")
        await fill(app, pilot, text="ID {iccid}")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        await let_run(bench, pilot, lambda: app.screen.ready)
        assert "3 requests, one a Thing" in flowing(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert {path_of(one) for one in writes(bench)} == {
            f"/things/{thing.thing_id}/sms" for thing in things
        }
        await until(pilot, lambda: isinstance(app.page, SmsBatchPage))
        assert isinstance(app.visit.trail.here, SmsBatchPlace)
        await until(pilot, lambda: "3 messages" in screen_text(app))


async def test_the_three_views_lead_to_the_conversation(bench: Bench) -> None:
    thing = reachable(bench)
    receive_sms(bench.world, thing, "HELLO FROM HERE", bench.world.clock.now())
    async with bench.running() as (app, pilot):
        await at(app, pilot, SmsPlace())
        await until(pilot, lambda: "✗ failed" in screen_text(app))
        assert "delivered" not in screen_text(app)
        await pilot.press("v")
        await until(pilot, lambda: "HELLO FROM HERE" in screen_text(app))
        assert "OPEN" in lines(app)[2]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.page, ConversationPage))
        assert app.visit.trail.here == ConversationPlace(thing.thing_id)
        await pilot.press("q")
        await until(pilot, lambda: "conversations" in lines(app)[0])
        await pilot.press("v")
        await until(pilot, lambda: "latest" in lines(app)[0] and "received" in screen_text(app))
        await pilot.press("q")
        await until(pilot, lambda: "▸ Things" in lines(app)[0])


async def test_a_level_that_may_not_send_is_told_which_may(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await until(pilot, lambda: app.visit.acting.level is not None)
        for user in bench.world.users.values():
            user.permission_level = "READ_ONLY"
        bench.clock.advance(400)
        await until(pilot, lambda: app.visit.acting.level == "READ_ONLY")
        await pilot.press("s")
        await until(pilot, lambda: "needs OPERATOR" in lines(app)[-1])
        assert not isinstance(app.screen, FormDialog)


async def test_read_only_has_no_key_to_write_with(bench: Bench) -> None:
    bench.read_only = True
    async with bench.running() as (app, pilot):
        await pilot.press("s")
        assert not isinstance(app.screen, FormDialog)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.page, ConversationPage))
        assert "write" not in lines(app)[-1]


async def test_old_messages_stay_when_the_api_is_gone(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await at(app, pilot, SmsPlace("latest"))
        await until(pilot, lambda: "delivered" in screen_text(app))
        before = lines(app)[3]
        bench.cable.cut()
        await pilot.press("r")
        await until(pilot, lambda: "✗" in lines(app)[-1])
        assert lines(app)[3] == before
