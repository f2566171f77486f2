"""The ticket text of a stolen SIM: what was found, what was done, and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from simtui.models.journal import JournalEntry
from simtui.models.runbook import Run, Step
from simtui.views.ages import utc_text
from simtui.views.journal.words import outcome_word
from simtui.views.plan.wording import named
from simtui.views.runbook.words import run_thing_name, step_cell, step_title
from simtui.views.text import clean

Writes = Mapping[str, Sequence[JournalEntry]]
"""What each step has sent, oldest first."""


def stolen_ticket(run: Run, writes: Writes, now: datetime) -> str:
    """What a colleague needs to go on; every time is in UTC."""
    (thing, *_) = run.things
    lines = [
        f"Stolen SIM: {run_thing_name(thing)}, ICCID {named(thing.iccid)}",
        f"Looked into by {named(run.who)}, begun {utc_text(run.begun)}",
        "",
        *_evidence(run),
        "",
        "Done",
        *(line for step in run.steps for line in _step(run, step, writes.get(step.name, ()))),
        "",
        f"Written {utc_text(now)} with simtui",
    ]
    return "\n".join(lines)


def _evidence(run: Run) -> Iterator[str]:
    if run.looked_at is None:
        yield "Evidence: none was looked up"
        return
    yield f"Evidence, looked up {utc_text(run.looked_at)}; ages are as of then"
    section = ""
    for fact in run.evidence:
        if fact.section != section:
            section = fact.section
            yield f"  {section}"
        yield f"    {fact.label:<11} {fact.text}"


def _step(run: Run, step: Step, entries: Sequence[JournalEntry]) -> Iterator[str]:
    when = f" {utc_text(step.ended)}" if step.ended else ""
    yield f"  {run.steps.index(step) + 1} {step_title(step)}: {step_cell(step).text}{when}"
    if step.said:
        yield f"      {step.said}"
    for entry in entries:
        what = f"{utc_text(entry.intent.at)} {clean(entry.intent.summary)}"
        detail = f": {clean(entry.detail, 200)}" if entry.detail else ""
        request = named(entry.intent.request_id)
        yield f"      {what}, {outcome_word(entry.outcome)}{detail} (request {request})"
