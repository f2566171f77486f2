"""The journal as a file: one line a record (format: `codec`), and never one less."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from simtui.models.journal import Intent, JournalEntry, Result
from simtui.paths import Paths, make_private_dir
from simtui.private_file import sync_directory
from simtui.store.journal.codec import Record, decode, encode
from simtui.store.journal.rotate import USUAL, Limits, archives_of, rotate

_OWNER_ONLY: Final = 0o600


def journal_file(paths: Paths, profile_name: str) -> Path:
    """Where the journal of a profile is."""
    return paths.state_dir / f"{profile_name}.journal"


class JournalFile:
    """The journal at ``path``; several programs may write into it at the same time.

    Records are only added, until there are too many: then the old ones go into an archive
    (`rotate`). The files are their owner's alone (0600).
    """

    def __init__(self, path: Path, limits: Limits = USUAL) -> None:
        self.path = path
        self._limits = limits
        self._rotate_from = limits.most
        self._known: tuple[int, int] | None = None

    def load(self) -> tuple[JournalEntry, ...]:
        """Every write with what was learnt of it, oldest first; none without a file.

        A line that cannot be read costs nothing but itself, and so does the result of a
        write that is not there. Raises ``OSError`` when the system refuses.
        """
        try:
            with _locked(self.path, os.O_RDONLY, fcntl.LOCK_SH) as handle:
                data = _read_all(handle)
                self._known = _inode(handle), len(data)
        except FileNotFoundError:
            self._known = None
            data = b""
        return _entries(filter(None, map(decode, data.split(b"\n"))))

    def load_all(self) -> tuple[JournalEntry, ...]:
        """As `load`, with what the archives have. Raises ``OSError``."""
        lines: dict[bytes, None] = {}
        for archive in reversed(archives_of(self.path, self._limits)):
            with suppress(FileNotFoundError):
                lines.update(dict.fromkeys(archive.read_bytes().split(b"\n")))
        with suppress(FileNotFoundError), _locked(self.path, os.O_RDONLY, fcntl.LOCK_SH) as handle:
            lines.update(dict.fromkeys(_read_all(handle).split(b"\n")))
        return _entries(filter(None, map(decode, lines)))

    def append(self, record: Record) -> None:
        """Add a record; it is on the disk when this returns.

        Raises ``OSError`` when the disk refuses; nothing of the record is in the file then.
        """
        make_private_dir(self.path.parent)
        with _locked(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, fcntl.LOCK_EX) as handle:
            _close_to_others(handle)
            size = os.fstat(handle).st_size
            if size == 0:
                sync_directory(self.path.parent)
            line = _beginning(handle, size) + encode(record)
            _add(handle, size, line)
            if size == 0 or self._known == (_inode(handle), size):
                self._known = _inode(handle), size + len(line)
            is_answered = isinstance(record, Result)  # what waits to be sent does not wait longer
            if is_answered and size + len(line) > self._rotate_from:
                self._rotate(handle)

    def _rotate(self, handle: int) -> None:
        """A disk that refuses leaves it as it is; it is tried again when it has grown on."""
        with suppress(OSError):
            rotate(self.path, _read_all(handle), self._limits)
            self._known = None
        with suppress(OSError):
            left = self.path.stat().st_size
            self._rotate_from = max(self._limits.most, left + self._limits.kept)

    def changed(self) -> bool:
        """Whether it holds something that neither `load` nor `append` of here knows."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        return (found.st_ino, found.st_size) != self._known


@contextmanager
def _locked(path: Path, flags: int, lock: int) -> Iterator[int]:
    handle = os.open(path, flags | os.O_CLOEXEC, _OWNER_ONLY)
    try:
        fcntl.flock(handle, lock)
        while not _is_at(handle, path):  # another file took its place while we waited
            os.close(handle)
            handle = os.open(path, flags | os.O_CLOEXEC, _OWNER_ONLY)
            fcntl.flock(handle, lock)
        yield handle
    finally:
        os.close(handle)


def _is_at(handle: int, path: Path) -> bool:
    try:
        return _inode(handle) == path.stat().st_ino
    except FileNotFoundError:
        return False


def _add(handle: int, size: int, line: bytes) -> None:
    """All of the line and to the disk, or none of it: half a record, or one that may not
    be there after a power cut, would tell of a write that was never sent."""
    try:
        left = line
        while left:  # in one go, unless the disk is about to be full
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    except OSError:
        with suppress(OSError):
            os.ftruncate(handle, size)
        raise


def _beginning(handle: int, size: int) -> bytes:
    """What has to come first, so that a line which a crash tore stays by itself."""
    return b"\n" if size and os.pread(handle, 1, size - 1) != b"\n" else b""


def _close_to_others(handle: int) -> None:
    if os.fstat(handle).st_mode & 0o077:  # restored from a backup, or made by hand
        os.fchmod(handle, _OWNER_ONLY)


def _read_all(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    with os.fdopen(handle, "rb", closefd=False) as file:
        return file.read()


def _inode(handle: int) -> int:
    return os.fstat(handle).st_ino


def _entries(records: Iterable[Record]) -> tuple[JournalEntry, ...]:
    entries: dict[str, JournalEntry] = {}
    for record in records:
        if isinstance(record, Intent):
            entries.setdefault(record.entry_id, JournalEntry(record))
        elif record.entry_id in entries:
            entries[record.entry_id] = with_result(entries[record.entry_id], record)
    return tuple(entries.values())


def with_result(entry: JournalEntry, result: Result) -> JournalEntry:
    """The entry with one thing more that was learnt of it."""
    return replace(entry, results=(*entry.results, result))
