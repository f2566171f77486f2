"""Keeping a journal small: what is old and settled moves into an archive beside it.

Kept are every write of which something is still to be learnt, and the latest operations, each
whole, so that they can be undone. ``prod.journal.1`` is the latest archive; the oldest is
dropped for it. A crash in the middle leaves a record in both places, never in none.
"""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec

from simtui.models.journal import Outcome
from simtui.private_file import sync_directory


@dataclass(frozen=True, slots=True)
class Limits:
    """``most`` bytes make a journal too large; then the latest ``kept`` bytes stay. As many
    ``archives`` of what went are there at most."""

    most: int = 64_000_000
    kept: int = 32_000_000
    archives: int = 2


USUAL: Final = Limits()
OPEN_FOR: Final = timedelta(days=35)
"""How long something may still be learnt of a write; the server forgets a job after a week or
more (contract §1.6)."""


class _Record(msgspec.Struct):
    entry_id: str
    operation: str = ""
    outcome: str = ""
    at: datetime | None = None


class _Line(msgspec.Struct):
    type: str
    record: _Record


_decode = msgspec.json.Decoder(_Line).decode


@dataclass(slots=True)
class _Operation:
    """What a person confirmed once, with all lines about it. ``open`` are its writes without
    an outcome."""

    places: list[int] = field(default_factory=list)
    size: int = 0
    open: set[str] = field(default_factory=set)
    last_news: datetime | None = None

    def add(self, place: int, size: int, record: _Record) -> None:
        self.places.append(place)
        self.size += size
        self.last_news = record.at or self.last_news
        if record.outcome in Outcome.SETTLED:
            self.open.discard(record.entry_id)
        else:
            self.open.add(record.entry_id)

    def is_open(self, now: datetime | None) -> bool:
        recent = not (now and self.last_news) or now - self.last_news <= OPEN_FOR
        return bool(self.open) and recent


def archives_of(path: Path, limits: Limits = USUAL) -> tuple[Path, ...]:
    """The archives of a journal that there can be, the latest first."""
    target = path.resolve()
    return tuple(target.with_name(f"{target.name}.{n}") for n in range(1, limits.archives + 1))


def rotate(path: Path, data: bytes, limits: Limits = USUAL) -> None:
    """Replace the journal at ``path``, whose content is ``data``, by the part to be kept.

    For whoever holds the lock of the journal. Raises ``OSError``; the journal is as it was
    then. What waits for the lock finds that the file is another one.
    """
    path = path.resolve()  # of a symbolic link, what it points at
    lines = [line for line in data.split(b"\n") if line]
    staying = _staying(lines, limits.kept)
    if len(staying) == len(lines):
        return
    for abandoned in path.parent.glob(f".{glob.escape(path.name)}.*"):  # by one that was killed
        abandoned.unlink(missing_ok=True)
    drafts = []
    try:
        kept = _draft(path, (lines[place] for place in sorted(staying)))
        drafts.append(kept)
        gone = _draft(path, (line for at, line in enumerate(lines) if at not in staying))
        drafts.append(gone)
        archives = archives_of(path, limits)
        for older, newer in pairwise(reversed(archives)):
            with suppress(FileNotFoundError):
                newer.replace(older)
        gone.replace(archives[0])
        sync_directory(path.parent)
        kept.replace(path)
        sync_directory(path.parent)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _staying(lines: Sequence[bytes], room: int) -> set[int]:
    """The places of the lines that stay: of open writes, and of the latest operations.

    The last operation stays whatever its size, so that it can be undone.
    """
    operations = _operations(lines)
    now = operations[-1].last_news if operations else None
    staying: set[int] = set()
    is_full = False
    for number, operation in enumerate(reversed(operations)):
        is_full = is_full or (number > 0 and operation.size > room)
        if not is_full or operation.is_open(now):
            staying.update(operation.places)
            room -= operation.size
    return staying


def _operations(lines: Sequence[bytes]) -> list[_Operation]:
    """In the order of their last news; what cannot be read belongs to none."""
    operations: dict[str, _Operation] = {}
    of_entry: dict[str, str] = {}
    for place, line in enumerate(lines):
        record, is_intent = _read(line)
        if record is None:
            continue
        if is_intent:
            of_entry.setdefault(record.entry_id, record.operation)
        name = of_entry.get(record.entry_id)
        if name is None:
            continue
        operation = operations.pop(name, None) or _Operation()
        operations[name] = operation
        operation.add(place, len(line) + 1, record)
    return list(operations.values())


def _read(line: bytes) -> tuple[_Record | None, bool]:
    try:
        told = _decode(line)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None, False
    return told.record, told.type == "intent"


def _draft(path: Path, lines: Iterable[bytes]) -> Path:
    """A file beside the journal, on the disk (0600)."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.writelines(line + b"\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
