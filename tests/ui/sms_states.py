"""The states of the pages and dialogs of messages, each brought about on a frozen world."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from simtui.sandbox.life.replies import receive_sms
from simtui.sandbox.life.thing_trouble import stick_sms
from simtui.sandbox.messaging import send_sms
from simtui.ui.app import SimtuiApp
from simtui.ui.history import ConversationPlace, SmsBatchPlace, SmsPlace
from tests.ui.app_bench import Bench, screen_text, until
from tests.ui.config_states import quiet_bench, shows
from tests.ui.sms_bench import reachable, write
from tests.ui.states import State, loaded

REFERENCE = "batch-1"


def talking_bench(folder: Path) -> Bench:
    """A Thing with a conversation in which everything occurs."""
    bench = quiet_bench(folder)
    world, thing = bench.world, reachable(bench)
    for text, status, error in (
        ("STATUS", "DELIVERED", None),
        ("REBOOT", "FAILED", "MEMORY_CAPACITY_EXCEEDED"),
        ("Wartung – heute", "EXPIRED", "ABSENT_SUBSCRIBER"),
        ("SET INTERVAL 900", "CANCELLED", None),
    ):
        world.clock.advance(60)
        sms = send_sms(world, thing, text, world.clock.now(), "eva@example.com")
        sms.status, sms.error_code, sms.attempts = status, error, 3
        if status == "DELIVERED":
            sms.delivered_at = world.clock.now()
    receive_sms(world, thing, "OK up; batt 3.71V", world.clock.now())
    world.clock.advance(60)
    again = send_sms(world, thing, "REBOOT", world.clock.now(), "eva@example.com")
    again.client_reference = f"op~{again.sms_id}"
    stick_sms(world, thing, world.clock.now())
    world.clock.advance(30)
    bench.clock.moment = world.clock.now()
    return bench


def batch_bench(folder: Path) -> Bench:
    """Thirty messages that were sent together."""
    bench = quiet_bench(folder)
    able = [one for one in bench.world.things.values() if one.state == "ACTIVE"]
    now = bench.world.clock.now()
    for number, thing in enumerate(able[:30]):
        thing.allowed_services = ("DATA", "SMS")
        sms = send_sms(
            bench.world, thing, "VERSION", now, "eva@example.com", client_reference=REFERENCE
        )
        sms.status = ("DELIVERED", "DELIVERED", "QUEUED", "FAILED")[number % 4]
    return bench


def no_messages_bench(folder: Path) -> Bench:
    bench = quiet_bench(folder)
    bench.world.sms.clear()
    return bench


def read_only_bench(folder: Path) -> Bench:
    bench = talking_bench(folder)
    bench.read_only = True
    return bench


def template_bench(folder: Path) -> Bench:
    bench = quiet_bench(folder)
    bench.templates = {"restart": "RESET", "rename": "SET NAME {name}"}
    return bench


def _conversation(bench: Bench) -> ConversationPlace:
    named = (sms.thing_id for sms in bench.world.sms.values() if sms.text == "OK up; batt 3.71V")
    return ConversationPlace(list(named)[-1])


async def composing(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """A text with a character that is not in GSM-7."""
    await loaded(bench, app, pilot)
    await write(app, pilot, reachable(bench), text="Gerät aus – bitte prüfen")
    await pilot.press("shift+tab")
    await until(pilot, lambda: "makes it UCS-2" in screen_text(app))


async def offering(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """Nothing typed yet: the templates."""
    await loaded(bench, app, pilot)
    await write(app, pilot, reachable(bench))
    await until(pilot, lambda: "SET NAME" in screen_text(app))


async def refused(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """A field that there is not."""
    await loaded(bench, app, pilot)
    await write(app, pilot, reachable(bench), text="SET NAME {nmae}")
    await pilot.press("ctrl+s")
    await until(pilot, lambda: "stands for nothing" in screen_text(app))


PAGES = {
    "sms-open": State(talking_bench, shows(lambda bench: SmsPlace(), "✗ failed")),
    "sms-conversations": State(
        talking_bench, shows(lambda bench: SmsPlace("conversations"), "LAST")
    ),
    "sms-latest": State(talking_bench, shows(lambda bench: SmsPlace("latest"), "✓ delivered")),
    "sms-none": State(no_messages_bench, shows(lambda bench: SmsPlace(), "No message is pending")),
    "conversation": State(talking_bench, shows(_conversation, "◍ sent")),
    "conversation-read-only": State(read_only_bench, shows(_conversation, "◍ sent")),
    "deliveries": State(
        batch_bench, shows(lambda bench: SmsBatchPlace(REFERENCE), "30 messages", "j", "j", "j")
    ),
}
DIALOGS = {
    "composing": State(quiet_bench, composing),
    "templates": State(template_bench, offering),
    "sms-refused": State(quiet_bench, refused),
}
