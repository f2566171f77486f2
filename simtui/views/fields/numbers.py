"""Whole numbers within limits."""

from __future__ import annotations

from simtui.errors import UsageError
from simtui.views.plan.wording import named


def parse_number(text: str, low: int, high: int, what: str) -> int:
    """A whole number from ``low`` to ``high``, which are not negative.

    ``what`` it is begins a sentence, with its unit if it has one: ``A metric``.

    Raises:
        UsageError: no number, or outside the limits.
    """
    trimmed = text.strip()
    rule = f"{what} is a whole number from {low} to {high}"
    if not (trimmed.isascii() and trimmed.isdigit()):
        title = f"“{named(trimmed)}” is not a number" if trimmed else "A number is missing"
        raise UsageError(title, rule, f"For example {low}")
    digits = trimmed.lstrip("0") or "0"
    if len(digits) > len(str(high)) or int(digits) > high:
        raise UsageError(f"{named(digits)} is too large", rule, f"At most {high}")
    if int(digits) < low:
        raise UsageError(f"{digits} is too small", rule, f"At least {low}")
    return int(digits)
