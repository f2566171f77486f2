"""The outcome of a write as a glyph and a word: colour is never the only signal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from simtui.models.action import ResetConnection
from simtui.models.journal import Intent, Outcome, Result
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Tone
from simtui.views.plan.phrases import RESET
from simtui.views.text import clean

_OUTCOMES: Final[Mapping[str, tuple[str, str, Tone]]] = {
    Outcome.ACCEPTED: ("…", "running", "accent"),
    Outcome.CONFIRMED: ("✓", "confirmed", "ok"),
    Outcome.PARTLY: ("◐", "partly", "warn"),
    Outcome.REFUSED: ("✗", "refused", "bad"),
    Outcome.FAILED: ("✗", "failed", "bad"),
    Outcome.UNKNOWN: ("?", "unknown", "warn"),
}


def title_text(intent: Intent) -> str:
    """The summary of what was confirmed; the step of it that only ends sessions says so."""
    summary = clean(intent.summary)
    is_a_step = intent.kind == ResetConnection.kind and not summary.startswith(RESET)
    return f"End sessions: {summary}" if is_a_step else summary


def outcome_cell(outcome: str) -> Cell:
    """``✓ confirmed``; an outcome of a later version is shown as it is, behind ``?``."""
    glyph, word, tone = _OUTCOMES.get(outcome, ("?", clean(outcome, 40), "warn"))
    return Cell(f"{glyph} {word}", tone)


def outcome_word(outcome: str) -> str:
    """The word alone: a job that was accepted is ``running``."""
    return _OUTCOMES[outcome][1] if outcome in _OUTCOMES else clean(outcome, 40)


def result_text(result: Result) -> str:
    """How many Things it did, the sentence about it, and where that is known from."""
    counts = (
        (result.succeeded, "done"),
        (result.failed, "failed"),
        (result.skipped, "skipped"),
    )
    parts = [f"{count_text(count)} {word}" for count, word in counts if count is not None]
    known = [", ".join(parts)] if parts else []
    known += [clean(result.detail, 1000)] if result.detail else []
    known += ["looked up afterwards"] if result.looked_up else []
    return " · ".join(known)
