"""What messages cost, where the account's bill tells the price of one (contract §3.9)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from simtui.models import BillingReport
from simtui.models.billing import Kind
from simtui.views.plan.wording import named


class Price(NamedTuple):
    """The price of one segment to a Thing, as the bill writes it."""

    unit_price: str
    currency: str


def price_of(report: BillingReport) -> Price | None:
    """The price of a segment to a Thing; None when the bill has no line that tells it."""
    prices = (line.unit_price for line in report.lines if line.kind == Kind.SMS_MT)
    told = next((price for price in prices if price), None)
    return Price(named(told), named(report.currency)) if told else None


def price_text(price: Price, segments: int) -> str:
    """``0.0450 EUR a segment, 21.6900 EUR in all``; exact, nothing is rounded."""
    currency = named(price.currency)
    each = f"{named(price.unit_price)} {currency} a segment"
    try:
        total = Decimal(price.unit_price) * segments
    except ArithmeticError:
        return each
    return f"{each}, {total} {currency} in all" if total.is_finite() else each
