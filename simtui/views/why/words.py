"""A ladder in words: its rows, the lines of a check, and text for a ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from simtui.models import Thing
from simtui.views.ages import age, age_ago, moment_text, utc_text
from simtui.views.amounts import NOTHING
from simtui.views.cell import Cell, Column, Row, Tone
from simtui.views.plan.wording import thing_name
from simtui.views.text import clean
from simtui.views.why.diagnose import Conclusion, Diagnosis
from simtui.views.why.rung import Remedy, Rung, Verdict

WIDE_FROM: Final = 110
NARROW_BELOW: Final = 60
"""Cells below which a glyph stands for the verdict, and the age is left to the evidence."""
_VERDICTS: Final[Mapping[Verdict, tuple[str, Tone]]] = {
    "PASS": ("✓ pass", "ok"),
    "FAIL": ("✗ fail", "bad"),
    "UNKNOWN": ("? don't know", "warn"),
}
_ASKING: Final = Cell("· asking …", "accent")
_TONES: Final[Mapping[Conclusion, Tone]] = {
    "CAUSE": "bad",
    "DEVICE": "warn",
    "WELL": "ok",
    "UNKNOWN": "warn",
}


def verdict_cell(rung: Rung) -> Cell:
    """``✓ pass``, ``✗ fail``, ``? don't know``, and ``asking …`` while that may change."""
    if rung.verdict == "UNKNOWN" and rung.waiting:
        return _ASKING
    return Cell(*_VERDICTS[rung.verdict])


def head_cell(diagnosis: Diagnosis) -> Cell:
    """The one sentence; what may still change says so."""
    if not diagnosis.waiting:
        return Cell(diagnosis.sentence, _TONES[diagnosis.conclusion])
    if diagnosis.conclusion == "CAUSE":
        return Cell(f"Asking … so far: {diagnosis.sentence}", _TONES["CAUSE"])
    return Cell("Asking …", "accent")


def remedy_cell(diagnosis: Diagnosis, key: str) -> Cell:
    """What would help, with the ``key`` that does it or leads there; empty without one."""
    remedy = diagnosis.remedy
    if remedy is None or (diagnosis.waiting and diagnosis.conclusion != "CAUSE"):
        return Cell("")
    return _remedy_cell(remedy, key)


def _remedy_cell(remedy: Remedy, key: str) -> Cell:
    lead = f" ({key})" if key and remedy.leads_somewhere else ""
    return Cell(f"→ {remedy.words}{lead}", "accent")


def rung_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    if width < NARROW_BELOW:
        return (
            Column("glyph", "", 1),
            Column("check", "CHECK", 16),
            Column("found", "FOUND", 10, flex=True),
        )
    return (
        Column("verdict", "VERDICT", 12),
        Column("check", "CHECK", 16),
        Column("found", "FOUND", 10, flex=True),
        Column("age", "AS OF", 8 if width >= WIDE_FROM else 5, align="right"),
    )


def rung_row(rung: Rung, named: bool, now: datetime, columns: Sequence[Column]) -> Row:
    """One check; the one that the cause is taken from is marked."""
    verdict = verdict_cell(rung)
    asked_for = rung.waiting and rung.verdict == "UNKNOWN"
    cells = {
        "verdict": verdict,
        "glyph": Cell(verdict.text[:1], verdict.tone),
        "check": Cell(f"{'▸ ' if named else ''}{rung.name}", "strong" if named else ""),
        "found": Cell("being asked for" if asked_for else _found(rung), "bad" if named else ""),
        "age": Cell(age(rung.as_of, now), "" if rung.as_of else "dim"),
    }
    return tuple(cells[column.key] for column in columns)


def rung_lines(rung: Rung, now: datetime, key: str = "") -> tuple[Cell, ...]:
    """What was found, by what, and what would help; one piece of text a line. ``key`` is the
    one that does it or leads there."""
    lines = [Cell(_found(rung), _VERDICTS[rung.verdict][1])]
    lines += [Cell(f"· {text}") for text in rung.evidence]
    if rung.as_of is not None:
        lines.append(Cell(f"As of {moment_text(rung.as_of, now)}", "dim"))
    if rung.remedy is not None:
        lines.append(_remedy_cell(rung.remedy, key))
    return tuple(lines)


def why_text(thing: Thing, diagnosis: Diagnosis, now: datetime) -> list[str]:
    """The ladder as plain lines, for a ticket and for a shell."""
    lines = [
        f"Why offline: {thing_name(thing)}, ICCID {clean(thing.iccid, 40)}",
        diagnosis.sentence,
    ]
    if diagnosis.remedy is not None:
        lines.append(f"What would help: {diagnosis.remedy.words}")
    for rung in diagnosis.rungs:
        aged = f" (as of {utc_text(rung.as_of)}, {age_ago(rung.as_of, now)})" if rung.as_of else ""
        lines += ["", f"[{verdict_cell(rung).text}] {rung.name}: {_found(rung)}{aged}"]
        lines += [f"  {text}" for text in rung.evidence]
    return [*lines, "", f"Looked up {utc_text(now)}"]


def why_document(thing: Thing, diagnosis: Diagnosis, now: datetime) -> dict[str, Any]:
    """The ladder as plain values for scripts."""
    remedy = diagnosis.remedy
    return {
        "thing_id": thing.thing_id,
        "iccid": thing.iccid,
        "name": thing.name,
        "asked_at": _time(now),
        "conclusion": diagnosis.conclusion,
        "sentence": diagnosis.sentence,
        "cause": diagnosis.named.name if diagnosis.named is not None else None,
        "remedy": remedy.words if remedy is not None else None,
        "checks": [_check(rung) for rung in diagnosis.rungs],
    }


def _found(rung: Rung) -> str:
    return f"{rung.found}; see {rung.elsewhere}" if rung.elsewhere else rung.found


def _check(rung: Rung) -> dict[str, Any]:
    evidence: Sequence[str] = rung.evidence
    return {
        "check": rung.name,
        "verdict": rung.verdict,
        "found": _found(rung),
        "evidence": list(evidence),
        "as_of": _time(rung.as_of),
    }


def _time(moment: datetime | None) -> str | None:
    text = utc_text(moment)
    return None if text == NOTHING else text.replace(" ", "T")
