"""A bill for programs: CSV with a line for every line of it, JSON with all there is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec

from simtui.models import BillingLine, BillingReport
from simtui.views.billing.names import Names
from simtui.views.output.csv_row import csv_number, csv_row


def bill_csv(report: BillingReport, names: Names) -> Iterator[str]:
    """A header and the lines as they are told, each with what it is a line of."""
    yield csv_row((*_HEAD, *_FIELDS))
    cycle = report.cycle
    told = (cycle.cycle_id, cycle.status) if cycle is not None else (None, None)
    head = (*told, report.scope, report.scope_id, report.currency)
    for line in report.lines:
        yield csv_row((*head, *(field(line, names) for field in _FIELDS.values())))


def bill_json(report: BillingReport, names: Names) -> Iterator[str]:
    """One object with the report's own fields, the names of what its lines are about beside
    them; one line of it on each line of text. All is ASCII."""
    head = msgspec.to_builtins({name: getattr(report, name) for name in _OF_REPORT})
    yield f'{_json(head)[:-1]},"lines":['
    last = len(report.lines) - 1
    for number, line in enumerate(report.lines):
        told = msgspec.to_builtins(line)
        told["thing_name"] = _thing_name(line, names)
        told["group_name"] = _group_name(line, names)
        yield _json(told) + ("," if number < last else "")
    yield "]}"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":")).replace("\x7f", "\\u007f")


def _thing_name(line: BillingLine, names: Names) -> str | None:
    thing = names.thing(line.thing_id) if line.thing_id else None
    return thing.name if thing is not None else None


def _iccid(line: BillingLine, names: Names) -> str | None:
    thing = names.thing(line.thing_id) if line.thing_id else None
    return thing.iccid if thing is not None else None


def _group_name(line: BillingLine, names: Names) -> str | None:
    group = names.context.groups.get(line.things_group_id or "")
    return group.name if group is not None else None


_HEAD: Final = ("cycle_id", "cycle_status", "scope", "scope_id", "currency")
_OF_REPORT: Final = (
    "report_id",
    "scope",
    "scope_id",
    "cycle",
    "estimated",
    "generated_at",
    "currency",
    "bytes_per_mb",
    "totals",
    "things_billable",
    "things_free",
    "free_reasons",
)
_FIELDS: Final[Mapping[str, Callable[[BillingLine, Names], str | None]]] = {
    "kind": lambda line, _: line.kind,
    "quantity": lambda line, _: csv_number(line.quantity),
    "unit": lambda line, _: line.unit,
    "unit_price": lambda line, _: csv_number(line.unit_price),
    "amount": lambda line, _: csv_number(line.amount),
    "date": lambda line, _: line.date,
    "thing_id": lambda line, _: line.thing_id,
    "iccid": _iccid,
    "thing_name": _thing_name,
    "things_group_id": lambda line, _: line.things_group_id,
    "group_name": _group_name,
}
