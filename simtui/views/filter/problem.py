"""What to say when a filter is not understood, and where."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from simtui.errors import UsageError
from simtui.views.text import cell_width, clean

_LISTED = 28
_TOO_SHORT = 3


class FilterError(UsageError):
    """A filter that is not understood.

    ``position`` is the 0-based column of the first character that is wrong (the length
    of the text when something is missing at its end). ``expected`` says what would have
    been right there, ``suggestion`` what was probably meant (may be empty).
    """

    def __init__(
        self, title: str, position: int, expected: str, *, suggestion: str = "", hint: str = ""
    ) -> None:
        meant = f"Did you mean {suggestion}?" if suggestion else ""
        super().__init__(
            title,
            f"Column {position + 1}: expected {expected}",
            " ".join(part for part in (meant, hint) if part),
        )
        self.position = position
        self.expected = expected
        self.suggestion = suggestion


def caret(text: str, error: FilterError) -> tuple[str, str]:
    """The filter as it was typed, safe to print, and a line whose ``^`` is under the mistake."""
    before = cell_width(clean(text[: error.position], len(text) * 10 + 1))
    return clean(text, len(text) * 10 + 1), " " * before + "^"


def one_of(values: Sequence[str]) -> str:
    """``one of a, b, c``; a long list is cut and says how much longer it is."""
    shown = ", ".join(clean(value, 40) for value in values[:_LISTED])
    more = len(values) - _LISTED
    return f"one of {shown} and {more} more" if more > 0 else f"one of {shown}"


def nearest(typed: str, known: Iterable[str]) -> str:
    """The known word most like the one that was typed, empty when none is like it."""
    if len(typed) < _TOO_SHORT:
        return ""
    by_lower = {word.lower(): word for word in known}
    close = difflib.get_close_matches(typed.lower(), by_lower, n=1, cutoff=0.55)
    return clean(by_lower[close[0]], 40) if close else ""
