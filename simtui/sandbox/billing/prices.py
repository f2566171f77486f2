"""The price list, and how a line of a report is worked out (contract §3.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

BYTES_PER_MB = 1_000_000
"""Contract §1, Bytes."""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Price:
    """What one ``unit`` of something costs; ``total`` is where its lines are summed up."""

    unit: str
    unit_price: Decimal
    total: str


PRICES: Mapping[str, Price] = {
    "SUBSCRIPTION": Price("THING", Decimal("0.9500"), "SUBSCRIPTION"),
    "DATA": Price("MB", Decimal("0.0500"), "DATA"),
    "SMS_MT": Price("SMS", Decimal("0.0450"), "SMS"),
    "SMS_MO": Price("SMS", Decimal("0.0200"), "SMS"),
}


def megabytes(count: int) -> Decimal:
    """Bytes as exact MB with six decimals."""
    return Decimal(count).scaleb(-6)


def amount_of(quantity: Decimal, unit_price: Decimal) -> Decimal:
    """A line's amount: quantity times price, half a cent rounded up."""
    return (quantity * unit_price).quantize(_CENT, ROUND_HALF_UP)


def report_line(kind: str, count: int, place: Mapping[str, str]) -> dict[str, Any]:
    """A line for ``count`` bytes, messages or Things; ``place`` says whose or when."""
    price = PRICES[kind]
    quantity = megabytes(count) if price.unit == "MB" else Decimal(count)
    return {
        "kind": kind,
        "unit": price.unit,
        "quantity": f"{quantity:f}",
        "unitPrice": str(price.unit_price),
        "amount": str(amount_of(quantity, price.unit_price)),
        **place,
    }


def totals_of(lines: list[dict[str, Any]]) -> dict[str, str]:
    """The sums of the lines' amounts by what they are for, and of all of them."""
    totals = {price.total: Decimal("0.00") for price in PRICES.values()}
    for line in lines:
        totals[PRICES[line["kind"]].total] += Decimal(line["amount"])
    totals["net"] = sum(totals.values(), Decimal("0.00"))
    return {name: str(amount) for name, amount in totals.items()}
