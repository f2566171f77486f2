"""What changed for scripts and spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from simtui.models.change import Change
from simtui.views.history.words import subject_text
from simtui.views.output.csv_row import csv_row, csv_time
from simtui.views.output.json_text import array_lines


def changes_json(changes: Iterable[Change]) -> Iterator[str]:
    """The lines of one JSON array with a change on each line.

    The fields are the model's, with ``moment``, the best that is known of when, beside them;
    times in UTC with Z. All is ASCII, so that a name cannot reach the terminal.
    """
    return array_lines(map(_line, changes))


def changes_csv(changes: Iterable[Change]) -> Iterator[str]:
    """A header and one line a change."""
    yield csv_row(CSV_FIELDS)
    fields = tuple(CSV_FIELDS.values())
    for change in changes:
        yield csv_row(field(change) for field in fields)


def _line(change: Change) -> str:
    told: dict[str, Any] = msgspec.to_builtins(change)
    told["moment"] = msgspec.to_builtins(change.moment)
    return json.dumps(told, separators=(",", ":")).replace("\x7f", "\\u007f")


CSV_FIELDS: Final[Mapping[str, Callable[[Change], object]]] = {
    "moment": lambda change: csv_time(change.moment),
    "seen_at": lambda change: csv_time(change.seen_at),
    "at": lambda change: csv_time(change.at),
    "last_looked": lambda change: csv_time(change.last_looked),
    "kind": lambda change: change.kind,
    "what": subject_text,
    "iccid": lambda change: change.iccid,
    "before": lambda change: change.before,
    "after": lambda change: change.after,
    "before_name": lambda change: change.before_name,
    "after_name": lambda change: change.after_name,
    "detail": lambda change: change.detail,
    "count": lambda change: change.count,
    "first_seen_at": lambda change: csv_time(change.first_seen_at),
    "by": lambda change: change.by,
    "entry_id": lambda change: change.entry_id,
    "object_id": lambda change: change.object_id,
    "parent_id": lambda change: change.parent_id,
}
"""Column names and where they come from."""
