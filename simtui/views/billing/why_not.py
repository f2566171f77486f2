"""Why there is no bill, in a sentence and not as an error, where that is how things are."""

from __future__ import annotations

from typing import Final

from simtui.errors import CapabilityAbsent, Forbidden, NotFound, SimtuiError
from simtui.models.permission import BILL_READERS, LEVELS, may_read_bill
from simtui.views.plan.wording import named

_READERS: Final = [level for level in reversed(tuple(LEVELS)) if level in BILL_READERS]
_NEEDS: Final = f"To see what things cost needs {' or '.join(_READERS)}"


def not_allowed(level: str | None) -> str:
    """What the level lacks to read the bill; empty when it may, or is not known."""
    if may_read_bill(level):
        return ""
    return f"{_NEEDS}; your level is {named(level or '')}."


def no_bill(error: SimtuiError, of: str) -> str:
    """Why ``of`` (``a group``) has none, when that is no fault; else empty."""
    if isinstance(error, Forbidden):
        return f"{_NEEDS}."
    if isinstance(error, (NotFound, CapabilityAbsent)):
        return f"This API does not tell what {of} costs in this cycle."
    return ""
