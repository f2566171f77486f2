"""What was seen of one Thing, as a part of its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from simtui.models.change import By, Change
from simtui.views.cell import Cell
from simtui.views.detail.section import Section
from simtui.views.history.words import by_text, change_cell, when_cell

SHOWN: Final = 5
"""Rows; the page of its changes has them all."""


def changes_section(changes: Sequence[Change], now: datetime) -> Section | None:
    """The latest changes; None where nothing was seen to change."""
    if not changes:
        return None
    more = "~ shows all of them" if len(changes) > SHOWN else ""
    return Section("Changes seen here", tuple(_row(one, now) for one in changes[:SHOWN]), more)


def _row(change: Change, now: datetime) -> tuple[str, Cell]:
    text, tone = change_cell(change)
    by = f" · {by_text(change)}" if change.by != By.NOBODY else ""
    return when_cell(change, now).text, Cell(f"{text}{by}", tone)
