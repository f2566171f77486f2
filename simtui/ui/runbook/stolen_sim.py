"""Doing the steps for a stolen SIM, each as a person asks for it."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simtui.errors import SimtuiError
from simtui.models import Session, State, Thing
from simtui.models.action import Action, AddTags, ResetConnection, SetState
from simtui.models.journal import JournalEntry
from simtui.models.permission import Area
from simtui.models.runbook import Run, StepState, StolenStep, operation_of
from simtui.store.queries import ThingQuery
from simtui.ui.acting.showing import close_dialogs, show
from simtui.ui.form_calls import FormCalls
from simtui.ui.runbook.looking_up import looked_up
from simtui.ui.screens.form_dialog import FormDialog
from simtui.views.forms.field import Answers, Field
from simtui.views.plan.checked_text import checked_tag
from simtui.views.plan.selection import select_thing
from simtui.views.runbook import stolen
from simtui.views.runbook.evidence import evidence
from simtui.views.runbook.stolen_ticket import stolen_ticket
from simtui.views.runbook.suspension import Next
from simtui.views.runbook.words import run_thing_name

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit

_DOING = "runbook"
"""The group of workers that do a step."""
REASON = "stolen SIM"
"""What the state history says about the suspension."""


class StolenSim:
    """Does what ``enter``, ``x`` and ``R`` ask for; the run says how far it is."""

    def __init__(self, app: SimtuiApp, visit: Visit) -> None:
        self._app = app
        self._visit = visit
        self._store = visit.feed.store
        self._runs = visit.workspace.runs

    def present(self, run: Run, thing: Thing | None, session: Session | None) -> stolen.Present:
        """What is known now; ``thing`` and ``session`` are what was read last."""
        known = thing or self._visit.feed.thing(run.things[0].thing_id)
        sent = {name: made[-1] for name, made in self.writes(run).items() if made}
        return stolen.Present(known, session, sent, self.barrier(run))

    def writes(self, run: Run) -> Mapping[str, Sequence[JournalEntry]]:
        """What each step has sent, oldest first."""
        journal = self._store.journal
        return {
            step.name: tuple(
                entry for operation in step.operations for entry in journal.of_operation(operation)
            )
            for step in run.steps
        }

    def barrier(self, run: Run) -> str:
        """Why the next step cannot be done from here; empty when it can."""
        step = run.next_step
        area = {StolenStep.SUSPEND: Area.ACTIONS, StolenStep.TAG: Area.TAGS}
        if step is None or step.name not in area:
            return ""
        try:
            self._visit.acting.check(area[step.name], "This step")
        except SimtuiError as error:
            return error.title
        return ""

    # What the keys do

    def do(self, run: Run, present: stolen.Present) -> None:
        """Do the next step, or begin it; what writes is planned and confirmed first."""
        step = run.next_step
        if step is None:
            self.copy(run)
        elif step.name in stolen.WRITING and present.barrier:
            self._app.notice(present.barrier)
        elif step.name == StolenStep.EVIDENCE:
            self._work(self._look_up(run))
        elif step.name == StolenStep.SUSPEND:
            self._suspend(run, present)
        elif step.name == StolenStep.TAG:
            self._tag(run, present)
        else:
            self._finish(run, step.name, "copied")
            self.copy(self._runs.find(run.run_id) or run)

    def skip(self, run: Run, present: stolen.Present) -> None:
        """Leave the next step out; what is known of it by now is written down."""
        step = run.next_step
        if step is None:
            return
        said = ""
        if step.operations:
            said = stolen.step_line(run, step, present, self._runs.now()).text
        self._runs.keep(
            run.with_step(step.name, state=StepState.SKIPPED, ended=self._runs.now(), said=said)
        )

    def take_up(self, run: Run) -> None:
        """The first step that was skipped is to be done after all."""
        skipped = next((one for one in run.steps if one.state == StepState.SKIPPED), None)
        if skipped is None:
            self._app.notice("No step was skipped")
            return
        state = StepState.OFFERED if skipped.operations else StepState.WAITING
        self._runs.keep(run.with_step(skipped.name, state=state, ended=None, said=""))

    def copy(self, run: Run) -> None:
        """The ticket text, as it is by now."""
        self._app.copy_to_clipboard(stolen_ticket(run, self.writes(run), self._runs.now()))
        self._app.notice("Copied the ticket text")

    # The steps

    async def _look_up(self, run: Run) -> None:
        """Read everything; what cannot be read is not known."""
        thing_id = run.things[0].thing_id
        sources = await looked_up(self._store, thing_id)
        known = sources.thing.value or self._visit.feed.thing(thing_id)
        if known is None:
            unknown = SimtuiError("The Thing is not known here", "", "r reads it again")
            self._app.report(sources.thing.error or unknown)
            return
        now = self._runs.now()
        found = evidence(known, sources, now)
        latest = replace(self._runs.find(run.run_id) or run, evidence=found, looked_at=now)
        self._finish(latest, StolenStep.EVIDENCE, f"{len(found)} facts")

    def _suspend(self, run: Run, present: stolen.Present) -> None:
        stands = stolen.suspension(run, present, self._runs.now())
        if stands.next is Next.SUSPEND:
            suspend = SetState(State.SUSPENDED, REASON, end_session=True)
            self._work(self._plan(run, StolenStep.SUSPEND, suspend))
        elif stands.next is Next.RESET:
            self._work(self._plan(run, StolenStep.SUSPEND, ResetConnection()))
        elif stands.next is Next.FINISH:
            self._finish(run, StolenStep.SUSPEND, stands.cell.text)

    def _tag(self, run: Run, present: stolen.Present) -> None:
        sent = present.last(StolenStep.TAG)
        if sent is not None and not sent.settled:
            return
        if stolen.is_tagged(run, present):
            self._finish(run, StolenStep.TAG, f"tagged {run.tag} already")
            return

        def submit(answers: Answers) -> None:
            tag = checked_tag(answers["tag"])
            chosen = replace(self._runs.find(run.run_id) or run, tag=tag)
            self._work(self._plan(chosen, StolenStep.TAG, AddTags((tag,))))

        field = Field("tag", "Tag", run.tag, checked_tag, "stolen")
        title = f"Tag {run_thing_name(run.things[0])}"
        show(self._app, FormDialog(title, (field,), FormCalls(submit)))

    async def _plan(self, run: Run, name: str, action: Action) -> None:
        """Plan a write for the Thing as it is now; by which operation it will be known is on
        the disk before it can be confirmed."""
        step = run.step(name)
        operations = step.operations
        if not operations or self._store.journal.of_operation(operations[-1]):
            operations = (*operations, operation_of(run.run_id, name, len(operations) + 1))
        try:
            thing = await self._store.fetch(ThingQuery(run.things[0].thing_id))
            begun = run.with_step(
                name,
                state=StepState.OFFERED,
                begun=self._runs.now(),
                operations=operations,
            )
            await self._runs.keep_now(begun)
            self._visit.acting.plan(action, select_thing(thing), operation=operations[-1])
        except SimtuiError as error:
            close_dialogs(self._app)
            self._app.report(error)

    def _finish(self, run: Run, name: str, said: str) -> None:
        self._runs.keep(stolen.done(run, name, said, self._runs.now()))

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        self._app.run_worker(work, group=_DOING, exclusive=True)
