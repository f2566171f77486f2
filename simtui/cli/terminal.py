"""Whether there is a terminal to draw on."""

from __future__ import annotations

import sys

from simtui.errors import UsageError


def require_terminal() -> None:
    """Raise ``UsageError`` unless somebody sits in front of this run."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The app needs a terminal",
            "Its input or its output is a file or a pipe",
            "To print the fleet, use simtui things",
        )
