"""The sentences under a plan."""

from __future__ import annotations

from simtui.store.operation import Progress
from simtui.views.amounts import count_text
from simtui.views.plan.plan import Plan


def do_it(plan: Plan) -> str:
    """What ``enter`` does, with the number in it: ``suspend 470 Things``."""
    question = plan.question.removesuffix("?")
    return question[:1].lower() + question[1:]


def asking_text(plan: Plan, progress: Progress | None) -> str:
    """How far the API is with saying what would happen."""
    text = "Asking the API what would happen …"
    job = progress.job if progress is not None else None
    if progress is None or job is None:
        return text
    total = job.total if job.total is not None else plan.expected
    part = f", request {progress.batch} of {progress.batches}" if progress.batches > 1 else ""
    return f"{text} {count_text(job.done)}/{count_text(total)}{part}"


def typing_problem(plan: Plan, typed: str) -> str:
    """Why what was typed does not confirm the plan; empty when it does."""
    if not plan.typed or typed.replace(" ", "") == plan.typed:
        return ""
    if not typed.strip():
        return f"This is for good. Type {plan.typed} first."
    return f"“{typed.strip()}” is not it. Nothing was done."
