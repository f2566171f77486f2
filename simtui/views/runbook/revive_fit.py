"""Which silent Things can be revived, and why the others are left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from simtui.models import Service, SessionState, State, Thing
from simtui.models.journal import JournalEntry, Outcome
from simtui.models.runbook import Revival, Run, RunKind, run_of_operation
from simtui.views.ages import age_ago
from simtui.views.amounts import count_text
from simtui.views.plan.plan import Objection
from simtui.views.plan.wording import named
from simtui.views.things.words import is_stale

MOST_A_DAY: Final = 2
"""Times within ``DAY`` that one Thing is revived: what does not come back is no case for it."""
DAY: Final = timedelta(hours=24)
DEFAULT_AT_ONCE: Final = 50
MOST_AT_ONCE: Final = 1000
"""Things of one run: as many as one request can name (contract §6)."""
_NOTHING_DONE: Final = frozenset({Outcome.REFUSED, Outcome.FAILED})


@dataclass(frozen=True, slots=True)
class Sorted:
    """Those that can be revived, and the others with the reason."""

    fits: tuple[Thing, ...]
    left_alone: tuple[Objection, ...]


def sort_out(
    things: Iterable[Thing],
    lately: Mapping[str, int],
    at_once: int,
    now: datetime,
    busy: Container[str] = (),
) -> Sorted:
    """Judge each; ``lately`` is how often each was revived within the last day, and ``busy``
    those that are being revived."""
    fits: list[Thing] = []
    left_alone: list[Objection] = []
    for thing in things:
        why = why_not(thing, now) or _too_often(lately.get(thing.thing_id, 0))
        if not why and thing.thing_id in busy:
            why = "is being revived already"
        if not why and len(fits) >= at_once:
            why = f"is beyond the {count_text(at_once)} at once; begin again for it afterwards"
        if why:
            left_alone.append(Objection(thing, why))
        else:
            fits.append(thing)
    return Sorted(tuple(fits), tuple(left_alone))


def why_not(thing: Thing, now: datetime) -> str:
    """Why a Thing cannot be revived; empty when it can."""
    if thing.state != State.ACTIVE:
        return f"is {named(thing.state)}; only an ACTIVE Thing can come back"
    if thing.allowed_services is not None and Service.DATA not in thing.allowed_services:
        return "may not use DATA, so it has no session to come back with"
    session = thing.session
    if session is None:
        return ""
    if session.state == SessionState.BLOCKED:
        return "is BLOCKED by a policy, which neither a reset nor an SMS changes"
    if session.state == SessionState.ONLINE and not is_stale(session, now):
        return f"is online, as of {age_ago(session.as_of, now)}"
    return ""


def revived_lately(
    runs: Iterable[Run], entries: Sequence[JournalEntry], now: datetime
) -> Counter[str]:
    """How often each Thing was revived within the last day, by its id: what the runs say and
    what the journal says, each run once."""
    since = now - DAY
    seen: set[tuple[str, str]] = set()
    for run in runs:
        if run.kind == RunKind.REVIVE and run.begun >= since:
            reached = (one for one in run.things if one.revival != Revival.WAITING)
            seen |= {(run.run_id, thing.thing_id) for thing in reached}
    for entry in reversed(entries):
        if entry.intent.at < since:
            break
        run_id = run_of_operation(entry.intent.operation)
        if run_id and entry.intent.kind == "reset" and entry.outcome not in _NOTHING_DONE:
            seen |= {(run_id, before.thing_id) for before in entry.intent.things}
    return Counter(thing_id for _, thing_id in seen)


def _too_often(times: int) -> str:
    if times < MOST_A_DAY:
        return ""
    return f"was revived {times} times within the last day, and no more than {MOST_A_DAY} are"
