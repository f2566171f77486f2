"""The table of bulk actions: the permission and the parameters of each (contract §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simtui.sandbox.bulk import actions
from simtui.sandbox.call import Refused
from simtui.sandbox.problems import Problem
from simtui.sandbox.registry import Area


@dataclass(frozen=True, slots=True)
class ActionKind:
    """How an action is asked for. What its parameters look like stands in the schema."""

    area: Area
    make: actions.Maker
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()

    def check(self, parameters: Mapping[str, Any]) -> None:
        """Refuse parameters that the action lacks or does not know.

        Raises:
            Refused: 400 ``VALIDATION_FAILED`` naming each of them.
        """
        missing = sorted(self.required - parameters.keys())
        foreign = sorted(parameters.keys() - self.required - self.optional)
        found: list[Problem] = [
            *((f"parameters.{name}", "REQUIRED", f"{name} is missing") for name in missing),
            *((f"parameters.{name}", "FOREIGN", f"{name} is of no use here") for name in foreign),
        ]
        if found:
            raise Refused(400, "VALIDATION_FAILED", found[0][2], problems=tuple(found))


KINDS: Mapping[str, ActionKind] = {
    "SET_STATE": ActionKind(
        "actions", actions.set_state, frozenset({"state"}), frozenset({"reason"})
    ),
    "MOVE_TO_GROUP": ActionKind("things", actions.move_to_group, frozenset({"thingsGroupId"})),
    "ADD_TAGS": ActionKind("tags", actions.add_tags, frozenset({"tags"})),
    "REMOVE_TAGS": ActionKind("tags", actions.remove_tags, frozenset({"tags"})),
    "SET_ALLOWED_SERVICES": ActionKind(
        "things", actions.set_allowed_services, frozenset({"allowedServices"})
    ),
    "LOCK_IP": ActionKind("things", actions.lock_ip),
    "UNLOCK_IP": ActionKind("things", actions.unlock_ip),
    "SEND_SMS": ActionKind(
        "actions",
        actions.send_sms,
        frozenset({"text"}),
        frozenset({"validityMinutes", "sender", "clientReference"}),
    ),
    "SET_IMEI_LOCK": ActionKind(
        "things", actions.set_imei_lock, frozenset({"enabled"}), frozenset({"imei", "tac"})
    ),
    "CONNECTION_RESET": ActionKind("actions", actions.connection_reset),
}
"""The actions of contract §6 by name."""
