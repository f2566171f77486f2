"""The addresses of a pool that Things have, as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from ipaddress import AddressValueError, IPv4Address
from typing import Final

from simtui.models import IpPool, Lease, State, Thing
from simtui.views.ages import age
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.detail.section import text_cell
from simtui.views.network.fill import fill_of
from simtui.views.text import clean
from simtui.views.things.words import session_cell, state_cell

WIDE_FROM: Final = 96
"""Cells from which state and session have a column each."""


def lease_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells; the narrow one says the session of what is
    active, and the state of what is not."""
    wide = width >= WIDE_FROM
    columns = (
        Column("address", "ADDRESS", 15),
        Column("lease", "LEASE", 7),
        Column("name", "NAME", 12, flex=True),
        Column("iccid", "ICCID", 20),
    )
    if wide:
        return (*columns, Column("state", "STATE", 9), Column("session", "SESSION", 11))
    return (*columns, Column("status", "STATUS", 11))


def lease_row(lease: Lease, thing: Thing | None, columns: tuple[Column, ...], now: datetime) -> Row:
    """One cell for each column; of a Thing that is not known here there is only its id."""
    return tuple(_CELLS[column.key](lease, thing, now) for column in columns)


def in_order(leases: Iterable[Lease]) -> tuple[Lease, ...]:
    """By address, as numbers; what is no address comes last."""
    return tuple(sorted(leases, key=_order))


def lease_counts(leases: Sequence[Lease], pool: IpPool | None) -> str:
    """``31 of 253 in use``."""
    fill = fill_of(pool) if pool is not None else None
    size = f" of {count_text(fill.usable)}" if fill is not None else ""
    return f"{count_text(len(leases))}{size} in use"


def _order(lease: Lease) -> tuple[bool, int, str]:
    try:
        return False, int(IPv4Address(lease.address)), lease.address
    except AddressValueError:
        return True, 0, lease.address


def _lease(lease: Lease, thing: Thing | None, now: datetime) -> Cell:
    if lease.locked:
        return Cell("locked", "accent")
    end = lease.lease_expires_at
    if end is None:
        return Cell(NOTHING, "dim")
    return Cell("over", "warn") if end <= now else Cell(age(end, now))


def _name(lease: Lease, thing: Thing | None, now: datetime) -> Cell:
    if thing is None:
        return Cell(f"Thing {clean(lease.thing_id, 64)}", "dim")
    return text_cell(thing.name)


def _iccid(lease: Lease, thing: Thing | None, now: datetime) -> Cell:
    return text_cell(thing.iccid if thing is not None else None)


def _state(lease: Lease, thing: Thing | None, now: datetime) -> Cell:
    return state_cell(thing) if thing is not None else Cell("not known", "dim")


def _session(lease: Lease, thing: Thing | None, now: datetime) -> Cell:
    return session_cell(thing.session, now) if thing is not None else Cell(NOTHING, "dim")


def _status(lease: Lease, thing: Thing | None, now: datetime) -> Cell:
    is_active = thing is not None and thing.state == State.ACTIVE and not thing.pending_state
    return (_session if is_active else _state)(lease, thing, now)


_CELLS: Final[dict[str, Callable[[Lease, Thing | None, datetime], Cell]]] = {
    "address": lambda lease, thing, now: Cell(clean(lease.address, 64)),
    "lease": _lease,
    "name": _name,
    "iccid": _iccid,
    "state": _state,
    "session": _session,
    "status": _status,
}
