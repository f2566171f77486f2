"""What a chain decides about a packet (contract §3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simtui.models.settings import RuleSettings
from simtui.views.firewall.match import Packet, matches


class RuleAction:
    """What a rule does with what it matches."""

    ALLOW: Final = "ALLOW"
    DROP: Final = "DROP"
    REJECT: Final = "REJECT"
    ALL: Final = (ALLOW, DROP, REJECT)


@dataclass(frozen=True, slots=True)
class Decision:
    """The action, and the 0-based index of the rule that says so; None: no rule matched."""

    index: int | None
    action: str


def decide(chain: Sequence[RuleSettings], packet: Packet) -> Decision:
    """The first enabled rule that matches decides; what no rule matches is allowed."""
    for index, rule in enumerate(chain):
        if rule.enabled and matches(rule, packet):
            return Decision(index, rule.action)
    return Decision(None, RuleAction.ALLOW)
