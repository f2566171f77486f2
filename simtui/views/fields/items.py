"""Several items on one line."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[\s,]+")


def parse_items(text: str) -> tuple[str, ...]:
    """The items between commas or blanks, each once, in the order they were typed."""
    return tuple(dict.fromkeys(item for item in _BETWEEN.split(text) if item))
