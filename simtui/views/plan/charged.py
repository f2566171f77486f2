"""Which Things are charged for the running billing cycle as it is (contract §4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from simtui.models import BillingCycle, State, Thing


class Charged(NamedTuple):
    """How many Things are charged for certain, and how many more may be."""

    certain: int
    possible: int


def charged_so_far(things: Iterable[Thing], cycle: BillingCycle | None) -> Charged:
    """Count the Things that were ACTIVE at an instant of the cycle, as far as it is known."""
    verdicts = [was_active_in(thing, cycle) for thing in things]
    return Charged(verdicts.count(True), verdicts.count(None))


def was_active_in(thing: Thing, cycle: BillingCycle | None) -> bool | None:
    """Whether a Thing was ACTIVE in the running cycle; None when that cannot be known.

    What is SUSPENDED was ACTIVE until then; what is PROVISIONED never was.
    """
    if thing.state == State.ACTIVE:
        return True
    if thing.state == State.PROVISIONED:
        return False
    changed = thing.state_changed_at
    if thing.state != State.SUSPENDED or cycle is None or cycle.start is None or changed is None:
        return None
    return changed > cycle.start
