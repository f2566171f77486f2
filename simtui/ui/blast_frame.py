"""What stands over and below the table of the blast radius, and in it before the first look."""

from __future__ import annotations

from typing import Final

from simtui.ui.fleet_feed import FleetFeed
from simtui.views.text import clean

HEADS: Final = ("silent", "healthy", "scope")
MOST_FOOT: Final = 12
_FOOT_FROM: Final = ((34, MOST_FOOT), (22, 7), (16, 3))
"""From how many lines of terminal on how many are given to what stands below the table."""
HEADS_FROM: Final = 14


def foot_lines(height: int) -> int:
    """How many lines stand below the table on a terminal of that many."""
    return next((lines for least, lines in _FOOT_FROM if height >= least), 0)


def why_no_look(feed: FleetFeed) -> tuple[str, str]:
    """Why there is no result yet."""
    if feed.entry.value is None and feed.entry.error is not None:
        why = clean(str(feed.entry.error), limit=600)
        return "The fleet could not be loaded.", f"{why}\n\nr tries again now, ! shows all."
    if feed.entry.value is None:
        return "Loading the fleet …", "It is looked at as soon as the Things are here."
    return "Looking at the fleet …", "It takes less than a second for 100,000 Things."
