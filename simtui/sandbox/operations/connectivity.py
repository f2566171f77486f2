"""Sessions of a Thing, resetting its connection, and pinging it (contract §2, EXT)."""

from __future__ import annotations

from simtui.sandbox.call import Answer, Call, not_found, precondition
from simtui.sandbox.find import find_thing
from simtui.sandbox.jobs import job_answer, start_job
from simtui.sandbox.paging import paged
from simtui.sandbox.past_sessions import session_history
from simtui.sandbox.periods import LONGEST, read_period
from simtui.sandbox.records import JobItem, SessionRecord, ThingRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.render import session_view
from simtui.sandbox.resets import check_resettable, has_open_session, queue_reset
from simtui.sandbox.world import World

DEFAULT_PINGS = 3
DEFAULT_PING_BYTES = 56


@operation("GET", "/things/{thingId}/session", need=("things", "READ"), ext=True)
def get_session(world: World, call: Call) -> Answer:
    """The session as last known; 404 for a Thing that was never seen."""
    thing = find_thing(world, call)
    if thing.session is None:
        raise not_found("session of Thing", thing.thing_id)
    return Answer(session_view(thing, thing.session))


@operation("GET", "/things/{thingId}/sessions", need=("things", "READ"), ext=True)
def list_sessions(world: World, call: Call) -> Answer:
    """The sessions that overlap a period, the latest first; the open one is among them."""
    thing = find_thing(world, call)
    start, end = read_period(call, call.now - LONGEST, longest=LONGEST)
    known = list(session_history(thing))
    if thing.session is not None and has_open_session(thing):
        known.append(thing.session)
    rows = [one for one in known if one.since <= end and (one.ended_at or call.now) >= start]
    sort_keys = {
        "since": lambda session: session.since,
        "endedAt": lambda session: session.ended_at,
        "bytesDown": lambda session: session.bytes_down,
        "bytesUp": lambda session: session.bytes_up,
    }
    return paged(call, rows[::-1], lambda row: session_view(thing, row), sort_keys, _session_id)


@operation("POST", "/things/{thingId}/connection-reset", need=("actions", "WRITE"), ext=True)
def reset(world: World, call: Call) -> Answer:
    """Cut the session, so that the device attaches anew (202)."""
    thing = find_thing(world, call)
    check_resettable(thing)
    return job_answer(world, queue_reset(world, thing, call.user.email, call.now))


@operation("POST", "/things/{thingId}/ping", need=("actions", "WRITE"), ext=True)
def ping(world: World, call: Call) -> Answer:
    """Send echo requests to a Thing (202); the job's items are the replies."""
    thing = find_thing(world, call)
    if thing.state != "ACTIVE":
        raise precondition("STATE_NOT_ACTIVE", f"A Thing that is {thing.state} cannot be pinged")
    if "DATA" not in thing.allowed_services:
        raise precondition("SERVICE_RESTRICTED", "DATA is not among the Thing's allowed services")
    size = call.body.get("size", DEFAULT_PING_BYTES)
    job = start_job(
        world,
        kind="PING",
        by=call.user.email,
        now=call.now,
        total=call.body.get("count", DEFAULT_PINGS),
        step=lambda index, moment: _echo(world, thing, index, size),
        per_second=2.0,
    )
    return job_answer(world, job)


def _echo(world: World, thing: ThingRecord, index: int, size: int) -> JobItem:
    """One echo request: an answer when the Thing is online, else silence."""
    sequence = {"sequence": index + 1}
    session = thing.session
    if session is None or session.state != "ONLINE" or thing.silent:
        return JobItem(
            "FAILED", thing.thing_id, thing.iccid, "TIMEOUT", "No answer in time", after=sequence
        )
    millis = round(world.random.uniform(45, 180), 1)
    message = f"{size} bytes from {session.ip_address}: time={millis} ms"
    reply = sequence | {"roundTripMs": millis}
    return JobItem("OK", thing.thing_id, thing.iccid, message=message, after=reply)


def _session_id(session: SessionRecord) -> str:
    return session.session_id
