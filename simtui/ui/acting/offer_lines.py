"""Offers as lines of a list, with what they stand for in a column of its own."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from simtui.views.forms.field import Choice
from simtui.views.text import cell_width, clean, fit

_NAME_WIDTH = 40


def offer_lines(offers: Sequence[Choice]) -> list[Content]:
    """One line an offer; nothing in the texts is taken for markup."""
    names = [clean(offer.text) for offer in offers]
    widest = min(max(map(cell_width, names), default=0), _NAME_WIDTH)
    return [
        Content.assemble(
            (fit(name, max(widest, cell_width(name) if not offer.note else 0)), "bold"),
            (f"  {clean(offer.note)}", "$text-muted"),
        ).rstrip()
        for name, offer in zip(names, offers, strict=True)
    ]
