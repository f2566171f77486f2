"""From an action and a selection to a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simtui.models import Account, NatRule, State
from simtui.models.action import Action, SetState
from simtui.models.effect import has_session
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.checked_action import checked_action
from simtui.views.plan.judge import judge_of
from simtui.views.plan.phrases import phrase_of
from simtui.views.plan.plan import Change, Objection, Plan
from simtui.views.plan.remarks import remarks_on
from simtui.views.plan.selection import Selection
from simtui.views.plan.verdict import Already, Changes, Facts


def make_plan(
    action: Action,
    selection: Selection,
    context: FleetContext,
    *,
    account: Account | None = None,
    nat_rules: Mapping[str, Sequence[NatRule]] | None = None,
) -> Plan:
    """Judge the action for each Thing of the selection, and say what it means.

    ``account`` tells the billing cycle; ``nat_rules`` are by Thing id, as far as known. The
    plan's action is the one to send: trimmed, and with the present device filled in.

    Raises:
        UsageError: what can never be: a wrong parameter, a group that does not exist, or
            something for one Thing that is asked of several.
    """
    action = checked_action(action, selection.things, context)
    facts = Facts(context, nat_rules or {}, several=len(selection.things) > 1)
    changes, skipped, illegal = _judged(action, selection, facts)
    things = tuple(change.thing for change in changes)
    ends = isinstance(action, SetState) and action.state in (State.SUSPENDED, State.RETIRED)
    return Plan(
        action,
        selection,
        changes,
        skipped,
        illegal,
        remarks_on(action, things, facts, account),
        typed=_typed(action, changes),
        can_end_session=sum(map(has_session, things)) if ends else 0,
        phrase=phrase_of(action, things or selection.things, context),
    )


def _judged(
    action: Action, selection: Selection, facts: Facts
) -> tuple[tuple[Change, ...], tuple[Objection, ...], tuple[Objection, ...]]:
    """Each Thing in exactly one of: it changes, it is so already, it must not."""
    judge = judge_of(action, facts)
    changes: list[Change] = []
    skipped: list[Objection] = []
    illegal: list[Objection] = []
    for thing in selection.things:
        verdict = judge(thing)
        if isinstance(verdict, Changes):
            changes.append(Change(thing, verdict.before, verdict.after, verdict.note))
        elif isinstance(verdict, Already):
            skipped.append(Objection(thing, verdict.reason))
        else:
            illegal.append(Objection(thing, verdict.reason))
    return tuple(changes), tuple(skipped), tuple(illegal)


def _typed(action: Action, changes: Sequence[Change]) -> str:
    """What confirms that something is retired for good (contract §4)."""
    if not isinstance(action, SetState) or action.state != State.RETIRED or not changes:
        return ""
    return changes[0].thing.iccid if len(changes) == 1 else str(len(changes))
