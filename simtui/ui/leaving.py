"""Leaving an account while something is not saved, or still on its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from simtui.store.drafts import Drafts

if TYPE_CHECKING:
    from simtui.store.running import Running
    from simtui.ui.navigation import NavigatingApp
    from simtui.ui.visit import Visit


def leave_account(app: NavigatingApp, question: str, yes: str, leave: Callable[[], None]) -> None:
    """Call ``leave``; while something is under way or not saved, when a person says so,
    knowing what goes on without simtui and what does not."""
    told = _what_is_left(app)
    if not told:
        leave()
        return
    from simtui.ui.screens.confirm_dialog import ConfirmDialog  # most leave without being asked

    def answered(agreed: bool | None) -> None:
        if agreed:
            leave()

    app.push_screen(ConfirmDialog(question, " ".join(told), yes, "stay"), answered)


def _what_is_left(app: NavigatingApp) -> list[str]:
    if app.visit is None:
        return []
    running = app.visit.feed.store.operations.running
    told = [
        what_is_unsaved(app.visit.workspace.drafts),
        what_goes_on(running) if running else "",
        _what_is_followed(app.visit),
    ]
    return [sentence for sentence in told if sentence]


def _what_is_followed(visit: Visit) -> str:
    """The runbooks that go on by themselves; empty when there are none."""
    if not (runs := visit.runs_under_way):
        return ""
    from simtui.views.runbook.news import goes_on_text  # most leave without being asked

    return goes_on_text(runs, outlive=visit.workspace.runs.outlive)


def what_is_unsaved(drafts: Drafts) -> str:
    """What this run has left unsaved, and what becomes of it; empty when that is nothing."""
    titles = ", ".join(draft.title for draft in drafts.of_this_run)
    if not titles:
        return ""
    then = "It is kept and offered again (U)." if drafts.outlive else "It is lost then."
    return f"Not saved: {titles}. {then}"


def what_goes_on(running: Sequence[Running]) -> str:
    """What is under way, and what becomes of it when nobody sends or follows any more."""
    what = ". ".join(one.assignment.summary for one in running)
    sent = "What was sent goes on, and the next visit looks what became of it."
    if any(one.progress.batch < one.progress.batches for one in running):
        return f"Still under way: {what}. {sent} Requests still to come are never sent."
    return f"Still under way: {what}. {sent}"
