"""Bulk actions: many Things, one job, every outcome told (contract §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simtui.sandbox.bulk.actions import Action
from simtui.sandbox.bulk.kinds import KINDS
from simtui.sandbox.bulk.target import target_ids
from simtui.sandbox.call import Answer, Call, Refused, precondition
from simtui.sandbox.jobs import job_answer, start_job
from simtui.sandbox.operations.thing_state import check_may_retire
from simtui.sandbox.permissions import levels_for, permits
from simtui.sandbox.records import JobItem, ThingRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World

SLOWEST_PER_SECOND = 50
LONGEST_SECONDS = 20
"""A job of any size is through its targets after about this long."""
DRY_RUN_FACTOR = 10
"""How much faster a dry run is, which changes nothing."""


@operation("POST", "/bulk-actions", need=("things", "READ"))
def start_bulk_action(world: World, call: Call) -> Answer:
    """Check the whole request, then start the job (202)."""
    body = call.body
    parameters = body.get("parameters", {})
    _check_permission(call, body["action"], parameters)
    KINDS[body["action"]].check(parameters)
    action = KINDS[body["action"]].make(world, parameters, call.user.email)
    ids = target_ids(world, body["target"])
    _check_counts(body, parameters, len(ids))
    dry = body.get("dryRun", False)
    run = _Run(world, action, ids, dry)
    job = start_job(
        world,
        kind=body["action"],
        by=call.user.email,
        now=call.now,
        total=len(ids),
        step=run.step,
        per_second=_pace(len(ids), dry),
        stop_on_first_error=body.get("stopOnFirstError", False),
        client_reference=body.get("clientReference"),
    )
    return job_answer(world, job)


def _pace(count: int, dry: bool) -> float:
    """Targets a second."""
    pace = max(SLOWEST_PER_SECOND, count / LONGEST_SECONDS)
    return pace * DRY_RUN_FACTOR if dry else pace


@dataclass(frozen=True, slots=True)
class _Run:
    """An action on its way through the targets; ``dry`` changes nothing."""

    world: World
    action: Action
    ids: Sequence[str]
    dry: bool

    def step(self, index: int, now: datetime) -> JobItem:
        thing = self.world.things.get(self.ids[index])
        if thing is None:
            message = "There is no such Thing"
            return JobItem("FAILED", self.ids[index], name="NOT_FOUND", message=message)
        if self._is_struck():
            message = "The platform could not reach the Thing's profile"
            return JobItem("FAILED", thing.thing_id, thing.iccid, "INTERNAL", message)
        try:
            return self._handle(thing, now)
        except Refused as refused:
            return JobItem("FAILED", thing.thing_id, thing.iccid, refused.name, refused.message)

    def _handle(self, thing: ThingRecord, now: datetime) -> JobItem:
        before = self.action.show(thing)
        after = self.action.expect(thing)
        if after == before:
            return _item("SKIPPED", thing, "UNCHANGED", "It is so already", before, after)
        if not self.dry:
            self.action.apply(thing, now)
            after = self.action.show(thing) or after
        return _item("OK", thing, None, None, before, after)

    def _is_struck(self) -> bool:
        """Whether the fault job-errors hits this target."""
        if self.world.failing_targets == 0:
            return False
        self.world.failing_targets -= 1
        return True


def _item(
    outcome: str, thing: ThingRecord, name: str | None, message: str | None, *states: Any
) -> JobItem:
    return JobItem(outcome, thing.thing_id, thing.iccid, name, message, *states)


def _check_permission(call: Call, action: str, parameters: Any) -> None:
    level, area = call.user.permission_level, KINDS[action].area
    if not permits(level, area, "WRITE"):
        levels = ", ".join(levels_for(area, "WRITE"))
        raise Refused(
            403, "PERMISSION_DENIED", f"{action} takes one of: {levels}", f"WRITE on {area}"
        )
    if action == "SET_STATE" and parameters.get("state") == "RETIRED":
        check_may_retire(call.user)


def _check_counts(body: Any, parameters: Any, count: int) -> None:
    """Protect against a target that is not what its author believes (contract §6)."""
    expected = body.get("expectedCount")
    if expected is not None and expected != count:
        raise precondition(
            "TARGET_COUNT_CHANGED",
            f"The target has {count} Things, not {expected}",
            f"current count {count}",
        )
    if count == 0:
        raise precondition("TARGET_EMPTY", "The target has no Things")
    retires = body["action"] == "SET_STATE" and parameters["state"] == "RETIRED"
    if retires and not body.get("dryRun", False) and body.get("confirmCount") != count:
        raise precondition(
            "CONFIRMATION_REQUIRED",
            f"Retiring is final: confirmCount must be {count}, the number of Things",
        )
