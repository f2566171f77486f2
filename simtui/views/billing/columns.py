"""The columns of a bill, by what its rows are and how much room there is."""

from __future__ import annotations

from typing import Final

from simtui.views.billing.sorts import SORTS
from simtui.views.billing.words import View
from simtui.views.cell import Column

WIDE_FROM: Final = 110
ROOMY_FROM: Final = 60
"""Below that only what a row is and what it costs has room."""

_TITLES: Final = {"lines": "WHAT", "groups": "GROUP", "things": "THING", "days": "DAY"}


def bill_columns(view: View, width: int, *, is_open: bool = False) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells; amounts are in the currency of the bill."""
    if width < ROOMY_FROM:
        return (_name(view, 12), _right("amount", "AMOUNT", 11))
    if view == "lines":
        return (
            _name(view, 18),
            _right("quantity", "QUANTITY", 16),
            Column("unit", "UNIT", 6),
            _right("price", "UNIT PRICE", 11),
            _right("amount", "AMOUNT", 12),
        )
    wide, days = width >= WIDE_FROM, view == "days"
    end = is_open and not days
    return (
        _name(view, 12),
        Column("bar", "SHARE" if not days else "", 20 if wide else 10 if days else 6),
        *((_column("group", "GROUP", 14),) if wide and view == "things" else ()),
        _right("data", "DATA MB", 13),
        _right("sms", "SMS", 5),
        *((_right("fee", "SUBSCR.", 9),) if wide or days or not end else ()),
        _right("amount", "AMOUNT", 10),
        *((_right("end", "≈ AT END", 10),) if end else ()),
    )


def compared_columns(view: View, width: int, this: str, other: str) -> tuple[Column, ...]:
    """Two cycles side by side."""
    narrow = width < ROOMY_FROM
    return (
        _name(view, 11),
        *(() if narrow else (_right("other", other, 12),)),
        _right("amount", this, 10 if narrow else 12),
        _right("difference", "DIFFERENCE", 11 if narrow else 12),
        *(() if narrow else (_right("percent", "CHANGE", 9),)),
    )


def _name(view: View, width: int) -> Column:
    return Column("name", _TITLES[view], width, flex=True, sort_key=SORTS["name"][0])


def _right(key: str, title: str, width: int) -> Column:
    return _column(key, title, width, right=True)


def _column(key: str, title: str, width: int, *, right: bool = False) -> Column:
    letter = SORTS[key][0] if key in SORTS else ""
    return Column(key, title, width, "right" if right else "left", sort_key=letter)
