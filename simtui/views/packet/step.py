"""What a walk is made of: stages, what became of the packet at each, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Outcome: TypeAlias = Literal["PASS", "DROP", "REJECT", "UNKNOWN", "SKIP", "CHANGE"]
"""``CHANGE`` passes as well, with another address or port; ``SKIP`` was not looked at."""

Verdict: TypeAlias = Literal["ARRIVES", "LEAVES", "DROPPED", "REJECTED", "NOT_KNOWN"]


class Stage:
    """What a packet passes, in the words of contract §5."""

    ARRIVAL: Final = "arrival"
    NAT: Final = "NAT"
    ISOLATION: Final = "isolation"
    INBOUND: Final = "INBOUND chain"
    OUTBOUND: Final = "OUTBOUND chain"
    SERVICES: Final = "services"
    STATE: Final = "state"
    SESSION: Final = "session"
    DELIVERY: Final = "delivery"
    ROUTE: Final = "route"
    TUNNEL: Final = "tunnel"
    INTERNET: Final = "Internet"


@dataclass(frozen=True, slots=True)
class Step:
    """What became of the packet at one stage, and why; the text is safe to print.

    ``rule_index`` is the 0-based index of the rule that decided: of the chain, or of the
    scene's NAT rules or routes.
    """

    stage: str
    outcome: Outcome
    text: str
    rule_index: int | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps up to the one that ended it, and what became of the packet in a sentence."""

    steps: tuple[Step, ...]
    verdict: Verdict
    sentence: str
