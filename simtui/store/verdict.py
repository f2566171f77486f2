"""What a lost answer turns out to be, for whoever waits for it."""

from __future__ import annotations

from simtui.errors import OutcomeUnknown, SimtuiError
from simtui.models.journal import JournalEntry, Outcome


def job_or_raise(entry: JournalEntry, lost: OutcomeUnknown) -> str | None:
    """The job of a write that was looked up, None when it was done without one.

    Raises:
        SimtuiError: when it turned out that it was not done.
        OutcomeUnknown: when it is still not known.
    """
    if entry.outcome == Outcome.UNKNOWN:
        raise lost
    if entry.outcome == Outcome.FAILED:
        raise SimtuiError(
            "It was not done", entry.detail, "Nothing was sent again; decide anew"
        ) from lost
    return entry.job_id
