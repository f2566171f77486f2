"""Who carries the sessions: operators and cells in NL, BE and LU (contract §3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from simtui.sandbox.records import SessionRecord
from simtui.sandbox.sessions import Cell

OPERATORS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "NL": (("204", "08", "KPN"),),
    "BE": (("206", "01", "Proximus"), ("206", "10", "Orange Belgium"), ("206", "20", "BASE")),
    "LU": (("270", "01", "POST Luxembourg"), ("270", "77", "Tango"), ("270", "99", "Orange LU")),
}

OUT_OF_COVERAGE = Cell("LTE", "262", "01", "Telekom Deutschland", "DE", "26201884", "40112")
"""A cell across the border: no country of the product's coverage."""

MOST_CELLS = 300
_RATS = ("GSM", "UMTS", "LTE", "LTE_M")


def make_cells(random: Random, things: int) -> dict[tuple[str, str], list[Cell]]:
    """Cells by country and radio technology; Things share these objects."""
    each = min(MOST_CELLS, 5 + things // 20)
    return {
        (country, rat): [any_cell(random, country, rat) for _ in range(each)]
        for country in OPERATORS
        for rat in _RATS
    }


def any_cell(random: Random, country: str = "NL", rat: str = "LTE_M") -> Cell:
    """A cell somewhere in a country, for a device that attaches for the first time."""
    mcc, mnc, operator = random.choice(OPERATORS[country])
    site = random.randrange(20_000, 900_000)
    area = random.randrange(1_000, 65_000)
    return Cell(rat, mcc, mnc, operator, country, str(site * 256 + random.randrange(6)), str(area))


def cell_of(session: SessionRecord | None) -> Cell | None:
    """Where a session was, so that the next one can be there too."""
    if session is None or session.mcc is None:
        return None
    return Cell(
        rat=session.rat or "LTE",
        mcc=session.mcc,
        mnc=session.mnc or "",
        operator_name=session.operator_name or "",
        country=session.country or "",
        cell_id=session.cell_id or "",
        area_code=session.area_code or "",
    )
