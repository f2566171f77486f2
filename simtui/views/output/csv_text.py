"""Things as CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from simtui.models import Thing
from simtui.views.fleet_context import FleetContext
from simtui.views.output.csv_row import csv_row, csv_time
from simtui.views.things.cycle import data_bytes

_Field: TypeAlias = Callable[[Thing, FleetContext], object]


def csv_lines(things: Iterable[Thing], context: FleetContext) -> Iterator[str]:
    """A header and one line a Thing (RFC 4180 quoting); what is unknown is empty.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    yield csv_row(CSV_FIELDS)
    fields = tuple(CSV_FIELDS.values())
    for thing in things:
        yield csv_row(field(thing, context) for field in fields)


def _services(thing: Thing) -> str | None:
    return None if thing.allowed_services is None else ";".join(thing.allowed_services)


CSV_FIELDS: Final[dict[str, _Field]] = {
    "thing_id": lambda thing, _: thing.thing_id,
    "iccid": lambda thing, _: thing.iccid,
    "imsi": lambda thing, _: thing.imsi,
    "imei": lambda thing, _: thing.imei,
    "name": lambda thing, _: thing.name,
    "state": lambda thing, _: thing.state,
    "pending_state": lambda thing, _: thing.pending_state,
    "session_state": lambda thing, _: thing.session.state if thing.session else None,
    "session_as_of": lambda thing, _: csv_time(thing.session.as_of if thing.session else None),
    "last_seen_at": lambda thing, _: csv_time(thing.last_seen_at),
    "ip_address": lambda thing, _: thing.ip.address if thing.ip else None,
    "ip_allocation": lambda thing, _: thing.ip.allocation if thing.ip else None,
    "group": lambda thing, context: context.group_name(thing),
    "network": lambda thing, context: context.network_name(thing),
    "ip_profile": lambda thing, context: context.ip_profile_name(thing),
    "tags": lambda thing, _: ";".join(thing.tags),
    "allowed_services": lambda thing, _: _services(thing),
    "data_bytes_cycle": lambda thing, _: data_bytes(thing),
    "sms_mt_cycle": lambda thing, _: thing.usage_cycle.sms_mt if thing.usage_cycle else None,
    "sms_mo_cycle": lambda thing, _: thing.usage_cycle.sms_mo if thing.usage_cycle else None,
    "imei_changed_at": lambda thing, _: csv_time(thing.imei_changed_at),
    "created_at": lambda thing, _: csv_time(thing.created_at),
}
"""Column names and where they come from; times in UTC with Z, lists joined by ``;``."""
