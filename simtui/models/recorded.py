"""An action as the journal wrote it down, made again."""

from __future__ import annotations

import msgspec

from simtui.models.action import ACTIONS, Action
from simtui.models.journal import Intent


def recorded_action(intent: Intent) -> Action | None:
    """The action of a write; None for ``cancel-job`` and for what is not of this version."""
    if intent.kind not in ACTIONS:
        return None
    try:
        action: Action = msgspec.convert(
            msgspec.to_builtins(dict(intent.parameters)), ACTIONS[intent.kind]
        )
    except msgspec.MsgspecError:
        return None
    return action
