"""Beginning a revive: how, which of the Things, and one confirmation of everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simtui.errors import SimtuiError, UsageError
from simtui.models import Thing
from simtui.models.runbook import ReviveSettings
from simtui.ui.acting.planning import Planning
from simtui.ui.acting.showing import show
from simtui.ui.form_calls import FormCalls
from simtui.ui.messaging.known_templates import known_templates
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.plan_dialog import PlanDialog, Proposal
from simtui.views.forms.field import Answers
from simtui.views.forms.revive_form import revive_form
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import Selection
from simtui.views.runbook.revive_fit import MOST_AT_ONCE, Sorted, revived_lately, sort_out
from simtui.views.runbook.revive_plan import revive_plan

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit

Confirmed = Callable[[tuple[Thing, ...], ReviveSettings], None]


class BeginRevive:
    """Asks; ``confirmed`` hears of the Things and of how."""

    def __init__(
        self, app: SimtuiApp, visit: Visit, planning: Planning, confirmed: Confirmed
    ) -> None:
        self._app = app
        self._visit = visit
        self._planning = planning
        self._confirmed = confirmed

    def ask(self, selection: Selection) -> None:
        """The form, where any of the Things can be revived.

        Raises:
            UsageError: why none can.
        """
        found = self._sorted(selection, MOST_AT_ONCE)
        if not found.fits:
            one = found.left_alone[0]
            many = len(found.left_alone) > 1
            whom = "None of the Things can be revived" if many else "It cannot be revived"
            raise UsageError(whom, f"{'The first ' if many else 'It '}{one.reason}")
        form = revive_form(
            selection.words,
            lambda most: self._sorted(selection, most),
            known_templates(self._app, self._visit.workspace),
        )

        def submit(answers: Answers) -> None:
            chosen = form.read(answers)
            self._propose(selection, chosen.settings, chosen.at_once)

        show(self._app, FormDialog(form.title, form.fields, FormCalls(submit, form.remarks)))

    def _propose(self, selection: Selection, settings: ReviveSettings, at_once: int) -> None:
        plan = revive_plan(selection, self._sorted(selection, at_once), settings)

        def confirmed(plan: Plan) -> None:
            self._confirmed(plan.things, settings)

        async def again(error: SimtuiError) -> None:
            self._propose(selection, settings, at_once)

        proposal = Proposal(
            plan, self._planning.rehearse, lambda same, action: same, confirmed, again
        )
        show(self._app, PlanDialog(proposal))

    def _sorted(self, selection: Selection, at_once: int) -> Sorted:
        """Judged as the Things are known by now."""
        feed, now = self._visit.feed, self._visit.feed.context.now
        known = [feed.thing(thing.thing_id) or thing for thing in selection.things]
        runs, journal = self._visit.workspace.runs, feed.store.journal
        lately = revived_lately(runs.all, journal.entries, now)
        busy = {one.thing_id for run in self._visit.runs_under_way for one in run.things}
        return sort_out(known, lately, at_once, now, busy)
