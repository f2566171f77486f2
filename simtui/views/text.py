"""Text that is safe to print, and that fits.

Names come from other people. Textual hands ESC, C1, NUL and bidirectional controls
from a name straight to the terminal, so every text from outside goes through
``clean()`` before it reaches a widget or a pipe.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from rich.cells import cell_len, get_character_cell_size, split_text

DEFAULT_LIMIT = 512
"""Characters kept of a text that names no limit of its own."""

MAX_MARKS = 4
"""Combining marks kept in a row; more would climb over the lines above."""

_ELLIPSIS = "…"
_BASE = "◌"
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Characters that a terminal acts on or that hide in a text (design §6)."""
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def clean(text: str, limit: int = DEFAULT_LIMIT) -> str:
    """``text`` as one harmless line of at most ``limit`` characters.

    Controls, bidirectional and invisible format characters, tag characters and lone
    surrogates become a visible ``\\x1b`` or ``\\u202e``. Combining marks are capped at
    four in a row, and one without a letter of its own stands on ``◌``. Variation
    selectors are dropped, because terminals disagree about the width they make.
    Composed forms are used (contract §9: NFC). What is cut ends in ``…``.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    safe = text[: limit + 1]
    if not safe.isascii():
        safe = _tame_marks(unicodedata.normalize("NFC", _VARIATION.sub("", safe)))
    safe = UNSAFE.sub(_escaped, safe)
    if len(safe) > limit or len(text) > limit:
        return safe[: max(limit - 1, 0)] + _ELLIPSIS
    return safe


def cell_width(text: str) -> int:
    """How many terminal cells ``text`` takes: 2 for most of CJK and emoji, 0 for marks."""
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """``text`` in exactly ``width`` cells: padded, or cut with ``…`` at the right.

    A wide character that would be cut in half gives way to a blank.
    """
    if width <= 0:
        return ""
    used = cell_width(text)
    if used > width:
        text = split_text(text, width - 1)[0] + _ELLIPSIS
        used = width
    padding = " " * (width - used)
    return padding + text if align == "right" else text + padding


def _escaped(match: re.Match[str]) -> str:
    return _visible(match[0])


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _tame_marks(text: str) -> str:
    """Cap runs of combining marks; show other characters that have no width."""
    tamed: list[str] = []
    run = -1  # marks since the last base; -1: there is no base to stand on
    for character in text:
        if UNSAFE.match(character):
            run = -1
        elif get_character_cell_size(character):
            run = 0
        elif not unicodedata.category(character).startswith("M"):
            character = _visible(character)
            run = -1
        elif run >= MAX_MARKS:
            continue
        else:
            if run < 0:
                tamed.append(_BASE)
            run = max(run, 0) + 1
        tamed.append(character)
    return "".join(tamed)
