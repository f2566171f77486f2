"""Numbers and names as the sentences of a plan say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from simtui.models import Thing
from simtui.views.ages import utc_text
from simtui.views.amounts import count_text
from simtui.views.text import clean

NAME_LIMIT: Final = 64
"""Characters kept of a name inside a sentence, as many as the API allows (contract §3.1)."""

_LISTED: Final = 5


def things_text(count: int) -> str:
    """``no Things``, ``1 Thing``, ``1,482 Things``."""
    if count == 0:
        return "no Things"
    return f"{count_text(count)} {plural(count, 'Thing', 'Things')}"


def plural(count: int, one: str, many: str) -> str:
    """The word that goes with ``count``."""
    return one if count == 1 else many


def thing_name(thing: Thing) -> str:
    """What a Thing is called: its name, or its ICCID when it has none."""
    return named(thing.name.strip() or thing.iccid)


def named(text: str) -> str:
    """A name from outside, safe inside a sentence."""
    return clean(text, NAME_LIMIT)


def listed(texts: Iterable[str]) -> str:
    """``a, b, c``; a long list ends in how many more there are."""
    every = [named(text) for text in texts]
    more = len(every) - _LISTED
    shown = ", ".join(every[:_LISTED])
    return f"{shown} and {count_text(more)} more" if more > 0 else shown


def day_text(moment: datetime | None, time_zone: str | None) -> str:
    """``1 Dec 2026``: the day that begins at ``moment`` where ``time_zone`` (IANA) is kept.

    With its time when it is no midnight there; in UTC when the zone is not known here.
    """
    try:
        zone = ZoneInfo(time_zone or "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = None
    if moment is None or zone is None:
        return utc_text(moment)
    local = moment.astimezone(zone)
    clock = "" if local.time() == time() else f" {local:%H:%M}"
    return f"{local.day} {local:%b %Y}{clock}"
