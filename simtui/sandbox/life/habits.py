"""What one device does of its own accord, for as long as it was not looked at."""

from __future__ import annotations

from datetime import datetime

from simtui.sandbox.fleet.coverage import any_cell, cell_of
from simtui.sandbox.fleet.devices import new_imei
from simtui.sandbox.past_sessions import is_always_on
from simtui.sandbox.records import SessionRecord, ThingRecord
from simtui.sandbox.sessions import end_session, start_session
from simtui.sandbox.world import World

DAY_SECONDS = 86_400
_DROPPING = 0.01
_STOPPING = 0.5


def visit(world: World, thing: ThingRecord, now: datetime) -> None:
    """Let a Thing do what its device would have done by now."""
    if thing.state != "ACTIVE":
        _wind_down(world, thing, now)
    elif thing.silent:
        thing.as_of = now
    elif thing.session is None:
        attach(world, thing, now)
    elif thing.session.state == "ONLINE":
        _go_on(world, thing, thing.session, now)
    elif thing.session.state == "BLOCKED" or is_due(world, thing, now):
        attach(world, thing, now)
    else:
        thing.as_of = now


def attach(world: World, thing: ThingRecord, now: datetime) -> SessionRecord:
    """Let the device open a session where it was last, or anywhere at home."""
    cell = cell_of(thing.session) or any_cell(world.random)
    imei = thing.imei or new_imei(world.random)
    return start_session(world, thing, now, cell, imei)


def is_due(world: World, thing: ThingRecord, now: datetime) -> bool:
    """Whether the device's habit says that it talks again."""
    if is_always_on(thing) or thing.last_seen_at is None:
        return True
    quiet = (now - thing.last_seen_at).total_seconds()
    return quiet > thing.habit_seconds * (0.3 + 0.6 * world.random.random())


def use_data(thing: ThingRecord, seconds: float, factor: float) -> None:
    """Count what a session used in ``seconds``, at ``factor`` times the usual rate."""
    used = int(thing.bytes_per_day * seconds / DAY_SECONDS * factor)
    thing.data_bytes += used
    session = thing.session
    if session is not None and session.state == "ONLINE":
        session.bytes_up += used * 3 // 4
        session.bytes_down += used - used * 3 // 4


def _go_on(world: World, thing: ThingRecord, session: SessionRecord, now: datetime) -> None:
    chance = world.random.random()
    seconds = (now - (thing.as_of or session.since)).total_seconds()
    use_data(thing, min(seconds, DAY_SECONDS), 0.6 + 0.8 * chance)
    always_on = is_always_on(thing)
    if chance < (_DROPPING if always_on else _STOPPING):
        end_session(world, thing, now, "NORMAL" if always_on else "INACTIVITY_TIMER_EXPIRED")
    else:
        thing.as_of = thing.last_seen_at = now


def _wind_down(world: World, thing: ThingRecord, now: datetime) -> None:
    """A session outlives the change of state for a while (contract §4), then it is cut."""
    session = thing.session
    if session is None:
        return
    thing.as_of = now
    if session.state != "OFFLINE" and world.random.random() < _STOPPING:
        end_session(world, thing, now, "STATE_NOT_ACTIVE")
