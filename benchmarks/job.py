"""What a section is to measure, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simtui.store.snapshot import SnapshotFile, SnapshotIdentity

PROFILE = "env"
"""What simtui calls a profile that only the environment knows."""
NOBODY = "http://127.0.0.1:9/api"
"""An address where nothing listens: a start must not wait for it."""
CLIENT_ID = "bench"


@dataclass(frozen=True, slots=True)
class Job:
    """A fleet of ``things`` at the replay server on ``port``; ``folder`` is for files.

    ``repeats`` is how often an action is done of which the median counts.
    """

    things: int
    port: int
    folder: Path
    repeats: int = 9

    @property
    def snapshot(self) -> SnapshotFile:
        """The snapshot that the first section leaves for the others."""
        identity = SnapshotIdentity(PROFILE, NOBODY, CLIENT_ID)
        return SnapshotFile(self.folder / "cache" / f"{PROFILE}.snapshot", identity)
