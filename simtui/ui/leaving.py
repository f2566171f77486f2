"""Leaving an account while something that was confirmed is still on its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simtui.store.running import Running
    from simtui.ui.navigation import NavigatingApp


def leave_account(app: NavigatingApp, question: str, yes: str, leave: Callable[[], None]) -> None:
    """Call ``leave``; while something is under way when a person says so, knowing what goes
    on without simtui and what does not."""
    running = app.visit.feed.store.operations.running if app.visit is not None else ()
    if not running:
        leave()
        return
    from simtui.ui.screens.confirm_dialog import ConfirmDialog  # most leave without being asked

    def answered(agreed: bool | None) -> None:
        if agreed:
            leave()

    app.push_screen(ConfirmDialog(question, what_goes_on(running), yes, "stay"), answered)


def what_goes_on(running: Sequence[Running]) -> str:
    """What is under way, and what becomes of it when nobody sends or follows any more."""
    what = ". ".join(one.assignment.summary for one in running)
    sent = "What was sent goes on, and the next visit looks what became of it."
    if any(one.progress.batch < one.progress.batches for one in running):
        return f"Still under way: {what}. {sent} Requests still to come are never sent."
    return f"Still under way: {what}. {sent}"
