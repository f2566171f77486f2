"""The tables of a look: what stands out, every value of every pivot, and the changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simtui.views.amounts import count_text
from simtui.views.blast.changes import Suspect
from simtui.views.blast.dimensions import PIVOTS, Value, label_of
from simtui.views.blast.findings import Finding
from simtui.views.blast.look import Blast
from simtui.views.blast.tally import Counts
from simtui.views.blast.wave import Wave
from simtui.views.blast.words import before_text, difference_text, names_text, of_text, share_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named

_WIDE: Final = 118
"""Cells from which the difference is told in words in the table."""

_NUMBERS: Final = (
    Column("silent", "SILENT", 14, "right"),
    Column("healthy", "HEALTHY", 16, "right"),
)
_SHARES: Final = (
    Column("of_them", "OF THEM", 9, "right"),
    Column("of_others", "OF OTHERS", 9, "right"),
)
_WORDS: Final = Column("words", "THAT IS", 50)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A row of the pivots: a value, or, when it is None, the heading of a pivot."""

    pivot: str
    value: Value | None = None

    @property
    def key(self) -> str:
        """What names the row."""
        return f"{self.pivot}:{self.value.key if self.value is not None else ''}"


def finding_columns(width: int) -> tuple[Column, ...]:
    """The columns for a terminal of ``width`` cells."""
    factor = Column("factor", "SHARED BY THE SILENT", 20, flex=True)
    return (factor, *_NUMBERS, _WORDS) if width >= _WIDE else (factor, *_NUMBERS, *_SHARES)


def value_columns(width: int) -> tuple[Column, ...]:
    """The columns of the pivots."""
    return (Column("factor", "VALUE", 20, flex=True), *_NUMBERS, *_SHARES)


CHANGE_COLUMNS: Final = (
    Column("when", "WHEN", 10),
    Column("reaches", "REACHES", 8, "right"),
    Column("what", "WHAT", 20, flex=True),
    Column("source", "FROM", 8),
)
"""The changes; ``REACHES`` are silent Things."""


def finding_row(
    finding: Finding, columns: Sequence[Column], total: Counts, context: FleetContext
) -> Row:
    """What stands out, with its counts."""
    cells = {
        "factor": Cell(names_text(finding, context), "strong"),
        "words": Cell(difference_text(finding)),
        **_counts(finding.counts, finding.others, total),
    }
    return tuple(cells[column.key] for column in columns)


def value_rows(blast: Blast) -> tuple[ValueRow, ...]:
    """Every pivot with its values, those with the most silent ones first."""
    values: dict[str, list[Value]] = defaultdict(list)
    for value in blast.tally.sizes:
        values[value.pivot].append(value)

    def rank(value: Value) -> tuple[int, int, str]:
        counts = blast.tally.sizes[value]
        return -counts.silent, counts.healthy, value.key

    return tuple(
        row
        for name in PIVOTS
        for row in (
            ValueRow(name),
            *(ValueRow(name, value) for value in sorted(values[name], key=rank)),
        )
    )


def value_row(row: ValueRow, columns: Sequence[Column], blast: Blast, context: FleetContext) -> Row:
    """A value with its counts, or the heading of a pivot with for how many it is known."""
    if row.value is None:
        return _heading(row.pivot, columns, blast)
    counts, total = blast.tally.sizes[row.value], blast.tally.total
    others = Counts(total.silent - counts.silent, total.healthy - counts.healthy)
    is_found = any(row.value in finding.same for finding in blast.findings)
    label = label_of(row.value, context).removeprefix(f"{PIVOTS[row.pivot].title} ")
    cells = {
        "factor": Cell(f"  ✗ {label}" if is_found else f"    {label}", "bad" if is_found else ""),
        **_counts(counts, others, total),
    }
    return tuple(cells[column.key] for column in columns)


def change_row(suspect: Suspect, wave: Wave) -> Row:
    """A change before they went silent, one cell for each of `CHANGE_COLUMNS`."""
    return (
        Cell(before_text(suspect, wave)),
        Cell(count_text(suspect.reached)),
        Cell(suspect.change.words),
        Cell(named(suspect.change.source), "dim"),
    )


def _counts(counts: Counts, others: Counts, total: Counts) -> Mapping[str, Cell]:
    return {
        "silent": Cell(of_text(counts.silent, total.silent), "" if counts.silent else "dim"),
        "healthy": Cell(of_text(counts.healthy, total.healthy), "" if counts.healthy else "dim"),
        "of_them": Cell(share_text(counts)),
        "of_others": Cell(share_text(others), "dim"),
    }


def _heading(pivot: str, columns: Sequence[Column], blast: Blast) -> Row:
    known, total = blast.tally.known[pivot], blast.tally.total
    is_whole = known == total
    told = (
        ("dim", "all known", "all known")
        if is_whole
        else ("warn", f"known {count_text(known.silent)}", f"known {count_text(known.healthy)}")
    )
    cells = {
        "factor": Cell(PIVOTS[pivot].title.upper(), "strong"),
        "silent": Cell(told[1], "dim" if is_whole else "warn"),
        "healthy": Cell(told[2], "dim" if is_whole else "warn"),
    }
    return tuple(cells.get(column.key, Cell("")) for column in columns)
