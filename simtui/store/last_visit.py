"""When a profile was last looked at: a small file beside its journal."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from simtui.clock import Clock, SystemClock
from simtui.paths import Paths
from simtui.private_file import write_private

NOTED_EVERY: Final = timedelta(minutes=3)
"""How much of a visit is lost when its program is killed."""
_LONGEST: Final = 64
"""Bytes of a file that can be one of these."""


def visit_file(paths: Paths, profile_name: str) -> Path:
    """Where it is kept for a profile."""
    return paths.state_dir / f"{profile_name}.visit"


class LastVisit:
    """``previous`` is when the visit before this one ended; None when there was none.

    Without a ``path`` nothing is kept. A file that cannot be read or written costs a
    remark about what is new, so that nobody is bothered with it.
    """

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._noted: datetime | None = None
        self.previous = _read(path) if path is not None else None

    def keep(self) -> None:
        """The fleet is looked at as it is now; noted, unless that was done a moment ago."""
        if self._noted is None or self._clock.now() - self._noted >= NOTED_EVERY:
            self._note()

    def end(self) -> None:
        """The visit is over; one that never saw the fleet as it was then does not count."""
        if self._noted is not None:
            self._note()

    def _note(self) -> None:
        self._noted = self._clock.now()
        if self._path is not None:
            with suppress(OSError):
                write_private(self._path, self._noted.isoformat().encode("ascii") + b"\n")


def nothing_kept() -> LastVisit:
    """Of a demo nothing is kept, so that each visit is the first."""
    return LastVisit(None, SystemClock())


def _read(path: Path) -> datetime | None:
    try:
        with path.open("rb") as file:
            moment = datetime.fromisoformat(file.read(_LONGEST).decode("ascii").strip())
    except (OSError, ValueError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else None
