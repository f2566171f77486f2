"""Writing a list, or what a filter leaves of it, to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from simtui.errors import SimtuiError, UsageError
from simtui.private_file import write_private

T = TypeVar("T")
Formats: TypeAlias = Mapping[str, Callable[[Iterable[T]], Iterator[str]]]
"""From the end of a file's name to what makes its lines."""
ENDS: Final = (".json", ".csv")


def export_file(argument: str) -> Path:
    """The file that was named.

    Raises:
        UsageError: for a kind of file that there is not, or a file that is there already.
    """
    file = Path(argument).expanduser()
    if file.suffix.lower() not in ENDS:
        raise UsageError(":export needs a file that ends in .json or .csv")
    if file.exists():
        raise UsageError(f"{file} is there already", "", "Choose another name")
    return file


async def write_export(file: Path, formats: Formats[T], rows: tuple[T, ...]) -> None:
    """Write rows in their order, in the format of the file.

    Raises:
        SimtuiError: when the system refuses.
    """
    await write_lines(file, formats[file.suffix.lower()](rows))


async def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write lines, made off the loop, for their owner alone (0600).

    Raises:
        SimtuiError: when the system refuses.
    """
    try:
        await asyncio.to_thread(_write, file, lines)
    except OSError as error:
        raise SimtuiError("Nothing was exported", f"{file}: {error.strerror}") from error


def _write(file: Path, lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    write_private(file, f"{text}\n".encode())
