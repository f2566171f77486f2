"""The steps after a change of IMEI: what each of them says, and what ``enter`` does next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from simtui.models import Session, Thing
from simtui.models.journal import JournalEntry, Outcome
from simtui.models.runbook import Fact, Run, Step, StepState, StolenStep
from simtui.views.ages import moment_text
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Row, Tone
from simtui.views.detail.section import Rows, Section
from simtui.views.plan.wording import named
from simtui.views.runbook.suspension import Next, Standing, standing
from simtui.views.runbook.where import OUTSIDE
from simtui.views.runbook.words import step_cell, step_title
from simtui.views.text import clean


@dataclass(frozen=True, slots=True)
class Present:
    """What is known now: the Thing, its session, the last write of each step, and what stands
    in the way of writing, if anything does."""

    thing: Thing | None = None
    session: Session | None = None
    sent: Mapping[str, JournalEntry] | None = None
    barrier: str = ""

    def last(self, step: str) -> JournalEntry | None:
        """The last write of a step."""
        return (self.sent or {}).get(step)


def suspension(run: Run, present: Present, now: datetime) -> Standing:
    """How the suspension stands."""
    sent = present.last(StolenStep.SUSPEND)
    return standing(sent, present.thing, present.session, now)


def is_tagged(run: Run, present: Present) -> bool:
    """Whether the Thing has the tag of the run."""
    wanted = run.tag.casefold()
    return present.thing is not None and wanted in map(str.casefold, present.thing.tags)


def settled_step(run: Run, present: Present, now: datetime) -> Run:
    """The run with what its writes have turned out to be; nothing is done for that."""
    step = run.next_step
    if step is None or step.state != StepState.OFFERED:
        return run
    if step.name == StolenStep.SUSPEND and present.last(step.name) is not None:
        stands = suspension(run, present, now)
        if stands.next is Next.FINISH:
            return done(run, step.name, stands.cell.text, now)
    if step.name == StolenStep.TAG:
        sent = present.last(step.name)
        if sent is not None and sent.outcome == Outcome.CONFIRMED:
            return done(run, step.name, f"tagged {named(run.tag)}", now)
    return run


def done(run: Run, name: str, said: str, now: datetime) -> Run:
    """The run with a step that is done."""
    told = said.removeprefix("✓ ")
    return run.with_step(name, state=StepState.DONE, ended=now, said=told)


def step_line(run: Run, step: Step, present: Present, now: datetime) -> Cell:
    """What is to be known of a step, in one line."""
    state = step_cell(step)
    if not step.is_open:
        when = f" {moment_text(step.ended, now)}" if step.ended else ""
        said = f" · {step.said}" if step.said else ""
        return Cell(f"{state.text}{when}{said}", state.tone)
    if step != run.next_step:
        return Cell(f"{state.text}", "dim")
    return _open_line(run, step, present, now)


def _open_line(run: Run, step: Step, present: Present, now: datetime) -> Cell:
    if step.name == StolenStep.SUSPEND:
        return suspension(run, present, now).cell
    sent = present.last(step.name)
    if step.name == StolenStep.TAG and sent is not None:
        if not sent.settled:
            return Cell("◍ under way", "accent")
        if sent.outcome != Outcome.CONFIRMED:
            return Cell(f"✗ not done: {clean(sent.detail, 200)}", "bad")
    if step.name == StolenStep.TAG and is_tagged(run, present):
        return Cell(f"○ the Thing is tagged {named(run.tag)} already", "warn")
    return Cell(f"○ {_TO_DO[step.name]}", "warn")


_TO_DO: Final[Mapping[str, str]] = {
    StolenStep.EVIDENCE: "nothing is written down yet",
    StolenStep.TAG: "not tagged yet",
    StolenStep.TICKET: "not copied yet",
}


def head_line(run: Run, present: Present, now: datetime) -> Row:
    """What ``enter`` does now, and ``x``."""
    step = run.next_step
    if step is None:
        skipped = any(one.state == StepState.SKIPPED for one in run.steps)
        more = " · R takes up what was skipped" if skipped else ""
        return (Cell(" "), Cell("✓ ended", "ok"), Cell(f" · c copies the ticket text{more}"))
    number = run.steps.index(step) + 1
    does = enter_does(run, present, now)
    head = Cell(f" ▶ {number} of {len(run.steps)}  ", "accent")
    if not does:
        return (head, Cell(step_title(step), "strong"), Cell(" · x skips it", "dim"))
    if step.name in WRITING and present.barrier:
        return (head, Cell(present.barrier, "warn"), Cell(" · x skips it", "dim"))
    return (head, Cell(f"enter: {does}", "strong"), Cell(" · x skips it", "dim"))


WRITING: Final = frozenset({StolenStep.SUSPEND, StolenStep.TAG})
"""The steps that change something."""


def enter_does(run: Run, present: Present, now: datetime) -> str:
    """What ``enter`` does for the next step; empty while there is only waiting."""
    step = run.next_step
    if step is None:
        return ""
    if step.name == StolenStep.SUSPEND:
        return _SUSPEND[suspension(run, present, now).next]
    if step.name == StolenStep.TAG:
        sent = present.last(step.name)
        if sent is not None and not sent.settled:
            return ""
        return "go on, it is tagged" if is_tagged(run, present) else "tag it …"
    return _ENTER[step.name]


_SUSPEND: Final[Mapping[Next, str]] = {
    Next.SUSPEND: "suspend it and end the session …",
    Next.RESET: "reset the connection, to end the session …",
    Next.WAIT: "",
    Next.FINISH: "go on, it is so",
}
_ENTER: Final[Mapping[str, str]] = {
    StolenStep.EVIDENCE: "look up and keep what is known",
    StolenStep.TICKET: "copy the ticket text",
}


def steps_section(run: Run, present: Present, now: datetime) -> Section:
    """All steps, each with what is known of it."""
    rows = tuple(
        (f"{number} {SHORT.get(step.name, '')}", step_line(run, step, present, now))
        for number, step in enumerate(run.steps, 1)
    )
    return Section("Steps", rows)


SHORT: Final[Mapping[str, str]] = {
    StolenStep.EVIDENCE: "Evidence",
    StolenStep.SUSPEND: "Suspend",
    StolenStep.TAG: "Tag",
    StolenStep.TICKET: "Ticket",
}
"""The steps as labels."""


def evidence_sections(run: Run, now: datetime) -> tuple[Section, ...]:
    """What was written down, by what it is about."""
    if run.looked_at is None:
        note = "What is known is written down in step 1, before anything is changed."
        return (Section("Evidence", note=note),)
    sections: dict[str, list[Fact]] = {}
    for fact in run.evidence:
        sections.setdefault(fact.section, []).append(fact)
    as_of = f"{count_text(len(run.evidence))} facts, looked up {moment_text(run.looked_at, now)}"
    return (
        Section("Evidence", note=as_of),
        *(Section(title, _rows(facts)) for title, facts in sections.items()),
    )


def _rows(facts: Sequence[Fact]) -> Rows:
    return tuple((fact.label, Cell(fact.text, _tone(fact.text))) for fact in facts)


def _tone(text: str) -> Tone:
    return "bad" if OUTSIDE in text else ""
