"""What stands below the table: the finding of the row in sentences, and the changes before."""

from __future__ import annotations

from simtui.views.amounts import count_text
from simtui.views.blast.look import Blast
from simtui.views.blast.report import Account
from simtui.views.blast.words import (
    also_text,
    apart_text,
    before_text,
    chance_text,
    difference_text,
    names_text,
    no_change_text,
    wave_text,
)
from simtui.views.cell import Cell, Row
from simtui.views.fleet_context import FleetContext

_ROOMY = 6
"""Lines from which all sentences have room."""


def foot_rows(account: Account, blast: Blast, context: FleetContext, lines: int) -> tuple[Row, ...]:
    """At most so many lines; the last one says how many changes had no room."""
    said = _sentences(account, blast, context, roomy=lines >= _ROOMY)
    return (*said, *_changes(account, lines - len(said)))[:lines]


def _sentences(
    account: Account, blast: Blast, context: FleetContext, *, roomy: bool
) -> tuple[Row, ...]:
    finding = account.finding
    told: list[Row] = [()] if roomy else []
    if finding is not None:
        if roomy and len(finding.same) > 1:
            told[0] = (Cell(f" {names_text(finding, context)}", "accent"),)
        told.append((Cell(f" {difference_text(finding)}", "strong"),))
        if roomy:
            apart = apart_text(finding)
            told.append((Cell(f" {apart or chance_text(finding)}", "dim"),))
        if finding.also and roomy:
            told.append((Cell(f" Among them: {also_text(finding, context)}"),))
    told.append((Cell(f" {wave_text(account.wave, blast.at)}"),))
    return tuple(told)


def _changes(account: Account, room: int) -> tuple[Row, ...]:
    wave, found = account.wave, account.suspects
    if wave is None or not found:
        return ((Cell(f" {no_change_text(wave)}", "dim"),),)
    shown = found if len(found) <= room else found[: max(room - 1, 0)]
    more = len(found) - len(shown)
    rows: list[Row] = [
        (
            Cell(" Δ ", "warn"),
            Cell(f"{before_text(one, wave):<11} ", "warn"),
            Cell(one.change.words),
            Cell(f" · reaches {count_text(one.reached)} of them", "dim"),
        )
        for one in shown
    ]
    if more:
        rows.append((Cell(f" Δ {count_text(more)} more changes: v", "warn"),))
    return tuple(rows)
