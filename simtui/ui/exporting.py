"""Writing what a page shows to a file: the journal, or a bill."""

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
    await write_lines(file, _FORMATS[file.suffix.lower()](entries), "The journal")


async def write_lines(file: Path, lines: Iterable[str], what: str) -> None:
    """Write lines, made off the loop, for their owner alone (0600).

    Raises:
        SimtuiError: when the system refuses; ``what`` it was that was not exported.
    """
    try:
        await asyncio.to_thread(_write, file, lines)
    except OSError as error:
        raise SimtuiError(f"{what} was not exported", f"{file}: {error.strerror}") from error


def _write(file: Path, lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    write_private(file, f"{text}\n".encode())
