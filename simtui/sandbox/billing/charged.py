"""Whether a Thing is charged for a cycle, and why not (contract §4, Billing of a state)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from simtui.sandbox.histories import activated_at
from simtui.sandbox.records import ThingRecord

CHARGED = ""
"""The reason of a Thing that is charged."""

FREE_REASONS = {
    "PROVISIONED": "PROVISIONED",
    "SUSPENDED": "SUSPENDED_FULL_CYCLE",
    "RETIRED": "RETIRED",
}
"""Why a Thing was free, by the state in which it ended the cycle."""


class Moment(Protocol):
    """Anything ordered in time."""

    def __lt__(self, other: Any, /) -> bool: ...


def is_charged(steps: Iterable[tuple[Moment, str]], start: Moment, end: Moment) -> bool:
    """Whether (moment, state) steps, oldest first, were ACTIVE within [start, end).

    A state that was left at the moment it was reached does not count.
    """
    since: Moment | None = None
    for moment, state in steps:
        if since is not None and since < moment and since < end and start < moment:
            return True
        since = moment if state == "ACTIVE" else None
    return since is not None and since < end


def why_free(thing: ThingRecord, start: datetime, end: datetime) -> str | None:
    """``CHARGED``, the reason why it is free, or None when it did not exist by ``end``."""
    if thing.created_at >= end:
        return None
    if thing.state_changes:
        steps = [(change.at, change.to_state) for change in thing.state_changes]
    else:
        steps = _plain_steps(thing)
    if is_charged(steps, start, end):
        return CHARGED
    state = "PROVISIONED"
    for moment, reached in steps:
        if moment < end:
            state = reached
    return FREE_REASONS[state]


def _plain_steps(thing: ThingRecord) -> list[tuple[datetime, str]]:
    """The steps of ``histories.state_history`` without making the records."""
    active = activated_at(thing)
    if active is None:
        return [(thing.created_at, "PROVISIONED")]
    steps = [(active, "ACTIVE")]
    if thing.state != "ACTIVE":
        steps.append((thing.state_changed_at or thing.created_at, thing.state))
    return steps
