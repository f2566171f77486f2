"""Writing the journal, or what a filter leaves of it, to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from simtui.errors import SimtuiError, UsageError
from simtui.models.journal import JournalEntry
from simtui.private_file import write_private
from simtui.views.journal.export import journal_csv, journal_json

_FORMATS: Final[Mapping[str, Callable[[Iterable[JournalEntry]], Iterator[str]]]] = {
    ".json": journal_json,
    ".csv": journal_csv,
}


def export_file(argument: str) -> Path:
    """The file that was named.

    Raises:
        UsageError: for a kind of file that there is not, or a file that is there already.
    """
    file = Path(argument).expanduser()
    if file.suffix.lower() not in _FORMATS:
        raise UsageError(":export needs a file that ends in .json or .csv")
    if file.exists():
        raise UsageError(f"{file} is there already", "", "Choose another name")
    return file


async def write_journal(file: Path, entries: tuple[JournalEntry, ...]) -> None:
    """Write them for their owner alone (0600), the latest first, off the loop.

    Raises:
        SimtuiError: when the system refuses.
    """
    try:
        await asyncio.to_thread(_write, file, entries)
    except OSError as error:
        raise SimtuiError("The journal was not exported", f"{file}: {error.strerror}") from error


def _write(file: Path, entries: tuple[JournalEntry, ...]) -> None:
    text = "\n".join(_FORMATS[file.suffix.lower()](entries))
    write_private(file, f"{text}\n".encode())
