"""Connection resets: a session is cut, and the device comes back if it can (contract §2)."""

from __future__ import annotations

from datetime import datetime

from simtui.sandbox.call import precondition
from simtui.sandbox.jobs import start_job
from simtui.sandbox.life.hanging import come_back, free
from simtui.sandbox.records import JobItem, JobRecord, ThingRecord
from simtui.sandbox.sessions import OPEN_STATES, end_session
from simtui.sandbox.world import World


def has_open_session(thing: ThingRecord) -> bool:
    """Whether there is anything to cut."""
    return thing.session is not None and thing.session.state in OPEN_STATES


def check_resettable(thing: ThingRecord) -> None:
    """Refuse to reset what neither runs nor may run.

    Raises:
        Refused: 412 ``STATE_NOT_ACTIVE``.
    """
    if thing.state != "ACTIVE" and not has_open_session(thing):
        raise precondition(
            "STATE_NOT_ACTIVE", f"The Thing is {thing.state} and has no session to reset"
        )


def queue_reset(world: World, thing: ThingRecord, by: str, now: datetime) -> JobRecord:
    """Start the job that resets one Thing's connection."""

    def step(index: int, moment: datetime) -> JobItem:
        reset_connection(world, thing, moment)
        return JobItem("OK", thing.thing_id, thing.iccid, message="The session was reset")

    return start_job(world, kind="CONNECTION_RESET", by=by, now=now, total=1, step=step)


def reset_connection(world: World, thing: ThingRecord, now: datetime) -> None:
    """Cut the session now; a device that is switched on attaches again by itself."""
    had_session = has_open_session(thing)
    end_session(world, thing, now)
    if not free(world, thing, now) and had_session and not thing.silent:
        come_back(world, thing, now)
