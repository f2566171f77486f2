"""What the permission level allows (contract §3.10)."""

from __future__ import annotations

from simtui.models import State
from simtui.models.action import Action, AddTags, RemoveTags, RenameTag, SetState, SetTags
from simtui.models.permission import Area, levels_that_may, may_change
from simtui.views.plan.wording import named


def area_of(action: Action) -> str:
    """The area of ``models.permission.Area`` that an action belongs to."""
    if isinstance(action, SetState) and action.state == State.RETIRED:
        return Area.RETIRE
    if isinstance(action, SetTags | AddTags | RemoveTags | RenameTag):
        return Area.TAGS
    return Area.ACTIONS


def permission_problem(level: str | None, area: str, doing: str) -> str:
    """Why ``doing`` (``Retiring``) is not allowed to ``level``; empty when it is.

    ``Retiring needs NETWORK_MANAGER or ADMINISTRATOR; your level is OPERATOR``.
    """
    if level is None or may_change(level, area):
        return ""
    needed = " or ".join(levels_that_may(area))
    return f"{doing} needs {needed}; your level is {named(level)}"
