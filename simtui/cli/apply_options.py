"""Options of ``simtui apply`` that are for some actions only."""

from __future__ import annotations

from simtui.errors import UsageError


def out_of_place(option: str, why: str) -> UsageError:
    """What to raise for an option that the action does not have."""
    return UsageError(f"{option} means nothing here", why, "See simtui apply --help")
