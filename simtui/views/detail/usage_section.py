"""What the Thing used: the open billing cycle, and the course of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from simtui.models import Thing, UsagePoint
from simtui.views.ages import moment_text, utc_text
from simtui.views.amounts import bytes_text, count_text
from simtui.views.cell import Cell
from simtui.views.detail.section import (
    NOT_OFFERED,
    Known,
    Rows,
    Section,
    loaded_section,
    text_cell,
)
from simtui.views.sparkline import sparkline
from simtui.views.text import clean


def usage_section(
    thing: Thing, known: Known[Sequence[UsagePoint]] | None, now: datetime
) -> Section:
    """The cycle so far from the Thing itself, and the recent use if the API tells it (EXT)."""
    recent = loaded_section("Usage", known, _recent_rows, "no use in this time")
    cycle = _cycle_rows(thing, now)
    note = recent.note
    if note and note != NOT_OFFERED:
        note = f"course of use: {note}"
    if not cycle:
        note = "; ".join(part for part in ("no use of this cycle known", note) if part)
    return Section("Usage", (*cycle, *recent.rows), note)


def usage_values(points: Sequence[UsagePoint]) -> tuple[float, ...]:
    """Bytes of both directions in each hour or day, oldest first, for a sparkline.

    An hour of which nothing is known counts as 0 there, because a line needs a value.
    """
    ordered = sorted(points, key=lambda point: point.at)
    return tuple(float((one.bytes_up or 0) + (one.bytes_down or 0)) for one in ordered)


def _cycle_rows(thing: Thing, now: datetime) -> Rows:
    usage = thing.usage_cycle
    if usage is None:
        return ()
    sms = f"{count_text(usage.sms_mt)} to it, {count_text(usage.sms_mo)} from it"
    return (
        ("Cycle", text_cell(usage.cycle_id and f"{clean(usage.cycle_id, 20)}, so far")),
        ("Data", Cell(bytes_text(usage.data_bytes))),
        ("SMS", Cell(sms)),
        ("As of", Cell(moment_text(usage.as_of, now))),
    )


def _recent_rows(points: Sequence[UsagePoint]) -> Rows:
    values = usage_values(points)
    busiest = max(points, key=lambda one: (one.bytes_up or 0) + (one.bytes_down or 0))
    peak = f"{bytes_text(int(max(values)))} from {utc_text(busiest.at)}"
    return (
        ("Course", Cell(sparkline(values), "accent")),
        ("Recent", Cell(f"{bytes_text(int(sum(values)))} in {len(values)} points")),
        ("Busiest", Cell(peak)),
    )
