"""Where the service works: the Netherlands, Belgium and Luxembourg (contract §3.2)."""

from __future__ import annotations

from typing import Final

COVERED: Final = {"204": "NL", "206": "BE", "270": "LU"}
"""Mobile country codes of the coverage and their countries."""

COUNTRIES: Final = {"204": "Netherlands", "206": "Belgium", "270": "Luxembourg"}
"""The same in words."""
RADIO: Final = "2G, 3G, 4G and LTE-M"
RADIO_PLANNED: Final = "NB-IoT"


def is_covered(mcc: str | None) -> bool:
    """Whether a mobile country code is inside the coverage; so is one that nobody tells."""
    return not mcc or mcc in COVERED


def place_text(mcc: str | None, country: str | None = None) -> str:
    """The country with its code, and in words when it is out of coverage; unclean, may be empty."""
    if not mcc:
        return country or ""
    place = f"{country or COVERED.get(mcc) or 'MCC'} {mcc}"
    return place if is_covered(mcc) else f"{place}, OUT OF COVERAGE"
