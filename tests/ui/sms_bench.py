"""What the tests of messages do over and over: write one, send it, let the world deliver it."""

from __future__ import annotations

from textual.pilot import Pilot

from simtui.models import Thing
from simtui.sandbox.records import SmsRecord, ThingRecord
from simtui.ui.app import SimtuiApp
from simtui.ui.screens.form_dialog import FormDialog
from tests.ui.acting_bench import planned, to
from tests.ui.app_bench import Bench, until
from tests.ui.config_bench import fill


def reachable(bench: Bench) -> ThingRecord:
    """A Thing that gets what is sent to it, and to which nothing was sent."""
    return next(
        thing
        for thing in bench.world.things.values()
        if thing.state == "ACTIVE"
        and "SMS" in thing.allowed_services
        and not thing.silent
        and thing.session is not None
        and thing.session.state == "ONLINE"
        and not sent_to(bench, thing)
    )


def away(bench: Bench) -> ThingRecord:
    """A Thing that may have messages and is not there."""
    thing = next(
        thing
        for thing in bench.world.things.values()
        if thing.state == "ACTIVE" and "SMS" in thing.allowed_services and not sent_to(bench, thing)
    )
    thing.silent = True
    return thing


def sent_to(bench: Bench, thing: ThingRecord | Thing) -> list[SmsRecord]:
    """What the server has for a Thing, sent to it."""
    own = (sms for sms in bench.world.sms.values() if sms.thing_id == thing.thing_id)
    return [sms for sms in own if sms.direction == "MT"]


async def write(
    app: SimtuiApp, pilot: Pilot[None], thing: ThingRecord, **answers: str
) -> FormDialog:
    """Press s on the Thing's row and fill in the form."""
    known = app.feed.thing(thing.thing_id)
    assert known is not None
    to(app, known)
    await pilot.press("s")
    return await fill(app, pilot, **answers)


async def send(app: SimtuiApp, pilot: Pilot[None], thing: ThingRecord, **answers: str) -> None:
    """Write it, confirm the plan, and wait until the platform has it."""
    await write(app, pilot, thing, **answers)
    await pilot.press("ctrl+s")
    await planned(app, pilot)
    await pilot.press("enter")
    operations = app.visit.feed.store.operations
    await until(pilot, lambda: not operations.running)
    await pilot.pause()


async def pass_time(bench: Bench, pilot: Pilot[None], seconds: float) -> None:
    """In the world and here, and let who waits for it look."""
    bench.world.clock.advance(seconds)
    bench.clock.advance(seconds)
    for _ in range(5):
        await pilot.pause()
