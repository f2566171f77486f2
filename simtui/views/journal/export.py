"""The journal for programs: JSON with all there is, CSV with a line a write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from simtui.models.journal import JournalEntry
from simtui.views.output.csv_row import csv_row, csv_time
from simtui.views.output.json_text import array_lines


def journal_json(entries: Iterable[JournalEntry]) -> Iterator[str]:
    """The lines of one JSON array with a write on each line.

    The fields are the model's, with ``outcome``, ``job_id`` and the ``results`` beside
    them; times in UTC with Z. All is ASCII, so that a name cannot reach the terminal.
    """
    return array_lines(map(_line, entries))


def journal_csv(entries: Iterable[JournalEntry]) -> Iterator[str]:
    """A header and one line a write; ``things`` is how many Things it was about."""
    yield csv_row(CSV_FIELDS)
    fields = tuple(CSV_FIELDS.values())
    for entry in entries:
        yield csv_row(field(entry) for field in fields)


def _line(entry: JournalEntry) -> str:
    story: dict[str, Any] = msgspec.to_builtins(entry.intent)
    story["outcome"] = entry.outcome
    story["job_id"] = entry.job_id
    story["results"] = msgspec.to_builtins(entry.results)
    return json.dumps(story, separators=(",", ":")).replace("\x7f", "\\u007f")


def _last(entry: JournalEntry, name: str) -> Any:
    """What was said last about a count."""
    told = (getattr(result, name) for result in reversed(entry.results))
    return next((value for value in told if value is not None), None)


CSV_FIELDS: Final[Mapping[str, Callable[[JournalEntry], object]]] = {
    "entry_id": lambda entry: entry.entry_id,
    "at": lambda entry: csv_time(entry.intent.at),
    "outcome": lambda entry: entry.outcome,
    "outcome_at": lambda entry: csv_time(entry.results[-1].at if entry.results else None),
    "kind": lambda entry: entry.intent.kind,
    "summary": lambda entry: entry.intent.summary,
    "target": lambda entry: entry.intent.target,
    "things": lambda entry: len(entry.intent.things),
    "succeeded": lambda entry: _last(entry, "succeeded"),
    "failed": lambda entry: _last(entry, "failed"),
    "skipped": lambda entry: _last(entry, "skipped"),
    "detail": lambda entry: entry.detail,
    "who": lambda entry: entry.intent.who,
    "process": lambda entry: entry.intent.process,
    "profile": lambda entry: entry.intent.profile,
    "endpoint": lambda entry: entry.intent.endpoint,
    "request_id": lambda entry: entry.intent.request_id,
    "reference": lambda entry: entry.intent.reference,
    "job_id": lambda entry: entry.job_id,
    "operation": lambda entry: entry.intent.operation,
    "batch": lambda entry: entry.intent.batch,
    "batches": lambda entry: entry.intent.batches,
    "undoes": lambda entry: entry.intent.undoes,
}
"""Column names and where they come from."""
