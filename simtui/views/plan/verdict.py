"""What a rule says of one Thing, and what it may look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from simtui.models import NatRule, Thing
from simtui.views.fleet_context import FleetContext


@dataclass(frozen=True, slots=True)
class Changes:
    """The action changes the Thing: from what to what, and what to know about it."""

    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Already:
    """There is nothing to do: it is so, or on its way."""

    reason: str


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A rule of the contract forbids it; the reason names the way out where there is one."""

    reason: str


Verdict: TypeAlias = Changes | Already | Forbidden
Judge: TypeAlias = Callable[[Thing], Verdict]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at besides the Thing.

    NAT rules are by Thing id, where known. ``several``: it is not the only Thing, so that
    the API's bulk actions are what there is to do it with (contract §6).
    """

    context: FleetContext
    nat_rules: Mapping[str, Sequence[NatRule]] = field(default_factory=dict)
    several: bool = False
