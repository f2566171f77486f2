"""What became of a write, in one sentence."""

from __future__ import annotations

from simtui.models.action import Ping, SendSms, SetState
from simtui.store.operation import Progress, Report
from simtui.store.single_sends import differs_by_thing
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.plan.plan import Plan
from simtui.views.plan.wording import plural, thing_name, things_text
from simtui.views.text import clean


def under_way(plan: Plan, progress: Progress) -> Cell:
    """What is happening now."""
    if progress.unknown:
        return Cell(f"{plan.summary}: the answer was lost; looking how it is now …", "warn")
    return Cell(f"{plan.summary} …", "accent")


def where_more_is(plan: Plan) -> str:
    """The key of the page that has the rest, and its name."""
    if len(plan.things) == 1:
        return "0 journal"
    if isinstance(plan.action, SendSms):
        return "d deliveries" if not differs_by_thing(plan.action) else ""
    return "8 jobs"


def outcome_of(plan: Plan, report: Report) -> Cell:
    """What became of all of it."""
    if isinstance(plan.action, Ping):
        return _echoes(plan, report)
    if len(plan.things) == 1:
        return _single(plan, report)
    if isinstance(plan.action, SendSms):
        return _queued(report)
    failed, so_already = len(report.failed), _skipped_of(plan, report)
    text = f"{plan.summary}: {things_text(len(report.succeeded))} done"
    if so_already:
        text += f", {count_text(so_already)} so already"
    if failed:
        return Cell(f"✗ {text}, {count_text(failed)} failed", "bad")
    return Cell(f"✓ {text}", "ok")


def _queued(report: Report) -> Cell:
    """How many messages the platform has now; their delivery is another matter."""
    queued, failed = len(report.succeeded), len(report.failed)
    text = f"{count_text(queued)} {plural(queued, 'message', 'messages')} queued"
    if failed:
        return Cell(f"✗ {text}, {count_text(failed)} not", "bad")
    return Cell(f"✓ {text}", "ok")


def _skipped_of(plan: Plan, report: Report) -> int:
    """How many of the Things that were to change somebody else had changed before."""
    planned = {thing.thing_id for thing in plan.things}
    return sum(item.thing_id in planned for item in report.skipped)


def _single(plan: Plan, report: Report) -> Cell:
    name = thing_name(plan.things[0])
    if report.failed:
        item = report.failed[0]
        why = clean(item.message or item.name or "the job failed")
        return Cell(f"✗ {plan.summary}: {why}", "bad")
    if isinstance(plan.action, SetState):
        return Cell(f"✓ {name} is {plan.action.state.lower()}", "ok")
    if isinstance(plan.action, SendSms):
        return Cell(f"✓ The SMS to {name} is queued", "ok")
    return Cell(f"✓ {plan.summary}: done", "ok")


def _echoes(plan: Plan, report: Report) -> Cell:
    name, sent, back = thing_name(plan.things[0]), len(report.items), len(report.succeeded)
    if not sent:
        return Cell(f"✓ {plan.summary}: done", "ok")
    said = clean(" · ".join(item.message for item in report.items if item.message), 200)
    text = f"{name} answered {back} of {sent} echo requests" + (f": {said}" if said else "")
    return (
        Cell(f"✓ {text}", "ok")
        if back == sent
        else Cell(f"✗ {text}", "bad" if not back else "warn")
    )
