"""What the two top lines and an empty list say about the fleet."""

from __future__ import annotations

from datetime import timedelta

from textual.content import Content

from simtui.errors import SimtuiError, Unreachable
from simtui.models.quota import Quota
from simtui.store.entry import Entry
from simtui.store.fleet import Fleet
from simtui.store.quota_pace import FULL_PACE, Pace
from simtui.ui.paint import nothing_here
from simtui.views.ages import STEP_SECONDS, duration, utc_clock
from simtui.views.amounts import count_text
from simtui.views.cell import Tone
from simtui.views.status_line import Status
from simtui.views.text import clean

QUOTA_WARNS_AT = 0.8
QUOTA_STOPS_AT = 0.95
_LONGEST_REASON = 600
"""Characters of an error that an empty list has room for."""


def age_text(age: timedelta | None) -> str:
    """The age of what is shown: ``now``, ``20s ago``, ``3m ago``."""
    if age is None:
        return ""
    seconds = age.total_seconds()
    return "now" if seconds < STEP_SECONDS else f"{duration(seconds)} ago"


def connection_text(error: SimtuiError | None) -> str:
    """One word for why what is shown is not the present."""
    if error is None:
        return ""
    return "offline" if isinstance(error, Unreachable) else "error"


def progress_text(entry: Entry[Fleet]) -> str:
    """How far a load is, while it runs."""
    if not entry.loading or entry.progress is None or entry.progress.total is None:
        return "loading" if entry.loading and not entry.value else ""
    loaded, total = entry.progress.loaded, entry.progress.total
    return f"loading {count_text(loaded)}/{count_text(total)}" if loaded < total else ""


def counts_text(shown: int, total: int) -> str:
    """How many rows there are, of how many Things."""
    return count_text(total) if shown == total else f"{count_text(shown)} of {count_text(total)}"


def quota_texts(quota: Quota | None) -> tuple[str, Tone]:
    """``quota 17/1000`` with the tone that the share of it deserves (contract §1.2)."""
    if quota is None or quota.limit is None or quota.used is None:
        return "", "dim"
    share = quota.share or 0.0
    tone: Tone = "bad" if share >= QUOTA_STOPS_AT else "warn" if share >= QUOTA_WARNS_AT else "dim"
    return f"quota {quota.used}/{quota.limit}", tone


def watching_text(pace: Pace) -> str:
    """``watching 1/4 until 04:00Z``, ``not watching until 04:00Z``; empty at full pace.

    At an unknown reset it goes on a while after the last answer, so no moment can be said.
    """
    if pace.stretch == 1.0:
        return ""
    said = "not watching" if pace.stretch is None else f"watching 1/{pace.stretch:.0f}"
    return f"{said} until {utc_clock(pace.until)}" if pace.until is not None else said


def fleet_status(
    profile: str,
    crumbs: tuple[str, ...],
    entry: Entry[Fleet],
    age: timedelta | None,
    quota: Quota | None,
    *,
    pace: Pace = FULL_PACE,
    marked: int = 0,
    counts: str = "",
    troubles: int = 0,
    read_only: bool = False,
) -> Status:
    """The top line of a page that shows the fleet or one of its Things."""
    quota_text, quota_tone = quota_texts(quota)
    return Status(
        profile=clean(profile),
        crumbs=tuple(clean(crumb) for crumb in crumbs),
        marked=f"{count_text(marked)} marked" if marked else "",
        counts=counts,
        troubles=f"{count_text(troubles)} ✗" if troubles else "",
        progress=progress_text(entry),
        age=age_text(age),
        connection=connection_text(entry.error),
        watching=watching_text(pace),
        quota=quota_text,
        quota_tone=quota_tone,
        read_only=read_only,
    )


def why_empty(entry: Entry[Fleet], filter_text: str, total: int) -> Content:
    """What stands in an empty list: why it is empty and what to do about it."""
    if entry.value is not None and total and filter_text:
        return nothing_here("No Thing passes this filter.", "esc clears it, / changes it.")
    if entry.error is not None:
        why = clean(str(entry.error), limit=_LONGEST_REASON)
        return nothing_here(
            "The fleet could not be loaded.", f"{why}\n\nr tries again now, ! shows all."
        )
    if entry.value is None or entry.loading or entry.stale:
        return nothing_here("Loading the fleet …", "Rows appear as soon as the first page is here.")
    return nothing_here(
        "This account has no Things.",
        "Order SIM cards in the vendor's portal; they appear here as PROVISIONED.",
    )
