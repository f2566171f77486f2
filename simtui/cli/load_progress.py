"""How far a long load is, on a terminal's last line."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from simtui.store.entry import Progress
from simtui.store.queries import FleetQuery
from simtui.store.store import Store

_EVERY_SECONDS: Final = 0.2
_CLEAR_LINE: Final = "\r\x1b[K"


@asynccontextmanager
async def load_progress(store: Store) -> AsyncIterator[None]:
    """Tell on stderr how many Things have come, if somebody looks at it."""
    if not sys.stderr.isatty():
        yield
        return
    telling = asyncio.create_task(_tell(store))
    try:
        yield
    finally:
        telling.cancel()
        sys.stderr.write(_CLEAR_LINE)
        sys.stderr.flush()


def progress_text(progress: Progress) -> str:
    """``12,000 of 100,000 Things``."""
    total = f" of {progress.total:,}" if progress.total is not None else ""
    return f"{progress.loaded:,}{total} Things"


async def _tell(store: Store) -> None:
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        progress = store.entry(FleetQuery()).progress
        if progress is not None:
            sys.stderr.write(_CLEAR_LINE + progress_text(progress))
            sys.stderr.flush()
