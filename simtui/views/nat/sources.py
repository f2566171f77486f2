"""Who may come in by a NAT rule (contract §3.6, ``allowedSources``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simtui.views.amounts import NOTHING, count_text
from simtui.views.fields.cidr import network_or_none
from simtui.views.plan.wording import named

_WIDE_BELOW: Final = 8
"""A prefix shorter than this is a good part of the Internet."""


def openness(sources: Sequence[str]) -> str:
    """How far a rule is open, as a part of a sentence; empty when its sources are narrow.

    ``open to the whole Internet``, ``open to 64.0.0.0/3, a good part of the Internet``.
    """
    networks = [one for one in map(network_or_none, sources) if one is not None]
    widest = min(networks, key=lambda one: one.prefixlen, default=None)
    if widest is None or widest.prefixlen >= _WIDE_BELOW:
        return ""
    if widest.prefixlen == 0:
        return "open to the whole Internet"
    return f"open to {widest}, a good part of the Internet"


def sources_text(sources: Sequence[str]) -> str:
    """The sources in a few cells: the only one, ``all``, or how many there are."""
    if not sources:
        return NOTHING
    if any(source == "0.0.0.0/0" for source in sources):
        return "all"
    return named(sources[0]) if len(sources) == 1 else f"{count_text(len(sources))} nets"
