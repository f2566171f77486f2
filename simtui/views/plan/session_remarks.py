"""What becomes of the running sessions: a change of state cuts none (contract §4)."""

from __future__ import annotations

from typing import Final

from simtui.models import State, Thing
from simtui.models.action import SetState
from simtui.models.effect import has_session
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.plan.wording import plural

_DOING: Final = {State.SUSPENDED: "suspending", State.RETIRED: "retiring"}


def left_running_remarks(action: SetState, things: tuple[Thing, ...]) -> tuple[Cell, ...]:
    """How many sessions suspending or retiring leaves running, or cuts as well."""
    running = sum(map(has_session, things))
    if action.state not in _DOING or not running:
        return ()
    has = _having(running, len(things))
    if action.end_session:
        cut = plural(running, "it is", "they are")
        return (Cell(f"{has}; {cut} cut as well.", "accent"),)
    return (Cell(f"{has}, which {_DOING[action.state]} does not cut.", "warn"),)


def cut_remarks(things: tuple[Thing, ...]) -> tuple[Cell, ...]:
    """How many sessions a reset of the connection cuts."""
    running = sum(map(has_session, things))
    if not running:
        return (Cell("No running data session is known; a reset changes nothing then.", "dim"),)
    return (Cell(f"{_having(running, len(things))}, which is cut for a moment.", "warn"),)


def running_until_then(things: tuple[Thing, ...]) -> str:
    """``3 have a running data session until then.``; empty when none has."""
    running = sum(map(has_session, things))
    return f"{_having(running, len(things))} until then." if running else ""


def _having(running: int, total: int) -> str:
    """``It has a running data session``, ``3 have a running data session``."""
    who = "It" if total == 1 else count_text(running)
    return f"{who} {plural(running, 'has', 'have')} a running data session"
