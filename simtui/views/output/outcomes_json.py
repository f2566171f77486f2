"""What a write would do, or did, as JSON for scripts.

Like the other JSON of the command line, it is a promise to scripts: ``snake_case``, and
``null`` for what is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from simtui.views.output.json_text import safe_json
from simtui.views.output.thing_outcomes import Fate, ThingOutcome, counts
from simtui.views.plan.plan import Plan


def outcomes_json(
    plan: Plan, outcomes: Sequence[ThingOutcome], *, operation: str | None, dry_run: bool
) -> str:
    """One object: what was asked, how many of each outcome, and every Thing.

    ``operation`` names what was sent in the journal; null when nothing was.
    """
    document = {
        "operation": operation,
        "dry_run": dry_run,
        "action": plan.action.kind,
        "summary": plan.summary,
        "target": plan.selection.words,
        "remarks": [remark.text for remark in plan.remarks],
        "counts": _counts(outcomes, dry_run),
        "items": [_item(one) for one in outcomes],
    }
    return safe_json(document)


def _counts(outcomes: Sequence[ThingOutcome], dry_run: bool) -> dict[str, int]:
    kinds = Fate.BEFORE if dry_run else Fate.AFTER
    return {kind.lower(): number for kind, number in counts(outcomes, kinds).items()}


def _item(one: ThingOutcome) -> dict[str, Any]:
    item = asdict(one)
    del item["thing_name"]
    return item
