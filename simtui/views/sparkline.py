"""A row of bars in one line of text."""

from __future__ import annotations

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float]) -> str:
    """One bar a value, the largest the highest; what is not zero never looks like zero."""
    most = max(values, default=0.0)
    if most <= 0:
        return _BARS[0] * len(values)
    steps = len(_BARS) - 1
    return "".join(
        _BARS[max(round(value / most * steps), 1) if value > 0 else 0] for value in values
    )
