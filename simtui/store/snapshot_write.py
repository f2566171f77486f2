"""Writing a snapshot beside the one that is there, which it replaces in one step."""

from __future__ import annotations

import asyncio
import glob
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from simtui import __version__
from simtui.models import Thing
from simtui.paths import make_private_dir
from simtui.store.snapshot import SnapshotFile
from simtui.store.snapshot_format import (
    END_LINE,
    FIRST_THINGS_PLACE,
    FORMAT,
    HEADER_PLACE,
    LISTS_PLACE,
    THINGS_A_LINE,
    Header,
    SmallLists,
    encode_line,
)

LINES_A_WRITE: Final = 8
"""How many lines go to the disk at once, from a thread."""
ABANDONED_AFTER: Final = 3600.0
"""Seconds after which an unfinished file belongs to a run that was killed."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be written: the Things and lists of one moment, never changing."""

    things: Sequence[Thing]
    lists: SmallLists
    fetched_at: datetime
    saved_at: datetime


async def write_snapshot(snapshot: SnapshotFile, picture: Picture) -> None:
    """Write it in slices, so that keys and frames come in between.

    The file and a new directory are for their owner alone. Raises ``OSError`` when the
    disk refuses; the snapshot that was there is still there then.
    """
    draft = _Draft(snapshot.path, picture.saved_at)
    try:
        waiting = []
        for line in _lines(snapshot, picture):
            waiting.append(line)
            await asyncio.sleep(0)
            if len(waiting) == LINES_A_WRITE:
                await draft.write(b"".join(waiting))
                waiting.clear()
        await draft.write(b"".join(waiting) + END_LINE)
        await asyncio.to_thread(draft.publish)
    finally:
        draft.discard()


def _lines(snapshot: SnapshotFile, picture: Picture) -> Iterator[bytes]:
    yield encode_line(HEADER_PLACE, _header(snapshot, picture))
    yield encode_line(LISTS_PLACE, picture.lists)
    starts = range(0, len(picture.things), THINGS_A_LINE)
    for place, start in enumerate(starts, FIRST_THINGS_PLACE):
        yield encode_line(place, picture.things[start : start + THINGS_A_LINE])


def _header(snapshot: SnapshotFile, picture: Picture) -> Header:
    identity = snapshot.identity
    return Header(
        format=FORMAT,
        simtui=__version__,
        identity=identity.fingerprint,
        profile=identity.profile,
        base_url=identity.base_url,
        saved_at=picture.saved_at,
        fetched_at=picture.fetched_at,
        count=len(picture.things),
    )


class _Draft:
    """A file under another name, until it is complete and on the disk."""

    def __init__(self, path: Path, now: datetime) -> None:
        make_private_dir(path.parent)
        _sweep(path, now)
        self._target = path
        handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".tmp", dir=path.parent)
        self._path: Path | None = Path(name)
        self._file: BinaryIO = os.fdopen(handle, "wb")

    async def write(self, data: bytes) -> None:
        await asyncio.to_thread(self._file.write, data)

    def publish(self) -> None:
        """Put it in the place of the old one."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        if self._path is not None:
            self._path.replace(self._target)
            self._path = None

    def discard(self) -> None:
        """Leave nothing behind of a file that was not published."""
        with suppress(OSError):
            self._file.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def _sweep(path: Path, now: datetime) -> None:
    """Remove what runs that were killed left half written."""
    for left in path.parent.glob(f"{glob.escape(path.name)}.*.tmp"):
        with suppress(OSError):
            if now.timestamp() - left.stat().st_mtime > ABANDONED_AFTER:
                left.unlink()
