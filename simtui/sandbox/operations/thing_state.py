"""The lifecycle state of a Thing and its history (contract §2, §4)."""

from __future__ import annotations

from simtui.sandbox.call import Answer, Call, Refused, precondition
from simtui.sandbox.find import find_thing
from simtui.sandbox.histories import state_history
from simtui.sandbox.lifecycle import change_state
from simtui.sandbox.paging import paged
from simtui.sandbox.permissions import levels_for, permits
from simtui.sandbox.records import ThingRecord, UserRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.render import state_change_view, thing_view
from simtui.sandbox.resets import has_open_session, queue_reset
from simtui.sandbox.validate.text import read_text
from simtui.sandbox.versions import check_version, found
from simtui.sandbox.world import World

REASON_LENGTH = 256


@operation("PUT", "/things/{thingId}/state", need=("actions", "WRITE"))
def set_state(world: World, call: Call) -> Answer:
    """Change the state at once; the session goes on unless ``endSession`` is true."""
    thing = find_thing(world, call)
    target = call.body["state"]
    retires = target == "RETIRED"
    check_version(call, thing, required=retires)
    if retires:
        check_may_retire(call.user)
        _check_confirmed(call, thing)
    reason = read_text("reason", call.body.get("reason", ""), REASON_LENGTH)
    change_state(world, thing, target, call.now, call.user.email, reason or None)
    if call.query.get("endSession") and has_open_session(thing):
        queue_reset(world, thing, call.user.email, call.now)
    return found(thing, thing_view(world, thing, call.now))


@operation("GET", "/things/{thingId}/state-history", need=("things", "READ"))
def list_state_changes(world: World, call: Call) -> Answer:
    """The changes of state, the latest first."""
    history = state_history(find_thing(world, call))[::-1]
    return paged(
        call, history, state_change_view, {"at": lambda change: change.at}, lambda change: change.at
    )


def check_may_retire(user: UserRecord) -> None:
    """Retiring takes a level of its own (contract §3.10).

    Raises:
        Refused: 403 ``PERMISSION_DENIED``.
    """
    if not permits(user.permission_level, "retire", "WRITE"):
        levels = ", ".join(levels_for("retire", "WRITE"))
        raise Refused(
            403, "PERMISSION_DENIED", f"Retiring takes one of: {levels}", "WRITE on retire"
        )


def _check_confirmed(call: Call, thing: ThingRecord) -> None:
    if call.body.get("confirmIccid") != thing.iccid:
        raise precondition(
            "CONFIRMATION_REQUIRED",
            "Retiring is final: confirmIccid must be the ICCID of this Thing",
        )
