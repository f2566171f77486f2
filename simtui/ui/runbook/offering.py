"""The menu of runbooks for the Things that are meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from simtui.errors import SimtuiError, UsageError
from simtui.models import Thing
from simtui.models.permission import Area
from simtui.models.runbook import Run, RunKind
from simtui.store.runs import Runs
from simtui.ui.acting.planning import Planning
from simtui.ui.acting.showing import close_dialogs, show
from simtui.ui.acting.targets import Targets
from simtui.ui.history import RunbookPlace, RunbooksPlace
from simtui.ui.screens.pick_dialog import PickDialog
from simtui.views.ages import age_ago
from simtui.views.forms.field import Choice
from simtui.views.plan.selection import Selection
from simtui.views.runbook.words import KINDS

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp

Offer: TypeAlias = tuple[Choice, Callable[[], None]]
"""What can be chosen, and what is done then; that raises when it cannot be."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What follows from the choice."""

    begin_stolen: Callable[[Thing], None]
    ask_revive: Callable[[Selection], None]
    go: Callable[[RunbookPlace | RunbooksPlace], None]


class Offering:
    """Offers what fits first, and the runs so far last."""

    def __init__(self, app: SimtuiApp, runs: Runs, planning: Planning, ways: Ways) -> None:
        self._app = app
        self._runs = runs
        self._planning = planning
        self._ways = ways

    def offer(self, targets: Targets) -> None:
        """Show the menu."""
        meant = targets.first
        offers = self._offers(meant) if meant is not None else []
        offers.append(self._runs_so_far())

        def picked(index: int) -> None:
            try:
                offers[index][1]()
            except SimtuiError as error:
                close_dialogs(self._app)
                self._app.report(error)

        title = f"Runbooks · {meant.words}" if meant is not None else "Runbooks"
        choices = [choice for choice, _ in offers]
        show(self._app, PickDialog(title, choices, picked, lambda: close_dialogs(self._app)))

    def _offers(self, meant: Selection) -> list[Offer]:
        both = [self._stolen(meant), self._revive(meant)]
        return both if len(meant.things) == 1 else both[::-1]

    def _runs_so_far(self) -> Offer:
        runs = self._runs.all
        open_ones = sum(not run.ended for run in runs)
        note = f"{len(runs)}, {open_ones} of them open" if runs else "none yet"
        return Choice("Runs so far", note), lambda: self._ways.go(RunbooksPlace())

    def _stolen(self, meant: Selection) -> Offer:
        title = KINDS[RunKind.STOLEN_SIM]
        if len(meant.things) != 1:
            return Choice(title, "for one Thing at a time"), _refuse_several
        (thing,) = meant.things
        run = self._open_run_of(thing)
        if run is None:
            return Choice(title, _STOLEN), lambda: self._ways.begin_stolen(thing)
        place = RunbookPlace(run.run_id, run.kind)
        note = f"go on with the one begun {age_ago(run.begun, self._runs.now())}"
        return Choice(title, note), lambda: self._ways.go(place)

    def _revive(self, meant: Selection) -> Offer:
        def begin() -> None:
            self._planning.check(Area.ACTIONS, "Reviving")
            self._ways.ask_revive(meant)

        note = _REVIVE
        try:
            self._planning.check(Area.ACTIONS, "Reviving")
        except SimtuiError as error:
            note = error.title
        return Choice(KINDS[RunKind.REVIVE], note), begin

    def _open_run_of(self, thing: Thing) -> Run | None:
        """The run for the Thing that has not ended: there is no need for a second one."""
        for run in self._runs.all:
            of_it = run.things[0].thing_id == thing.thing_id
            if run.kind == RunKind.STOLEN_SIM and of_it and not run.ended:
                return run
        return None


def _refuse_several() -> None:
    raise UsageError("The stolen-SIM runbook is for one Thing at a time")


_STOLEN: Final = "evidence → suspend and end session → tag → ticket"
_REVIVE: Final = "reset → wait → SMS → wait → report"
