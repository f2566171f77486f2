"""The list of SIM cards that changed their device."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from simtui.models import Location
from simtui.views.ages import age_ago
from simtui.views.amounts import NOTHING
from simtui.views.cell import Cell, Column, Row, Tone
from simtui.views.identity import tac_of
from simtui.views.imei.changes import ImeiChange, LockState
from simtui.views.text import clean
from simtui.views.things.coverage import COVERED, is_covered
from simtui.views.things.facts import iccid_cell, imei_cell

WIDE_FROM: Final = 118
"""Cells from which all columns fit; below, the last of them are to the right of the edge."""

_WHEN = Column("when", "WHEN", 8)
_NAME = Column("name", "NAME", 12, flex=True)
_ROOMY_NAME = Column("name", "NAME", 18, flex=True)
"""As wide as pushes the ICCID over the edge of 80 cells whole, and not in the middle."""
_ICCID = Column("iccid", "ICCID", 20)
_DEVICES = (
    Column("old", "OLD DEVICE", 17),
    Column("new", "→ NEW DEVICE", 17),
    Column("model", "MODEL", 7),
)
_REST = (Column("where", "LAST PLACE", 11), Column("lock", "IMEI LOCK", 10))

_LOCKS: Final[dict[str, tuple[str, Tone]]] = {
    LockState.OFF: ("off", "dim"),
    LockState.KEPT: ("on", "ok"),
    LockState.BREACHED: ("✗ breached", "bad"),
    LockState.UNKNOWN: (NOTHING, "dim"),
}


def imei_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells; what does not fit can be scrolled to."""
    if width >= WIDE_FROM:
        return (_WHEN, _NAME, _ICCID, *_DEVICES, *_REST)
    return (_WHEN, _ROOMY_NAME, *_DEVICES, _ICCID, *_REST)


def imei_row(change: ImeiChange, columns: tuple[Column, ...], now: datetime) -> Row:
    """One change."""
    thing = change.thing
    cells = {
        "when": Cell(age_ago(change.at, now)),
        "name": _name_cell(change),
        "iccid": iccid_cell(thing.iccid),
        "old": device_cell(thing.previous_imei),
        "new": device_cell(thing.imei),
        "model": model_cell(change.same_model),
        "where": place_cell(thing.last_location),
        "lock": Cell(*_LOCKS[change.lock]),
    }
    return tuple(cells[column.key] for column in columns)


def device_cell(imei: str | None) -> Cell:
    """``35911731 7049130``: the kind of device (TAC) set apart from its serial number."""
    cell = imei_cell(imei)
    if not imei or not imei.isdigit():
        return cell
    return Cell(f"{tac_of(cell.text)} {cell.text[len(tac_of(cell.text)) :]}", cell.tone)


def model_cell(same: bool | None) -> Cell:
    """``same``: a repaired or replaced device; ``! other``: the SIM sits in something else."""
    if same is None:
        return Cell(NOTHING, "dim")
    return Cell("same") if same else Cell("! other", "warn")


def place_cell(place: Location | None) -> Cell:
    """``NL 204-08``: where it was last seen, which may not be where it changed the device."""
    if place is None or not place.mcc:
        return Cell(NOTHING, "dim")
    mcc = clean(place.mcc, 8)
    network = f"{mcc}-{clean(place.mnc, 8)}" if place.mnc else mcc
    if is_covered(place.mcc):
        return Cell(f"{COVERED[place.mcc]} {network}")
    return Cell(f"✗ {network}", "bad")


def _name_cell(change: ImeiChange) -> Cell:
    """The name; without one the end of the ICCID, as in the Thing list."""
    name = clean(change.thing.name)
    return Cell(name) if name else Cell(f"…{clean(change.thing.iccid, 40)[-7:]}", "dim")
