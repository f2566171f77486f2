"""What is said of runbooks to whoever looks at something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from simtui.models.runbook import Run
from simtui.views.ages import age_ago
from simtui.views.runbook.words import at_step, run_title


def offered_text(runs: Sequence[Run], now: datetime) -> str:
    """What is said at the start of runs that an earlier program has left; the latest is first."""
    latest = f"{run_title(runs[0])} ({at_step(runs[0])}, begun {age_ago(runs[0].begun, now)})"
    if len(runs) == 1:
        return f"Not ended: {latest} · O goes on with it"
    return f"{len(runs)} runbooks have not ended, the latest {latest} · O shows them"


def goes_on_text(runs: Sequence[Run], *, outlive: bool) -> str:
    """What is said of those that go on by themselves when somebody wants to leave."""
    what = ", ".join(run_title(run) for run in runs)
    then = "They can be gone on with" if len(runs) > 1 else "It can be gone on with"
    lost = "What was sent stays sent, and nobody looks who comes back"
    return f"Under way: {what}. {f'{then} at the next start (O)' if outlive else lost}."
