"""Changes that are made with one key: they are shown and confirmed like those of a form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from simtui.errors import SimtuiError
from simtui.models.config_change import Kind, Ref
from simtui.ui.acting.showing import is_busy
from simtui.ui.configuring.edits import edit_of
from simtui.ui.configuring.form_edit import SavePlan
from simtui.ui.fleet_feed import FleetFeed

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp

OPENING = "opening"
"""The group of workers that get what a question has to know."""


async def switched(feed: FleetFeed, ref: Ref) -> SavePlan:
    """An object that is on switched off, or on again, judged as if its form had said so.

    Raises:
        NotFound: when it is not there any more.
        SimtuiError: when it cannot be read.
        UsageError: when it cannot be switched.
    """
    edit = await edit_of(feed, ref)
    answers = {field.name: field.value for field in edit.form.fields}
    answers["enabled"] = "off" if answers["enabled"] == "on" else "on"
    return edit.read(answers)


def propose(
    app: SimtuiApp, make: Callable[[], Awaitable[SavePlan]], kind: str = Kind.NETWORK
) -> None:
    """Show what a plan for an object of ``kind`` would do as soon as ``make`` has made it.

    Somebody who may not do it hears that before anything is asked for.
    """
    visit = app.visit
    if visit is None or not visit.configuring.may_write(kind):
        return
    configuring = visit.configuring

    async def ask() -> None:
        try:
            plan = await make()
        except SimtuiError as error:
            app.report(error)
            return
        if not is_busy(app):
            configuring.save(plan)

    app.run_worker(ask(), group=OPENING, exclusive=True)
