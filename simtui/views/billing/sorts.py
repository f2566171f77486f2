"""The columns of a bill that sort; the first frame knows them, and nothing else of bills."""

from __future__ import annotations

from typing import Final

SORTS: Final = {
    "name": ("N", "name"),
    "amount": ("A", "amount"),
    "data": ("C", "data"),
    "sms": ("Q", "number of SMS"),
    "fee": ("F", "subscriptions"),
    "group": ("R", "group"),
    "end": ("E", "estimate"),
    "difference": ("D", "difference"),
}
"""The letter, as in the Thing list where it has the same column, and the words."""
