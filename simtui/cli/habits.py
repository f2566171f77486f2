"""What is usual for Things, for a filter of the shell that asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from simtui.cli.filter_option import parsed_filter

if TYPE_CHECKING:
    from simtui.models import Thing
    from simtui.views.fleet_context import FleetContext


def with_habits(context: FleetContext, things: Iterable[Thing], text: str | None) -> FleetContext:
    """The context with the habits that ``silent:`` needs, of Things that were just read.

    A command knows no history, so that the device type and the group decide.
    """
    if not parsed_filter(text).asks_for("silent"):
        return context
    from simtui.views.pulse.habits import habits_of

    return replace(context, habits=habits_of(tuple(things), context.now))
