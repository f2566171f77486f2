"""How far an operation is, on a terminal's last line."""

from __future__ import annotations

from simtui.store.operation import Progress
from simtui.views.amounts import count_text


def progress_text(progress: Progress) -> str:
    """``120 of 482``, ``request 2 of 3: 120 of 482``."""
    part = f"request {progress.batch} of {progress.batches}: " if progress.batches > 1 else ""
    return part + _state(progress)


def _state(progress: Progress) -> str:
    if progress.unknown:
        return "the answer was lost; looking up what became of it"
    if progress.job is None:
        return "sent, waiting for the answer"
    total = progress.job.total
    of = f" of {count_text(total)}" if total is not None else ""
    return f"{count_text(progress.job.done)}{of}"
