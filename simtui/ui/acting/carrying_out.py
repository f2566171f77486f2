"""From the confirmation on: the write goes out, and the page hears what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simtui.errors import CapabilityAbsent, Conflict, SimtuiError
from simtui.store.operation import Report, assignment_of
from simtui.store.queries import ThingQuery
from simtui.store.running import Running
from simtui.ui.acting.outcome_words import outcome_of, under_way, where_more_is
from simtui.ui.acting.plan_words import do_it
from simtui.ui.acting.planning import Planning
from simtui.ui.acting.showing import close_dialogs, is_busy, show
from simtui.ui.history import JobPlace, Place
from simtui.ui.screens.conflict_dialog import ConflictDialog
from simtui.views.cell import Cell
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import select_thing
from simtui.views.plan.three_way import three_ways
from simtui.views.plan.wording import thing_name

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit

FOLLOWING = "following"
"""The group of workers that wait for what was sent."""

Then = Callable[[], None]
"""What to do when it is done."""
After = Callable[[Report, str], None]
"""Hears what became of it, and of which operation of the journal that is."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who asked for a plan: what hears of its end, and the id that its operation shall have
    in the journal; without one it gets a new one."""

    after: After | None = None
    operation: str = ""


_NOBODY = Told()


class CarryingOut:
    """Starts what was confirmed; ``replan`` asks a person about a plan that is made anew."""

    def __init__(
        self,
        app: SimtuiApp,
        visit: Visit,
        planning: Planning,
        replan: Callable[[Plan, str | None, Told], None],
    ) -> None:
        self._app = app
        self._visit = visit
        self._planning = planning
        self._replan = replan

    def start(
        self,
        plan: Plan,
        undoes: str | None = None,
        then: Then | None = None,
        told: Told = _NOBODY,
    ) -> None:
        """Send it, and say on the page what becomes of it; ``then`` is for when it is done."""
        close_dialogs(self._app)
        store = self._visit.feed.store
        assignment = assignment_of(plan, plan.selection.words, undoes)
        running = store.operations.start(assignment, told.operation)
        work = self._follow(plan, running, undoes, then, told)
        self._app.run_worker(work, group=FOLLOWING)

    async def _follow(
        self,
        plan: Plan,
        running: Running,
        undoes: str | None,
        then: Then | None,
        told: Told,
    ) -> None:
        watcher = _Watcher(self._app, self._visit, plan, running, to_job=then is None)
        stop = running.listen(watcher.heard)
        watcher.heard()
        try:
            report = await running.wait()
        except SimtuiError as error:
            await self._failed(plan, error, undoes, told)
            return
        finally:
            stop()
        done = {item.thing_id for item in (*report.succeeded, *report.skipped)}
        self._unmark({thing.thing_id for thing in plan.things} & done)
        self._say(outcome_of(plan, report), where_more_is(plan))
        if told.after is not None:
            told.after(report, running.operation)
        if then is not None and not report.failed:
            then()

    # When it was refused

    async def _failed(self, plan: Plan, error: SimtuiError, undoes: str | None, told: Told) -> None:
        self._app.report(error)
        if isinstance(error, CapabilityAbsent):
            self._planning.learn_absent(plan.action)
        conflict = isinstance(error, Conflict) and error.name == "ETAG_MISMATCH"
        if conflict and len(plan.things) == 1 and not is_busy(self._app):
            await self._show_conflict(plan, error, undoes, told)

    async def _show_conflict(
        self, plan: Plan, error: SimtuiError, undoes: str | None, told: Told
    ) -> None:
        """Was, theirs and mine, read anew; nothing is sent before a person says so."""
        feed, (was,) = self._visit.feed, plan.things
        try:
            theirs = await feed.store.fetch(ThingQuery(was.thing_id))
            anew = self._planning.make(plan.action, select_thing(theirs))
        except SimtuiError as failure:
            self._app.report(failure)
            return
        if is_busy(self._app):
            return
        fields = three_ways(was, theirs, plan.action, feed.context)
        objections = " ".join(one.reason for one in (*anew.skipped, *anew.illegal))
        dialog = ConflictDialog(
            f"{thing_name(was)} was changed meanwhile",
            " ".join(part for part in (error.detail or error.title, objections) if part),
            fields,
            do_it(anew) if anew.changes else "",
            lambda: self._take_mine(anew, undoes, told),
        )
        show(self._app, dialog)

    def _take_mine(self, plan: Plan, undoes: str | None, told: Told) -> None:
        """Send it with the version of theirs; what must be typed is asked for first."""
        if plan.typed:
            self._replan(plan, undoes, told)
        else:
            self.start(plan, undoes, None, told)

    # What the page says

    def _say(self, cell: Cell, more: str) -> None:
        if self._app.page is not None:
            self._app.page.show_notice(cell.text, cell.tone, more)

    def _unmark(self, thing_ids: set[str]) -> None:
        table = self._visit.things.table
        if left := table.marked & thing_ids:
            table.marked = table.marked - left


class _Watcher:
    """Tells the page how far an operation is; a job is gone to when nobody went elsewhere."""

    def __init__(
        self, app: SimtuiApp, visit: Visit, plan: Plan, running: Running, *, to_job: bool
    ) -> None:
        self._app = app
        self._visit = visit
        self._plan = plan
        self._running = running
        self._from: Place = visit.trail.here
        self._to_job = to_job and len(plan.things) > 1
        self._said = Cell("")

    def heard(self) -> None:
        """Something is known that was not."""
        running = self._running
        if running.done:
            return
        job = running.progress.job
        if self._to_job and job is not None:
            self._to_job = False
            if self._visit.trail.here == self._from and not is_busy(self._app):
                self._app.go_soon(JobPlace(job.job_id))
                return
        if job is not None and self._visit.trail.here == JobPlace(job.job_id):
            return
        cell = under_way(self._plan, running.progress)
        if cell != self._said and self._app.page is not None:
            self._said = cell
            self._app.page.show_notice(cell.text, cell.tone, holds=lambda: not running.done)
