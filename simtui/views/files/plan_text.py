"""The plan of what files would change, as lines for people and as JSON for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from simtui.models.config_change import Verb
from simtui.models.plain import plain_of
from simtui.views.amounts import count_text
from simtui.views.config.diff import diff_lines
from simtui.views.config.reach import groups_reached, reach_remarks, things_in
from simtui.views.config.summary import summary_of
from simtui.views.files.file_plan import FilePlan
from simtui.views.files.steps import Step
from simtui.views.output.json_text import safe_json
from simtui.views.plan.wording import named, plural

NO_CHANGES: Final = "No changes"

_VERBS: Final = (Verb.CREATE, Verb.CHANGE, Verb.DELETE)


def plan_lines(plan: FilePlan, *, prune: bool) -> Iterator[str]:
    """Every change with its lines, how many there are, and what is left as it is."""
    for step in plan.steps:
        yield summary_of(step.change)
        for mark, text in diff_lines(step.change, plan.names):
            yield f"  {mark} {text}"
        if step.makes_tunnel:
            yield f"  + {key_text(step)}"
        yield from (f"    {remark}" for remark in _reach(step, plan))
        yield ""
    yield counts_text(plan) if plan.steps else NO_CHANGES
    hint = "" if prune else " (delete it with --prune)"
    for title in plan.only:
        yield f"Only in the account: {title}; left as it is{hint}"


def counts_text(plan: FilePlan) -> str:
    """``3 steps: 1 to create, 2 to change``."""
    verbs = Counter(step.change.verb for step in plan.steps)
    parts = ", ".join(f"{count_text(verbs[verb])} to {verb}" for verb in _VERBS if verbs[verb])
    return f"{steps_text(len(plan.steps))}: {parts}"


def steps_text(count: int) -> str:
    """``1 step``, ``12 steps``."""
    return f"{count_text(count)} {plural(count, 'step', 'steps')}"


def key_text(step: Step) -> str:
    """Where the key of a new tunnel comes from; the arguments of a command are not shown,
    because any of them may be the key."""
    if step.psk_command:
        return f"a pre-shared key, which {named(step.psk_command[0])} tells (not shown)"
    return "a pre-shared key, which is asked for (not shown)"


def plan_json(
    plan: FilePlan,
    *,
    dry_run: bool,
    outcomes: Sequence[str] | None = None,
    error: str | None = None,
) -> str:
    """One object: every change with before and after, and what is only in the account.

    ``outcomes`` are what became of each change, null while nothing was sent.
    """
    document = {
        "dry_run": dry_run,
        "changes": [
            _change(step, plan, outcomes[number] if outcomes else None)
            for number, step in enumerate(plan.steps)
        ],
        "only_in_account": list(plan.only),
        "error": error,
    }
    return safe_json(document)


def _reach(step: Step, plan: FilePlan) -> list[str]:
    """Which Things it is about and when they notice; nothing when there are none."""
    if plan.context is None or not things_in(groups_reached(step.change.ref, plan.context)):
        return []
    return [remark.text for remark in reach_remarks(step.change, plan.context)]


def _change(step: Step, plan: FilePlan, outcome: str | None) -> dict[str, Any]:
    change = step.change
    return {
        "verb": change.verb,
        "kind": change.ref.kind,
        "object_id": None if change.verb == Verb.CREATE else change.ref.object_id,
        "parent_id": change.ref.parent_id or None,
        "title": change.title,
        "summary": summary_of(change),
        "diff": [f"{mark} {text}" for mark, text in diff_lines(change, plan.names)],
        "reach": _reach(step, plan),
        "before": plain_of(change.before),
        "after": plain_of(change.after),
        "outcome": outcome,
    }
