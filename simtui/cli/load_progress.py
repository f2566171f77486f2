"""How far a long load is, on a terminal's last line."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from simtui.cli.progress_line import progress_line
from simtui.store.entry import Progress
from simtui.store.queries import FleetQuery
from simtui.store.store import Store


def load_progress(store: Store) -> AbstractAsyncContextManager[None]:
    """Tell on stderr how many Things have come, if somebody looks at it."""

    def text() -> str:
        progress = store.entry(FleetQuery()).progress
        return progress_text(progress) if progress is not None else ""

    return progress_line(text)


def progress_text(progress: Progress) -> str:
    """``12,000 of 100,000 Things``."""
    total = f" of {progress.total:,}" if progress.total is not None else ""
    return f"{progress.loaded:,}{total} Things"
