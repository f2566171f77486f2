"""What is said of edits that are not saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from simtui.views.ages import age_ago
from simtui.views.plan.wording import plural


class Kept(Protocol):
    """An unsaved edit, as the store keeps it."""

    @property
    def title(self) -> str:
        """What it is an edit of."""

    @property
    def at(self) -> datetime:
        """When it was changed last."""

    @property
    def version(self) -> int:
        """The version that it began at."""

    @property
    def steps(self) -> int:
        """How many steps it took; 0 when that is not counted."""


def kept_text(title: str) -> str:
    """What is said when an edit is left without saving."""
    return f"Kept unsaved: {title} · :drafts"


def restored_text(draft: Kept, version: int, now: datetime) -> str:
    """What is said over an edit that is back."""
    text = f"Your unsaved edit from {age_ago(draft.at, now)} is back."
    if draft.version != version:
        return f"{text} It was changed on the server since: compare before you save."
    return text


def offered_text(drafts: Sequence[Kept], now: datetime) -> str:
    """What is said at the start of edits that an earlier run has left."""
    first = f"{drafts[0].title} ({draft_note(drafts[0], now)})"
    if len(drafts) == 1:
        return f"Not saved yet: {first} · U goes on with it"
    return f"{len(drafts)} edits are not saved yet, the latest {first} · U shows them"


def draft_note(draft: Kept, now: datetime) -> str:
    """Its size and age, beside its title."""
    count = draft.steps
    steps = f"{count} {plural(count, 'step', 'steps')} · " if count else ""
    return f"{steps}{age_ago(draft.at, now)}"
