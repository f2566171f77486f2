"""Runs of runbooks as files: one a run, which only its owner may read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from simtui.models.runbook import Run
from simtui.paths import Paths
from simtui.private_file import write_private

FORMAT: Final = 1
_SUFFIX: Final = ".run.json"


@dataclass(frozen=True, slots=True)
class _Document:
    format: int
    endpoint: str
    run: Run


def runs_folder(paths: Paths, profile: str) -> Path:
    """Where the runs of a profile are."""
    return paths.state_dir / f"{profile}.runs"


def file_name(run_id: str) -> str:
    """The name of a run's file."""
    return f"{run_id}{_SUFFIX}"


def write_run(file: Path, endpoint: str, run: Run) -> None:
    """Write a run of the account ``endpoint``, whole or not at all. Raises ``OSError``."""
    write_private(file, msgspec.json.encode(_Document(FORMAT, endpoint, run)))


def read_runs(folder: Path, endpoint: str) -> tuple[tuple[Run, ...], tuple[Path, ...]]:
    """The runs of an account, and the files that cannot be made out."""
    found: list[Run] = []
    damaged: list[Path] = []
    for file in sorted(folder.glob(f"*{_SUFFIX}")) if folder.is_dir() else ():
        document = _read(file)
        if document is None:
            damaged.append(file)
        elif document.endpoint == endpoint:
            found.append(document.run)
    return tuple(found), tuple(damaged)


def _read(file: Path) -> _Document | None:
    with suppress(OSError, RecursionError, msgspec.MsgspecError):
        document = msgspec.json.decode(file.read_bytes(), type=_Document)
        run = document.run
        whole = bool(run.things and run.steps) and file.name == file_name(run.run_id)
        aware = all(moment.tzinfo is not None for moment in _moments(run))
        if document.format == FORMAT and whole and aware:
            return document
    return None


def _moments(run: Run) -> Iterator[datetime]:
    steps = (moment for step in run.steps for moment in (step.begun, step.ended, step.until))
    for moment in (run.begun, run.changed, run.looked_at, *steps):
        if moment is not None:
            yield moment
