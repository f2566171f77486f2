"""The fleet as it was last known, in one file a profile (format: `snapshot_format`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from simtui.errors import SimtuiError
from simtui.models import Thing
from simtui.store.set_aside import set_aside
from simtui.store.snapshot_format import (
    END_LINE,
    FIRST_THINGS_PLACE,
    FORMAT,
    HEADER_PLACE,
    LISTS_PLACE,
    BrokenLine,
    Header,
    SmallLists,
    decode_line,
    decode_things,
)


@dataclass(frozen=True, slots=True)
class SnapshotIdentity:
    """Whose fleet it is; a snapshot of another identity is never shown."""

    profile: str
    base_url: str
    client_id: str

    @property
    def fingerprint(self) -> str:
        """Equal for equal identities; does not show the client id."""
        text = "\0".join((self.profile, self.base_url, self.client_id))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class FirstPart:
    """What is there at once: whose it is, the small lists and the first rows."""

    header: Header
    lists: SmallLists
    things: tuple[Thing, ...]


class SnapshotSetAside(SimtuiError):
    """The snapshot could not be used; the fleet is loaded anew, nothing else is lost."""


class SnapshotFile:
    """The snapshot at ``path`` of ``identity``."""

    def __init__(self, path: Path, identity: SnapshotIdentity) -> None:
        self.path = path
        self.identity = identity
        self._file: BinaryIO | None = None
        self._left = 0
        self._place = FIRST_THINGS_PLACE

    def read_first(self) -> FirstPart | None:
        """The header, the small lists and the first Things; None without a snapshot.

        Raises:
            SnapshotSetAside: when it was damaged, foreign or of another format.
        """
        self.close()
        try:
            self._file = self.path.open("rb")
            return self._read_first(self._file)
        except FileNotFoundError:
            return None
        except (OSError, BrokenLine) as error:
            raise self._set_aside(str(error)) from error

    def read_rest(self) -> Iterator[tuple[Thing, ...]]:
        """The Things after `read_first`, a line at a time; closes the file at the end.

        Raises:
            SnapshotSetAside: when it was damaged; what came until then is sound.
        """
        try:
            while self._file is not None and self._left:
                yield self._read_things(self._file)
        except (OSError, BrokenLine) as error:
            raise self._set_aside(str(error)) from error
        finally:
            self.close()

    @property
    def read_to_end(self) -> bool:
        """Whether every Thing that the header promised was read."""
        return self._left == 0

    def close(self) -> None:
        """Stop reading; may be called twice."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _read_first(self, file: BinaryIO) -> FirstPart:
        file.seek(-min(len(END_LINE), file.seek(0, 2)), 2)
        if file.read() != END_LINE:
            raise BrokenLine("it was not written to its end")
        file.seek(0)
        header = self._own(decode_line(HEADER_PLACE, file.readline(), Header))
        self._left, self._place = header.count, FIRST_THINGS_PLACE
        lists = decode_line(LISTS_PLACE, file.readline(), SmallLists)
        return FirstPart(header, lists, self._read_things(file) if header.count else ())

    def _own(self, header: Header) -> Header:
        if header.format != FORMAT:
            raise BrokenLine(f"it has format {header.format}, and this is format {FORMAT}")
        if header.identity != self.identity.fingerprint:
            raise BrokenLine(f"it is of another account: {header.profile} at {header.base_url}")
        return header

    def _read_things(self, file: BinaryIO) -> tuple[Thing, ...]:
        things = decode_things(self._place, file.readline())
        self._place += 1
        self._left -= len(things)
        if not things or self._left < 0:
            raise BrokenLine("it holds another number of Things than it says")
        return things

    def _set_aside(self, why: str) -> SnapshotSetAside:
        self.close()
        try:
            where = f"It was kept as {set_aside(self.path)}."
        except OSError as error:
            where = f"It could not be moved away: {error.strerror}."
        return SnapshotSetAside(
            "The saved fleet cannot be used",
            f"{self.path.name}: {why}",
            f"{where} It is loaded anew",
        )
