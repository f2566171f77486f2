"""The story of a write as text for a ticket."""

from __future__ import annotations

from datetime import datetime

from simtui.models.journal import JournalEntry
from simtui.views.ages import utc_text
from simtui.views.fleet_context import FleetContext
from simtui.views.journal.rows import journal_sections
from simtui.views.output.sections_text import section_lines


def ticket_text(entry: JournalEntry, now: datetime, context: FleetContext | None = None) -> str:
    """What a colleague needs to go on: who did what to which Things, and what became of it."""
    lines = section_lines(journal_sections(entry, now, context))
    return "\n".join((*lines, "", f"From the journal of simtui, {utc_text(now)}"))
