"""What is going on, on a terminal's last line, as long as it goes on."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

_EVERY_SECONDS: Final = 0.2
_CLEAR_LINE: Final = "\r\x1b[K"


@asynccontextmanager
async def progress_line(text: Callable[[], str]) -> AsyncIterator[None]:
    """Show ``text()`` on stderr again and again, if somebody looks at it.

    The text is safe to print; the line is empty again when the context ends.
    """
    if not sys.stderr.isatty():
        yield
        return
    telling = asyncio.create_task(_tell(text))
    try:
        yield
    finally:
        telling.cancel()
        sys.stderr.write(_CLEAR_LINE)
        sys.stderr.flush()


async def _tell(text: Callable[[], str]) -> None:
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        if now := text():
            sys.stderr.write(_CLEAR_LINE + now)
            sys.stderr.flush()
