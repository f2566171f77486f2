"""What there is to say of a rule, and how bad it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Severity: TypeAlias = Literal["bad", "warn", "note"]
"""``bad``: it does not do what it says; ``warn``: likely a mistake; ``note``: good to know."""

_LISTED: Final = 5


class Code:
    """The kinds of findings."""

    UNREADABLE: Final = "UNREADABLE"
    PORTS_WITHOUT_PORTS: Final = "PORTS_WITHOUT_PORTS"
    OVERLAPPING_RANGES: Final = "OVERLAPPING_RANGES"
    NEVER_MATCHES_POOLS: Final = "NEVER_MATCHES_POOLS"
    DUPLICATE: Final = "DUPLICATE"
    CONTRADICTION: Final = "CONTRADICTION"
    SHADOWED: Final = "SHADOWED"
    UNDECIDED: Final = "UNDECIDED"
    ANY_TO_ANY: Final = "ANY_TO_ANY"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about the rule at ``index``, safe to print; ``others`` are in it as well.

    Indexes count from 0, the numbers in the text from 1.
    """

    index: int
    code: str
    severity: Severity
    text: str
    others: tuple[int, ...] = ()


def rules_text(indexes: Sequence[int]) -> str:
    """``rule 3``, ``rules 2, 3 and 5``, ``rules 1, 2, 3, 4, 5 and 7 more``."""
    numbers = [str(index + 1) for index in indexes]
    if len(numbers) == 1:
        return f"rule {numbers[0]}"
    more = len(numbers) - _LISTED
    if more > 1:
        return f"rules {', '.join(numbers[:_LISTED])} and {more} more"
    return f"rules {', '.join(numbers[:-1])} and {numbers[-1]}"
