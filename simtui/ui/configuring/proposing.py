"""Showing a change before it is sent, sending it, and what follows from the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simtui.errors import Conflict, SimtuiError
from simtui.models.config_change import ConfigChange, Kind, Verb
from simtui.models.settings import Settings
from simtui.store.config_now import Now, read_now
from simtui.ui.acting.showing import close_dialogs, show
from simtui.ui.configuring.form_edit import SavePlan
from simtui.ui.screens.conflict_dialog import ConflictDialog
from simtui.ui.screens.save_dialog import Question, SaveDialog
from simtui.views.cell import Cell
from simtui.views.config.diff import diff_lines
from simtui.views.config.names import making
from simtui.views.config.reach import reach_remarks
from simtui.views.config.summary import summary_of
from simtui.views.config.versions import versions_of

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit

_LOOKING = "The answer was lost; looking how it is now …"


@dataclass(frozen=True, slots=True)
class Then:
    """What follows: ``saved`` when it is done, ``back`` to the edit when it is not wanted
    like this, ``anew`` with my wishes on top of what somebody else made of it."""

    saved: Callable[[], None]
    back: Callable[[], None]
    anew: Callable[[Now, Settings], None] | None = None


class Proposing:
    """Asks for the confirmation of changes, and has what was confirmed carried out."""

    def __init__(self, app: SimtuiApp, visit: Visit) -> None:
        self._app = app
        self._visit = visit

    def propose(self, plan: SavePlan, then: Then, undoes: str | None = None) -> None:
        """Show what ``plan`` would do, and do it when it is confirmed."""
        change = plan.change
        context = self._visit.feed.context
        first = tuple(Cell(f"+ first: {_lower(step.summary)}", "warn") for step in plan.first)
        difference = tuple(line.cell for line in diff_lines(change, plan.names))

        async def save(say: Callable[[str], None]) -> None:
            await self._save(plan, then, say, undoes)

        question = Question(
            summary_of(change),
            (*first, *difference),
            (*plan.remarks, *reach_remarks(change, context)),
            _do_it(change),
            save,
            then.back,
        )
        show(self._app, SaveDialog(question))

    async def _save(
        self, plan: SavePlan, then: Then, say: Callable[[str], None], undoes: str | None
    ) -> None:
        """Send it; what was refused is raised for the dialog, or told by the page when the
        person has gone away from it."""
        dialog, steps = self._app.screen, plan.steps

        def on_step(number: int) -> None:
            if len(steps) > 1:
                say(f"{number} of {len(steps)}: {steps[number - 1].summary} …")

        saving = self._visit.feed.store.saving
        try:
            await saving.save(steps, on_step, on_unknown=lambda: say(_LOOKING), undoes=undoes)
        except SimtuiError as error:
            self._app.last_error = error
            if self._app.screen is not dialog:
                self._app.report(error)
            elif _is_conflict(error) and then.anew is not None and plan.change.after is not None:
                await self._compare(plan, error, then)
            else:
                raise
            return
        if self._app.screen is dialog:
            close_dialogs(self._app)
        then.saved()
        self._app.notice(f"✓ {_done(plan.change)}")

    async def _compare(self, plan: SavePlan, error: SimtuiError, then: Then) -> None:
        """Base, theirs and mine; nothing is sent before a person has looked at the result.

        Raises:
            SimtuiError: when theirs cannot be read.
        """
        change = plan.change
        now = await read_now(self._visit.feed.store, change.ref)
        if now is None or change.before is None or change.after is None:
            raise error
        if now.version == change.version:  # it was about a step before it
            raise error
        if now.settings == change.before:
            self._ask_again(plan, now, then)
            return
        mine = change.after

        def take_mine() -> None:
            if then.anew is not None:
                then.anew(now, mine)

        dialog = ConflictDialog(
            f"{change.title} was changed meanwhile",
            error.detail or error.title,
            versions_of(change.before, now.settings, mine, plan.names),
            "go on with mine on top of theirs (nothing is sent yet)",
            take_mine,
            leave="keep my edit for later",
        )
        show(self._app, dialog)

    def _ask_again(self, plan: SavePlan, now: Now, then: Then) -> None:
        """It has a newer version, but nothing of this was changed: another part of it was."""
        change = replace(plan.change, version=now.version)
        remark = Cell("It was saved by somebody meanwhile, who changed nothing of this.", "warn")
        self.propose(replace(plan, change=change, remarks=(remark, *plan.remarks)), then)


def _do_it(change: ConfigChange) -> str:
    """What ``enter`` does."""
    if change.verb == Verb.CHANGE:
        return "save it"
    verb = "delete" if change.verb == Verb.DELETE else making(change.ref.kind)
    return f"{verb} {'the user' if change.ref.kind == Kind.USER else 'it'}"


def _lower(summary: str) -> str:
    """A summary within a line."""
    return summary[:1].lower() + summary[1:]


def _is_conflict(error: SimtuiError) -> bool:
    return isinstance(error, Conflict) and error.name == "ETAG_MISMATCH"


def _done(change: ConfigChange) -> str:
    """What the page says when it is done."""
    made = f"{making(change.ref.kind).capitalize()}d"
    verb = {Verb.CREATE: made, Verb.CHANGE: "Saved", Verb.DELETE: "Deleted"}[change.verb]
    return f"{verb}: {change.title}"
