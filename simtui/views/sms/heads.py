"""The lines over messages: how the Thing is, and how many messages stand where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from simtui.models import SmsStatus, Thing
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Row
from simtui.views.jobs.progress import LEFT, bar_text
from simtui.views.plan.field_texts import services_text
from simtui.views.sms.words import status_tone, status_word
from simtui.views.things.words import session_cell, state_cell

_LONGEST_BAR: Final = 60
_LEAST_BAR: Final = 5


def thing_line(thing: Thing | None, now: datetime) -> Row:
    """``● active · ◉ online · DATA, SMS``, so that one sees why a message waits."""
    if thing is None:
        return (Cell(" The Thing is not known here.", "dim"),)
    return (
        Cell(" "),
        state_cell(thing),
        Cell(" · ", "dim"),
        session_cell(thing.session, now),
        Cell(" · ", "dim"),
        Cell(f"services {services_text(thing.allowed_services)}"),
    )


def batch_bar(counts: Mapping[str, int], pending: int, width: int) -> Row:
    """``███████░░░  470/482 through  97 %``: how many have come to an end, whichever."""
    total = sum(counts.values())
    if not total:
        return (Cell(" "),)
    through = total - pending
    numbers = f"  {count_text(through)}/{count_text(total)} through  {through * 100 // total} %"
    room = min(width - len(numbers) - 3, _LONGEST_BAR)
    if room < _LEAST_BAR:
        return (Cell(numbers),)
    bar = bar_text(through, total, room)
    filled = len(bar.rstrip(LEFT))
    lost = sum(counts.get(status, 0) for status in SmsStatus.UNDELIVERED)
    red = min(max(lost * room // total, 1), filled) if lost else 0
    return (
        Cell(" "),
        Cell(bar[: filled - red], "ok"),
        Cell(bar[filled - red : filled], "bad"),
        Cell(bar[filled:], "dim"),
        Cell(numbers),
    )


def counts_line(counts: Mapping[str, int]) -> Row:
    """``482 messages: 12 queued · 150 sent · 310 delivered``."""
    total = sum(counts.values())
    cells = [Cell(f" {count_text(total)} {'message' if total == 1 else 'messages'}")]
    others = [status for status in counts if status not in SmsStatus.ALL]
    for status in (*SmsStatus.ALL, *others):
        if counts.get(status):
            cells.append(Cell(" · ", "dim"))
            text = f"{count_text(counts[status])} {status_word(status)}"
            cells.append(Cell(text, status_tone(status)))
    return tuple(cells)
