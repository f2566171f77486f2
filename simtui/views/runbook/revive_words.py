"""What stands over the Things of a revive: its stage, the time that is left, the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from simtui.models.runbook import Revival, Run, RunThing, Step, StepState
from simtui.views.ages import age_ago
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Row, Tone
from simtui.views.plan.wording import named
from simtui.views.runbook.words import run_cell, seconds_text, step_title
from simtui.views.text import clean

REVIVALS: Final[Mapping[str, tuple[str, str, Tone]]] = {
    Revival.NOT_BACK: ("✗", "not back", "bad"),
    Revival.NOT_KNOWN: ("?", "not known", "warn"),
    Revival.WAITING: ("○", "waiting", "dim"),
    Revival.RESET: ("◍", "reset", "accent"),
    Revival.MESSAGED: ("◍", "SMS sent", "accent"),
    Revival.BACK_AFTER_RESET: ("✓", "back after the reset", "ok"),
    Revival.BACK_AFTER_SMS: ("✓", "back after the SMS", "ok"),
}
"""In the order in which they deserve to be looked at."""


def outcome_of(run: Run, thing: RunThing) -> str:
    """What became of a Thing; of one that nobody looked for any more it is not known."""
    if run.ended and thing.revival in Revival.UNDER_WAY:
        return Revival.NOT_KNOWN
    return thing.revival


def known_of(thing: RunThing) -> str:
    """What is known of a Thing, and what went wrong; safe to print."""
    return clean("; ".join(part for part in (thing.said, thing.note) if part), 400)


def revival_cell(revival: str) -> Cell:
    """``✓ back after the SMS``."""
    glyph, word, tone = REVIVALS.get(revival, ("?", named(revival), "warn"))
    return Cell(f"{glyph} {word}", tone)


def counts_of(run: Run) -> Counter[str]:
    """How many Things stand where."""
    return Counter(outcome_of(run, thing) for thing in run.things)


def stage_line(
    run: Run, now: datetime, *, under_way: bool, elsewhere: bool, trouble: str = ""
) -> Row:
    """``◍ step 2 of 4  Wait, and look who is back · 1m 50s left``."""
    step = run.next_step
    state = run_cell(run, under_way=under_way, elsewhere=elsewhere)
    if step is None:
        return (Cell(" "), state, Cell(" · c copies the report", "dim"))
    cells = [Cell(" "), state, Cell(f"  {step_title(step)}", "strong")]
    if trouble:
        return (*cells, Cell(f" · {clean(trouble, 120)}", "bad"))
    if under_way or elsewhere:
        return (*cells, Cell(f" · {_left(step, now)}"), Cell(" · x stops", "dim"))
    said = f" · {step.said}" if step.state == StepState.FAILED and step.said else ""
    return (*cells, Cell(said, "bad"), Cell(" · R goes on, x gives it up", "accent"))


def _left(step: Step, now: datetime) -> str:
    if step.until is None:
        return "under way"
    left = (step.until - now).total_seconds()
    return f"{seconds_text(left)} left" if left > 0 else "looking"


def counts_line(run: Run) -> Row:
    """``✗ 1 not back · ✓ 5 back: 3 after reset, 2 after SMS``: those there are."""
    counts = counts_of(run)
    told = [
        Cell(f"{glyph} {count_text(counts[revival])} {word}", tone)
        for revival, (glyph, word, tone) in REVIVALS.items()
        if counts[revival] and revival not in Revival.BACK
    ]
    parts = [
        f"{count_text(counts[revival])} {after}"
        for revival, after in _AFTER.items()
        if counts[revival]
    ]
    if parts:
        back = count_text(sum(counts[revival] for revival in Revival.BACK))
        told.append(Cell(f"✓ {back} back: {', '.join(parts)}", "ok"))
    cells = [Cell(" ")]
    for number, cell in enumerate(told):
        cells += [Cell(" · ", "dim"), cell] if number else [cell]
    return tuple(cells)


_AFTER: Final = {Revival.BACK_AFTER_RESET: "after reset", Revival.BACK_AFTER_SMS: "after SMS"}


def settings_line(run: Run, now: datetime) -> Row:
    """``reset, 2m, SMS “RESET”, 5m · begun 3m ago by me@here``."""
    text = f"{settings_text(run)} · begun {age_ago(run.begun, now)} by {named(run.who)}"
    return (Cell(" "), Cell(text, "dim"))


def settings_text(run: Run) -> str:
    """What is done, in order, with the waits."""
    settings = run.settings
    if not settings.text:
        return f"reset, wait {settings.reset_minutes}m; no SMS"
    text = clean(settings.text, 40)
    first = f"reset, wait {settings.reset_minutes}m"
    return f"{first}, SMS “{text}”, wait {settings.sms_minutes}m"


def ended_text(run: Run) -> Cell:
    """What is said when it has ended: ``Revive of 12 Things: 9 back, 2 not back``."""
    counts = counts_of(run)
    back = sum(counts[one] for one in Revival.BACK)
    parts = [f"{count_text(back)} back"]
    parts += [
        f"{count_text(counts[one])} {REVIVALS[one][1]}"
        for one in (Revival.NOT_BACK, Revival.NOT_KNOWN)
        if counts[one]
    ]
    good = back == len(run.things)
    count = count_text(len(run.things))
    what = f"Revive of {count} {'Thing' if len(run.things) == 1 else 'Things'}"
    return Cell(f"{'✓' if good else '!'} {what}: {', '.join(parts)}", "ok" if good else "warn")
