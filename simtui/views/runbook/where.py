"""Where a SIM was, and whether the service works there (contract §3.2)."""

from __future__ import annotations

from typing import Final

from simtui.views.text import clean
from simtui.views.things.coverage import is_covered, place_text

NOT_KNOWN: Final = "not known"
OUTSIDE: Final = "outside NL, BE and LU"
"""Said of what is not where the service works."""


def coverage_text(mcc: str | None, country: str | None = None) -> str:
    """``NL 204``, ``DE 262, outside NL, BE and LU``."""
    if not mcc and not country:
        return NOT_KNOWN
    if is_covered(mcc):
        return clean(place_text(mcc, country), 80)
    return f"{clean(country or 'MCC', 40)} {clean(mcc or '', 8)}, {OUTSIDE}"
