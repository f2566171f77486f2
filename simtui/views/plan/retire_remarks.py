"""What retiring takes away for good (contract §4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simtui.models import NatRule, Thing
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.plan.wording import plural, things_text


def retire_remarks(
    things: tuple[Thing, ...], nat_rules: Mapping[str, Sequence[NatRule]]
) -> tuple[Cell, ...]:
    """That it cannot be undone, and which locks and NAT rules go with it."""
    gone = plural(len(things), "It goes", "They go")
    remarks = [Cell(f"Retiring is for good. {gone} out of service and cannot come back.", "bad")]
    locked = sum(thing.ip is not None and thing.ip.locked for thing in things)
    if locked:
        rules = sum(len(nat_rules.get(thing.thing_id, ())) for thing in things)
        remarks.append(Cell(_released(locked, rules), "warn"))
    return tuple(remarks)


def _released(locked: int, rules: int) -> str:
    locks = f"Releases the locked IP of {things_text(locked)}"
    if not rules:
        return f"{locks} and disables any NAT rule that points there."
    disabled = f"{count_text(rules)} NAT {plural(rules, 'rule', 'rules')}"
    return f"{locks} and disables {disabled}."
