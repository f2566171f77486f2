"""The names of runbooks and their steps, and how far they are: a glyph and a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from simtui.models.runbook import ReviveStep, Run, RunKind, RunThing, Step, StepState, StolenStep
from simtui.views.ages import STEP_SECONDS
from simtui.views.cell import Cell, Tone
from simtui.views.plan.wording import named, things_text

KINDS: Final[Mapping[str, str]] = {
    RunKind.STOLEN_SIM: "Stolen SIM",
    RunKind.REVIVE: "Revive",
}
STEPS: Final[Mapping[str, str]] = {
    StolenStep.EVIDENCE: "Evidence",
    StolenStep.SUSPEND: "Suspend and end the session",
    StolenStep.TAG: "Tag",
    StolenStep.TICKET: "Ticket text",
    ReviveStep.RESET: "Reset the connection",
    ReviveStep.LOOK: "Wait, and look who is back",
    ReviveStep.SMS: "SMS to those that are not",
    ReviveStep.VERIFY: "Wait, and verify",
}
_STATES: Final[Mapping[str, tuple[str, str, Tone]]] = {
    StepState.WAITING: ("○", "to do", "dim"),
    StepState.OFFERED: ("◍", "begun", "accent"),
    StepState.DONE: ("✓", "done", "ok"),
    StepState.SKIPPED: ("·", "skipped", "dim"),
    StepState.FAILED: ("✗", "failed", "bad"),
    StepState.STOPPED: ("✕", "stopped", "warn"),
}


def run_thing_name(thing: RunThing) -> str:
    """What a Thing was called when the run began."""
    return named(thing.name.strip() or thing.iccid)


def run_title(run: Run) -> str:
    """``Stolen SIM: pump-12``, ``Revive: 12 Things``."""
    one = len(run.things) == 1
    whom = run_thing_name(run.things[0]) if one else things_text(len(run.things))
    return f"{KINDS.get(run.kind, named(run.kind))}: {whom}"


def step_title(step: Step) -> str:
    """What a step does."""
    return STEPS.get(step.name, named(step.name))


def step_cell(step: Step) -> Cell:
    """``✓ done``, ``· skipped``."""
    glyph, word, tone = _STATES.get(step.state, ("?", named(step.state), "warn"))
    return Cell(f"{glyph} {word}", tone)


def at_step(run: Run) -> str:
    """``step 2 of 4``; empty at the end."""
    step = run.next_step
    if step is None:
        return ""
    return f"step {run.steps.index(step) + 1} of {len(run.steps)}"


def run_cell(run: Run, *, under_way: bool, elsewhere: bool) -> Cell:
    """How a run stands: whether somebody is at it, and at which step it is."""
    if run.ended:
        stopped = any(step.state == StepState.STOPPED for step in run.steps)
        return Cell("✕ stopped", "warn") if stopped else Cell("✓ ended", "ok")
    at = _place(run)
    if under_way:
        return Cell(f"◍ {at} under way", "accent")
    if elsewhere:
        return Cell(f"◍ {at} elsewhere", "dim")
    if any(step.state == StepState.FAILED for step in run.steps):
        return Cell(f"✗ {at} failed", "bad")
    return Cell(f"! {at} interrupted" if run.kind == RunKind.REVIVE else f"○ {at} open", "warn")


def _place(run: Run) -> str:
    """``2/4``."""
    step = run.next_step
    return f"{run.steps.index(step) + 1}/{len(run.steps)}" if step is not None else ""


def seconds_text(seconds: float) -> str:
    """A time that is left, in steps of ten seconds: ``1m 50s``, ``40s``, ``a moment``."""
    whole = int(max(seconds, 0)) // STEP_SECONDS * STEP_SECONDS
    if whole == 0:
        return "a moment"
    minutes, rest = divmod(whole, 60)
    parts = [f"{minutes}m" if minutes else "", f"{rest}s" if rest else ""]
    return " ".join(part for part in parts if part)
