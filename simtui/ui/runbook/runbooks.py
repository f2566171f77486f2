"""Runbooks of one visit: offered, begun, gone on with, stopped, and followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from simtui.errors import SimtuiError, UsageError
from simtui.models import Thing
from simtui.models.permission import Area
from simtui.models.runbook import (
    ReviveSettings,
    Run,
    RunKind,
    RunThing,
    Step,
    StepState,
    StolenStep,
)
from simtui.store.outbox import new_id
from simtui.ui.acting.planning import Planning
from simtui.ui.acting.showing import close_dialogs
from simtui.ui.acting.targets import Targets
from simtui.ui.history import RunbookPlace, RunbooksPlace
from simtui.ui.notices import Notice, Rank
from simtui.ui.runbook.begin_revive import BeginRevive
from simtui.ui.runbook.offering import Offering, Ways
from simtui.ui.runbook.reviving import Reviving
from simtui.ui.runbook.stolen_sim import StolenSim
from simtui.ui.screens.confirm_dialog import ConfirmDialog
from simtui.views.ages import age_ago
from simtui.views.runbook.revive_plan import new_run
from simtui.views.runbook.revive_steps import stopped
from simtui.views.runbook.revive_words import ended_text
from simtui.views.runbook.words import run_title

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit

GO_ON_WITHIN: Final = timedelta(hours=24)
"""After so long what a revive had found says nothing about now."""


class Runbooks:
    """What the keys about runbooks do. A revive goes on whatever is shown."""

    def __init__(self, app: SimtuiApp, visit: Visit, say: Callable[[Notice], None]) -> None:
        self._app = app
        self._visit = visit
        self._planning = Planning(visit.feed, read_only=visit.workspace.read_only)
        self._say = say
        self._runs = visit.workspace.runs
        self._reviving: dict[str, Reviving] = {}
        self._begin_revive = BeginRevive(app, visit, self._planning, self._revive)
        ways = Ways(self._begin_stolen, self._begin_revive.ask, self._go)
        self._offering = Offering(app, self._runs, self._planning, ways)
        self._listeners: list[Callable[[], None]] = []
        self.stolen = StolenSim(app, visit)

    async def close(self) -> None:
        """Follow nothing any more; what goes on is kept."""
        for one in self._reviving.values():
            await one.close()
        self._planning.close()

    def look(self) -> None:
        """Time has passed for whoever waits."""
        for one in self._reviving.values():
            one.look()

    @property
    def under_way(self) -> tuple[Run, ...]:
        """What goes on by itself now."""
        return tuple(one.run for one in self._reviving.values() if not one.done)

    def is_under_way(self, run: Run) -> bool:
        """Whether it goes on by itself now."""
        one = self._reviving.get(run.run_id)
        return one is not None and not one.done

    def trouble(self, run: Run) -> str:
        """Why a run does not get further, if that is so."""
        one = self._reviving.get(run.run_id)
        return one.trouble if one is not None else ""

    def listen(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Hear of every change of any run; answers the function that ends it."""
        self._listeners.append(on_change)
        unlisten = self._runs.listen(on_change)

        def ended() -> None:
            unlisten()
            if on_change in self._listeners:
                self._listeners.remove(on_change)

        return ended

    def offer(self, targets: Targets) -> None:
        """Let a runbook be chosen for what is meant."""
        self._offering.offer(targets)

    # Beginning

    def _begin_stolen(self, thing: Thing) -> None:
        now, author = self._runs.now(), self._runs.author
        session = thing.session.state if thing.session else ""
        those = (RunThing(thing.thing_id, thing.iccid, thing.name, session),)
        steps = tuple(Step(name) for name in StolenStep.ALL)
        run = Run(new_id(), RunKind.STOLEN_SIM, now, now, author.who, author.process, those, steps)
        self._open(self._runs.keep(run))

    def _revive(self, things: tuple[Thing, ...], settings: ReviveSettings) -> None:
        """It was confirmed, so it begins."""
        author = self._runs.author
        run = new_run(new_id(), things, settings, author.who, author.process, self._runs.now())
        self._runs.keep(run)
        self._start(run)
        self._open(run)

    def _open(self, run: Run) -> None:
        self._go(RunbookPlace(run.run_id, run.kind))

    def _go(self, place: RunbookPlace | RunbooksPlace) -> None:
        close_dialogs(self._app)
        self._app.go_soon(place)

    # Going on, and stopping

    def go_on(self, run: Run) -> None:
        """Go on with a revive that was interrupted, or that failed.

        Raises:
            UsageError: when it has ended, goes on elsewhere, or is too old.
            ReadOnly, Forbidden: when it is not allowed.
        """
        if run.ended or self.is_under_way(run):
            raise UsageError("It has ended" if run.ended else "It goes on already")
        self._planning.check(Area.ACTIONS, "Reviving")
        self._not_elsewhere(run)
        if self._runs.now() - run.changed > GO_ON_WITHIN:
            raise UsageError(
                f"It was interrupted {age_ago(run.changed, self._runs.now())}",
                "What it had found says nothing about now",
                "x gives it up; begin a new one with b",
            )
        self._start(run)

    def ask_to_stop(self, run: Run) -> None:
        """Give a revive up, after a question.

        Raises:
            UsageError: when it has ended, or goes on elsewhere.
        """
        if run.ended:
            raise UsageError("It has ended already")
        self._not_elsewhere(run)
        meaning = "What was sent stays sent. What is not known by now is reported as not known."

        def answered(yes: bool | None) -> None:
            if yes:
                self._stop(run.run_id)

        dialog = ConfirmDialog(f"Stop {run_title(run)}?", meaning, "stop it", "let it go on")
        self._app.push_screen(dialog, answered)

    def _stop(self, run_id: str) -> None:
        run = self._runs.find(run_id)
        one = self._reviving.get(run_id)
        if one is not None and not one.done:
            one.stop()
        elif run is not None and not run.ended:
            self._runs.keep(stopped(run, self._runs.now()))

    def _not_elsewhere(self, run: Run) -> None:
        if self._runs.is_elsewhere(run):
            raise UsageError(
                "Another simtui is at it",
                f"{run.who}, process {run.process}",
                "Go on there, or end that simtui first",
            )

    def _start(self, run: Run) -> None:
        """From now on it is this program's."""
        author = self._runs.author
        self._runs.keep(replace(run, who=author.who, process=author.process))
        self._reviving[run.run_id] = Reviving(
            self._visit.feed.store, self._runs, run.run_id, lambda: self._changed(run.run_id)
        )

    def _changed(self, run_id: str) -> None:
        """Show it; who looks at something else hears of the end."""
        for on_change in tuple(self._listeners):
            on_change()
        run, one = self._runs.find(run_id), self._reviving.get(run_id)
        if run is None or one is None or not one.done:
            return
        if self._visit.trail.here == RunbookPlace(run_id, RunKind.REVIVE):
            return
        step = run.next_step
        if run.ended and all(step.state != StepState.STOPPED for step in run.steps):
            self._say(Notice(Rank.OUTCOME, ended_text(run)))
        elif step is not None and step.state == StepState.FAILED:
            self._app.report(SimtuiError(f"{run_title(run)} does not go on", step.said, _GO_ON))


_GO_ON: Final = ":runbooks, then R goes on"
