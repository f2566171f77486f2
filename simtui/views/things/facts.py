"""One cell for each column of the Thing list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

from simtui.models import Thing
from simtui.views.ages import age, age_ago
from simtui.views.amounts import NOTHING, bytes_text, count_text, megabytes_text
from simtui.views.cell import Cell, Column
from simtui.views.fleet_context import FleetContext
from simtui.views.identity import has_check_digit, iccid_is_sound
from simtui.views.text import clean
from simtui.views.things.cycle import data_bytes, sms_count
from simtui.views.things.troubles import IMEI_CHANGE_IS_NEWS_FOR
from simtui.views.things.words import UNSOUND_MARK, address_cell, session_cell, state_cell

CellOf: TypeAlias = Callable[[Thing, Column, FleetContext], Cell]

_UNKNOWN = Cell(NOTHING, "dim")
_WIDE_AGE = 9
_GIGABYTE = 999_950_000  # what megabytes_text would call 1,000.0 MB


def _text(text: str | None) -> Cell:
    return Cell(clean(text)) if text else _UNKNOWN


def iccid_cell(iccid: str) -> Cell:
    """The ICCID, with ``!`` behind it when it would not pass as input (contract §9)."""
    if iccid_is_sound(iccid):
        return Cell(iccid)
    return Cell(clean(iccid, 40) + UNSOUND_MARK, "warn")


def imei_cell(imei: str | None) -> Cell:
    """The IMEI, with ``!`` behind it when its check digit is wrong."""
    if not imei:
        return _UNKNOWN
    if len(imei) == 15 and has_check_digit(imei):
        return Cell(imei)
    return Cell(clean(imei, 40) + UNSOUND_MARK, "warn")


def services_text(services: tuple[str, ...] | None) -> str:
    """``data sms``; ``none`` when all is blocked; ``–`` when nobody says."""
    if services is None:
        return NOTHING
    return clean(" ".join(services).lower()) if services else "none"


def cycle_text(count: int | None) -> str:
    """Data of the cycle in MB, so that a column compares at a glance; from 1 GB on in GB."""
    return bytes_text(count) if count is not None and count >= _GIGABYTE else megabytes_text(count)


def _name(thing: Thing, _: Column, context: FleetContext) -> Cell:
    return _text(thing.name)


def _last_seen(thing: Thing, column: Column, context: FleetContext) -> Cell:
    return _age(thing.last_seen_at, column, context)


def _cycle(thing: Thing, _: Column, context: FleetContext) -> Cell:
    count = data_bytes(thing)
    return Cell(cycle_text(count), "dim" if not count else "")


def _sms(thing: Thing, _: Column, context: FleetContext) -> Cell:
    count = sms_count(thing)
    return Cell(count_text(count), "dim" if not count else "")


def _imei_changed(thing: Thing, column: Column, context: FleetContext) -> Cell:
    changed = thing.imei_changed_at
    if changed is None:
        return _UNKNOWN
    is_news = context.now - changed <= IMEI_CHANGE_IS_NEWS_FOR
    return Cell(age_ago(changed, context.now), "warn" if is_news else "")


def _services(thing: Thing, _: Column, context: FleetContext) -> Cell:
    text = services_text(thing.allowed_services)
    return Cell(text, "warn" if thing.allowed_services == () else "")


def _age(moment: datetime | None, column: Column, context: FleetContext) -> Cell:
    told = age_ago if column.width >= _WIDE_AGE else age
    return Cell(told(moment, context.now), "" if moment else "dim")


CELLS: Final[dict[str, CellOf]] = {
    "state": lambda thing, _, context: state_cell(thing),
    "name": _name,
    "iccid": lambda thing, _, context: iccid_cell(thing.iccid),
    "session": lambda thing, _, context: session_cell(thing.session, context.now),
    "last_seen": _last_seen,
    "ip": lambda thing, _, context: address_cell(thing.ip),
    "group": lambda thing, _, context: _text(context.group_name(thing)),
    "network": lambda thing, _, context: _text(context.network_name(thing)),
    "profile": lambda thing, _, context: _text(context.ip_profile_name(thing)),
    "cycle": _cycle,
    "sms": _sms,
    "tags": lambda thing, _, context: _text(", ".join(thing.tags)),
    "imei": lambda thing, _, context: imei_cell(thing.imei),
    "imsi": lambda thing, _, context: _text(thing.imsi),
    "imei_changed": _imei_changed,
    "services": _services,
    "state_changed": lambda thing, column, context: _age(thing.state_changed_at, column, context),
    "created": lambda thing, column, context: _age(thing.created_at, column, context),
}
"""By column key; the same keys as ``columns.PLANS``."""
