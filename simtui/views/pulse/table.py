"""The Pulse as a table, its head line, and the words about a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from simtui.views.ages import age, duration
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.pulse.row import LEVELS, Level, PulseRow
from simtui.views.pulse.trend import BARS, bars, meaning_of
from simtui.views.text import cell_width, clean, fit

TREND_FROM: Final = 70
"""Cells from which there is room for trends and ages."""
WIDE_FROM: Final = 110
"""Cells from which there is room for what a row says, and for over which time its trend is."""


def pulse_columns(width: int) -> tuple[Column, ...]:
    """The columns for a terminal of ``width`` cells."""
    wide = width >= WIDE_FROM
    columns = (
        Column("level", "LEVEL", 9),
        Column("what", "WHAT", 30 if wide else 12, flex=not wide),
        Column("number", "NUMBER", 15 if width >= TREND_FROM else 10, align="right"),
    )
    if width < TREND_FROM:
        return columns
    over = (Column("over", "OVER", 4, align="right"),) if wide else ()
    age_column = Column("age", "AGE", 4, align="right")
    says = (Column("says", "SAYS", 20, flex=True),) if wide else ()
    return (*columns, Column("trend", "TREND", BARS), *over, age_column, *says)


def pulse_row(row: PulseRow, columns: Sequence[Column], now: datetime) -> Row:
    """One cell for each column."""
    trend = row.trend
    cells = {
        "level": LEVELS[row.level],
        "what": Cell(clean(row.what)),
        "number": Cell(row.number, LEVELS[row.level].tone if row.level < Level.UNKNOWN else ""),
        "trend": Cell(bars(trend) if trend else NOTHING, "" if trend else "dim"),
        "over": Cell(duration(trend.over.total_seconds()) if trend else "", "dim"),
        "age": Cell(age(row.as_of, now), "dim"),
        "says": Cell(clean(row.told), "dim"),
    }
    return tuple(cells[column.key] for column in columns)


def head_line(rows: Sequence[PulseRow], width: int) -> Row:
    """What is worst, as a sentence: ``✗ 41 Things of group depot-7 went silent within 12 …``."""
    if not rows:
        return (Cell(fit(" Nothing is known yet.", width), "dim"),)
    worst = rows[0]
    if worst.level >= Level.UNKNOWN:
        unknown = sum(row.level == Level.UNKNOWN for row in rows)
        text = "Nothing is red or yellow"
        text += f", but {count_text(unknown)} of it is not known." if unknown else "."
        return (Cell(fit(f" {text}", width), "dim" if unknown else "ok"),)
    glyph = LEVELS[worst.level].text.split(" ", 1)[0]
    text = _whole_sentences(f" {glyph} {clean(worst.told)}", width)
    return (Cell(fit(text, width), LEVELS[worst.level].tone),)


def _whole_sentences(text: str, width: int) -> str:
    """As many as fit; the first one always."""
    while cell_width(text) > width and ". " in text:
        text = text[: text.rindex(". ") + 1]
    return text


def counts_text(rows: Sequence[PulseRow]) -> str:
    """``3 red · 2 yellow``; what is not there is left out."""
    words = ((Level.RED, "red"), (Level.YELLOW, "yellow"), (Level.UNKNOWN, "unknown"))
    counts = ((sum(row.level == level for row in rows), word) for level, word in words)
    return " · ".join(f"{count} {word}" for count, word in counts if count) or "all ok"


def remark(row: PulseRow) -> Cell:
    """What a row says, how it is counted, from when on it is bad, and what its trend is of."""
    trend = row.trend
    meant = meaning_of(trend, duration(trend.over.total_seconds())) if trend else ""
    text = " ".join(part for part in (row.told, row.rule, meant) if part)
    return Cell(clean(text, 600), LEVELS[row.level].tone if row.level < Level.UNKNOWN else "")


def red_text(rows: Sequence[PulseRow]) -> str:
    """``✗ 3 red, see 1: …`` for who looks at something else; empty when nothing is."""
    count = sum(row.level == Level.RED for row in rows)
    return f"✗ {count_text(count)} red, see 1: {clean(rows[0].told)}" if count else ""
