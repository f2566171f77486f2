"""A row of the Pulse: a number, how bad it is, how old that knowledge is, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final, Literal, TypeAlias

from simtui.views.cell import Cell

Source: TypeAlias = Literal[
    "fleet", "sms", "tunnels", "networks", "jobs", "quota", "bill", "journal", "history"
]
"""What a row is judged from."""
LeadKind: TypeAlias = Literal[
    "things", "sms", "networks", "tunnels", "leases", "jobs", "account", "billing", "journal",
    "changes", "none",
]  # fmt: skip


class Level(IntEnum):
    """How bad it is, the worst first."""

    RED = 0
    YELLOW = 1
    UNKNOWN = 2
    OK = 3


LEVELS: Final[dict[Level, Cell]] = {
    Level.RED: Cell("✗ red", "bad"),
    Level.YELLOW: Cell("! yellow", "warn"),
    Level.UNKNOWN: Cell("· unknown", "dim"),
    Level.OK: Cell("✓ ok", "ok"),
}
"""A glyph and a word each: colour is never the only signal."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Which list is behind a number; ``text`` is its filter or the id of what it is of."""

    kind: LeadKind = "none"
    text: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """Values of equal spans of time, the latest last. ``counted`` are events, whose height
    counts from nothing; else it is a level, of which only what moves is to be seen."""

    values: tuple[float, ...]
    over: timedelta
    counted: bool = True
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class PulseRow:
    """One row; all texts are safe to print. ``told`` is what it says as a sentence, ``rule``
    how it is counted and from when on it is yellow or red. ``as_of`` is the age of the
    knowledge, not of the event."""

    key: str
    source: Source
    what: str
    number: str
    level: Level
    told: str
    rule: str = ""
    lead: Lead = Lead()
    as_of: datetime | None = None
    trend: Trend | None = field(default=None)


def by_level(rows: list[PulseRow]) -> tuple[PulseRow, ...]:
    """The worst first; what is equally bad stays in the order of the Pulse."""
    return tuple(sorted(rows, key=lambda row: row.level))


def reds(rows: tuple[PulseRow, ...]) -> tuple[PulseRow, ...]:
    """Those that are red."""
    return tuple(row for row in rows if row.level == Level.RED)
