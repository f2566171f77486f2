"""The journal as a table, and one write as a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from simtui.models.journal import Intent, JournalEntry
from simtui.models.recorded import recorded_action, recorded_change
from simtui.views.ages import age_ago, moment_text
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.detail.section import Rows, Section, text_cell
from simtui.views.fleet_context import FleetContext
from simtui.views.journal.change import change_text
from simtui.views.journal.config_section import change_section
from simtui.views.journal.words import outcome_cell, result_text, title_text
from simtui.views.text import clean, fit

JOURNAL_COLUMNS: Final = (
    Column("when", "WHEN", 8),
    Column("outcome", "OUTCOME", 11),
    Column("what", "WHAT", 20, flex=True),
    Column("things", "THINGS", 6, align="right"),
)
"""What fits into 80 cells."""

THINGS_SHOWN: Final = 20
"""Things of a write that its page lists."""

_ICCID_WIDTH: Final = 20
"""An ICCID has 19 or 20 digits; what stands beside them begins in one column."""
_WHO: Final = Column("who", "WHO", 20)
_ROOM_FOR_WHO: Final = 100


def journal_columns(width: int) -> tuple[Column, ...]:
    """The columns for a terminal of ``width`` cells; who it was where there is room."""
    return (*JOURNAL_COLUMNS, _WHO) if width >= _ROOM_FOR_WHO else JOURNAL_COLUMNS


def journal_row(
    entry: JournalEntry, now: datetime, columns: Sequence[Column] = JOURNAL_COLUMNS
) -> Row:
    """One cell for each column, safe to print; the row's key is the entry's id."""
    intent = entry.intent
    cells = {
        "when": Cell(age_ago(intent.at, now)),
        "outcome": outcome_cell(entry.outcome),
        "what": Cell(what_text(intent)),
        "things": Cell(count_text(len(intent.things) or None)),
        "who": Cell(clean(intent.who), "dim"),
    }
    return tuple(cells[column.key] for column in columns)


def what_text(intent: Intent) -> str:
    """The summary, and which request of how many it is."""
    part = f" ({intent.batch} of {intent.batches})" if intent.batches > 1 else ""
    return f"{title_text(intent)}{part}"


def journal_sections(
    entry: JournalEntry, now: datetime, context: FleetContext | None = None
) -> tuple[Section, ...]:
    """The whole story of a write; ``context`` turns the ids of groups into names."""
    return (
        _write_section(entry, now),
        _outcome_section(entry, now),
        _about_section(entry.intent, context or FleetContext(now)),
        _trace_section(entry),
    )


def _write_section(entry: JournalEntry, now: datetime) -> Section:
    intent = entry.intent
    rows: Rows = (
        ("What", Cell(title_text(intent), "strong")),
        ("Target", text_cell(intent.target)),
        ("Things", Cell(count_text(len(intent.things) or None))),
        ("When", Cell(moment_text(intent.at, now))),
        ("Who", Cell(f"{clean(intent.who) or NOTHING} (process {intent.process})")),
        ("Profile", text_cell(intent.profile)),
        ("Account", text_cell(intent.endpoint)),
    )
    return Section("Write", rows)


def _outcome_section(entry: JournalEntry, now: datetime) -> Section:
    """Everything that was learnt, oldest first."""
    rows: list[tuple[str, Cell]] = []
    for result in entry.results:
        cell = outcome_cell(result.outcome)
        said = result_text(result)
        heard = moment_text(result.at, now)
        rows.append((cell.text, Cell(f"{heard} · {said}" if said else heard, cell.tone)))
    if rows:
        return Section("Outcome", tuple(rows))
    unheard = (
        "the answer was lost, or the program ended before it came; only reading tells"
        " whether it happened"
    )
    unknown = outcome_cell(entry.outcome)
    return Section("Outcome", (("", unknown),), unheard)


def _about_section(intent: Intent, context: FleetContext) -> Section:
    """What it is about: Things, or something of the configuration."""
    recorded = recorded_change(intent)
    if recorded is None:
        return _things_section(intent, context)
    return change_section(recorded, context)


def _things_section(intent: Intent, context: FleetContext) -> Section:
    """Each Thing as it was and as it was to be; a long list ends in how many more."""
    action = recorded_action(intent)
    rows: list[tuple[str, Cell]] = []
    for before in intent.things[:THINGS_SHOWN]:
        change = change_text(action, before, context)
        text = ": ".join(part for part in (clean(before.name), change) if part)
        rows.append((fit(clean(before.iccid, 40), _ICCID_WIDTH), Cell(text)))
    more = len(intent.things) - len(rows)
    if not rows:
        return Section("Things", note="it is about no Thing")
    return Section("Things", tuple(rows), f"and {count_text(more)} more" if more else "")


def _trace_section(entry: JournalEntry) -> Section:
    """By what it is found again, here, at the server and in the vendor's logs."""
    intent = entry.intent
    part = Cell(f"{intent.batch} of {intent.batches}")
    rows: Rows = (
        ("Request id", text_cell(intent.request_id)),
        ("Reference", text_cell(intent.reference)),
        ("Job", text_cell(entry.job_id)),
        ("Entry", text_cell(entry.entry_id)),
        ("Operation", text_cell(intent.operation)),
        *((("Request", part),) if intent.batches > 1 else ()),
        *((("Undoes", text_cell(intent.undoes)),) if intent.undoes else ()),
    )
    return Section("Traces", rows)
