"""What a person at the shell reads on stderr."""

from __future__ import annotations

import sys
from typing import Final

from simtui.errors import SimtuiError

_LONGEST: Final = 2_000


def print_error(error: SimtuiError) -> None:
    """Write ``simtui: title. detail. hint.``, safe for a terminal.

    The notes of the error follow, a line each; they are safe already.
    """
    print_remark(str(error))
    for note in getattr(error, "__notes__", ()):
        sys.stderr.write(f"{note}\n")


def print_remark(text: str) -> None:
    """Write a line, safe for a terminal, that is not part of what was asked for."""
    from simtui.views.text import clean

    sys.stderr.write(f"simtui: {clean(text, _LONGEST)}\n")
