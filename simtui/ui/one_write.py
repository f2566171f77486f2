"""Sending one write that was confirmed, and saying on the page what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from simtui.errors import OutcomeUnknown, SimtuiError
from simtui.models.journal import Outcome
from simtui.store.command import Command
from simtui.store.outbox import Part
from simtui.store.store import Store

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp

R = TypeVar("R")


async def carry_out(
    app: SimtuiApp, store: Store, command: Command[R], done: Callable[[R], str]
) -> None:
    """Send it as a worker of the app: the page may be left before the answer comes. ``done``
    says what was done."""
    part = Part()
    try:
        answer = await store.outbox.run(command, part)
    except OutcomeUnknown as lost:
        app.notice(f"{command.summary}: the answer was lost; looking how it is now …")
        found = await store.outbox.verdict(part.entry_id)
        if found.outcome == Outcome.UNKNOWN:
            app.report(lost)
        else:
            app.notice(f"The answer was lost; looked up: {found.detail}")
    except SimtuiError as error:
        app.report(error)
    else:
        app.notice(done(answer))
