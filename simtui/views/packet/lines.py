"""A walk as lines of a dialog: what became of the packet, where, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simtui.views.cell import Cell, Row, Tone
from simtui.views.detail.layout import wrap
from simtui.views.packet.step import Outcome, Step, Verdict, Walk
from simtui.views.text import fit

_OUTCOMES: Final[dict[Outcome, tuple[str, Tone]]] = {
    "PASS": ("✓ passes", "ok"),
    "DROP": ("✗ drops", "bad"),
    "REJECT": ("✗ rejects", "bad"),
    "UNKNOWN": ("? not known", "warn"),
    "SKIP": ("· skipped", "dim"),
    "CHANGE": ("→ rewritten", "accent"),
}
_VERDICTS: Final[dict[Verdict, Tone]] = {
    "ARRIVES": "ok",
    "LEAVES": "ok",
    "DROPPED": "bad",
    "REJECTED": "bad",
    "NOT_KNOWN": "warn",
}
_OUTCOME_WIDTH: Final = 13
_STAGE_WIDTH: Final = 16
_NARROWEST_TEXT: Final = 16


def walk_rows(walk: Walk, width: int) -> tuple[Row, ...]:
    """The steps in order and the sentence below them, in at most ``width`` cells.

    The text of a step stands beside its outcome and stage, under them where that is too
    narrow.
    """
    rows = [row for step in walk.steps for row in _step_rows(step, width)]
    rows += [(Cell(text, _VERDICTS[walk.verdict]),) for text in wrap(walk.sentence, width)]
    return tuple(rows)


def _step_rows(step: Step, width: int) -> Iterator[Row]:
    word, tone = _OUTCOMES[step.outcome]
    text_tone: Tone = "dim" if step.outcome == "SKIP" else ""
    text_width = width - _OUTCOME_WIDTH - _STAGE_WIDTH
    if text_width < _NARROWEST_TEXT:
        yield (Cell(fit(f"{word}  {step.stage}", width), tone),)
        for text in wrap(step.text, width):
            yield (Cell(text, text_tone),)
        return
    for number, text in enumerate(wrap(step.text, text_width)):
        outcome = fit("" if number else word, _OUTCOME_WIDTH)
        stage = fit("" if number else step.stage, _STAGE_WIDTH)
        yield (Cell(outcome, tone), Cell(stage, "strong"), Cell(text, text_tone))
