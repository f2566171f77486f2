"""Quitting while something that was confirmed is still on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from simtui.store.running import Running


def ask_to_quit(app: App[Any], running: Sequence[Running]) -> None:
    """Quit when a person says so, knowing what goes on without simtui and what does not."""
    from simtui.ui.screens.confirm_dialog import ConfirmDialog  # most quit without being asked

    def answered(yes: bool | None) -> None:
        if yes:
            app.exit()

    app.push_screen(ConfirmDialog("Quit now?", what_goes_on(running), "quit", "stay"), answered)


def what_goes_on(running: Sequence[Running]) -> str:
    """What is under way, and what becomes of it when nobody sends or follows any more."""
    what = ". ".join(one.assignment.summary for one in running)
    sent = "What was sent goes on, and the next start looks what became of it."
    if any(one.progress.batch < one.progress.batches for one in running):
        return f"Still under way: {what}. {sent} Requests still to come are never sent."
    return f"Still under way: {what}. {sent}"
