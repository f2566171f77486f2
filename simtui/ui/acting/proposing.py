"""Showing plans to a person, one at a time, and what follows from the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simtui.errors import Conflict, SimtuiError, UsageError
from simtui.ui.acting.carrying_out import CarryingOut, Told
from simtui.ui.acting.planning import Planning
from simtui.ui.acting.showing import close_dialogs, show
from simtui.ui.acting.turns import Queue, Turn
from simtui.ui.screens.plan_dialog import PlanDialog, Proposal
from simtui.views.cell import Cell
from simtui.views.plan.allowed import area_of
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import Selection
from simtui.views.plan.wording import thing_name

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit

_NOBODY = Told()


class Proposing:
    """Asks for the confirmation of plans, and has what was confirmed carried out."""

    def __init__(self, app: SimtuiApp, visit: Visit, planning: Planning) -> None:
        self._app = app
        self._feed = visit.feed
        self._planning = planning
        self._carrying = CarryingOut(app, visit, planning, self.propose)

    def propose(self, plan: Plan, undoes: str | None = None, told: Told = _NOBODY) -> None:
        """Show a plan of its own, for whoever asked for it."""
        self._propose(plan, undoes, Queue(), told)

    def take_turns(self, turns: Sequence[Turn], *, after_each: bool = False) -> None:
        """Plan the first, and the others when it is confirmed (``after_each``: done).

        Raises:
            UsageError: for what can never be, or when the Things are not known here.
            ReadOnly, Forbidden: when it is not allowed.
        """
        turn, *others = turns
        self._take(turn, Queue(others, after_each))

    def _take(self, turn: Turn, queue: Queue) -> None:
        self._planning.check(area_of(turn.action), "This")
        known = (self._feed.thing(thing_id) for thing_id in turn.thing_ids)
        things = tuple(thing for thing in known if thing is not None)
        if not things:
            raise UsageError("There is nobody left to do it to", f"{turn.words} is not known here")
        words = thing_name(things[0]) if len(things) == 1 else turn.words
        plan = self._planning.make(turn.action, Selection(words, things))
        if turn.remark:
            plan = replace(plan, cautions=(Cell(turn.remark, "warn"),))
        self._propose(plan, turn.undoes, queue)

    def _take_next(self, queue: Queue) -> None:
        """The next turn; by now nobody waits for what is against it, so the page says it."""
        turn, *others = queue.others
        try:
            self._take(turn, Queue(others, queue.after_each, queue.number + 1))
        except SimtuiError as error:
            close_dialogs(self._app)
            self._app.report(error)

    def _propose(self, plan: Plan, undoes: str | None, queue: Queue, told: Told = _NOBODY) -> None:
        def go_on() -> None:
            self._take_next(queue)

        def confirmed(plan: Plan) -> None:
            waits = bool(queue.others) and queue.after_each
            self._carrying.start(plan, undoes, go_on if waits else None, told)
            if queue.others and not queue.after_each:
                go_on()

        async def again(error: SimtuiError) -> None:
            grown = isinstance(error, Conflict) and error.name == "TARGET_COUNT_CHANGED"
            selection = await self._planning.select_anew(plan.selection, reload=grown)
            anew = self._planning.make(plan.action, selection)
            self._propose(replace(anew, cautions=plan.cautions), undoes, queue, told)

        proposal = Proposal(
            plan, self._planning.rehearse, self._planning.with_action, confirmed, again
        )
        show(self._app, PlanDialog(proposal, queue.counter))
