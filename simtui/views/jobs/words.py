"""What a job is and how it stands, as a glyph and words: colour is never the only signal."""

from __future__ import annotations

from typing import Final

from simtui.models import Job, JobStatus
from simtui.models.bulk import REHEARSAL
from simtui.models.journal import JournalEntry
from simtui.views.cell import Cell, Tone
from simtui.views.journal.words import title_text
from simtui.views.text import clean

_STATUSES: Final[dict[str, tuple[str, str, Tone]]] = {
    JobStatus.QUEUED: ("◌", "queued", ""),
    JobStatus.RUNNING: ("◍", "running", "accent"),
    JobStatus.COMPLETED: ("✓", "done", "ok"),
    JobStatus.COMPLETED_WITH_ERRORS: ("!", "errors", "bad"),
    JobStatus.FAILED: ("✗", "failed", "bad"),
    JobStatus.CANCELLED: ("⊘", "cancelled", "warn"),
}

_TYPES: Final = {
    "SET_STATE": "Set state",
    "STATE": "Set state",
    "MOVE_TO_GROUP": "Move",
    "ADD_TAGS": "Add tags",
    "REMOVE_TAGS": "Remove tags",
    "SET_ALLOWED_SERVICES": "Set services",
    "LOCK_IP": "Lock IPs",
    "UNLOCK_IP": "Unlock IPs",
    "SEND_SMS": "Send SMS",
    "SET_IMEI_LOCK": "IMEI lock",
    "CONNECTION_RESET": "Connection reset",
    "REPORT": "Billing report",
    "TUNNEL": "IPsec tunnel",
    "PING": "Ping",
}
"""The types of contract §3.11 and §6."""


def status_cell(job: Job) -> Cell:
    """``◍ running``, ``✓ done``; a status that the contract does not know as it is."""
    glyph, word, tone = _STATUSES.get(job.status, ("?", clean(job.status, 40).lower(), "warn"))
    return Cell(f"{glyph} {word}", tone)


def status_words(job: Job) -> str:
    """The status within a sentence."""
    if job.status == JobStatus.COMPLETED_WITH_ERRORS:
        return "ended with errors"
    return status_cell(job).text[2:]


def is_rehearsal(job: Job) -> bool:
    """Whether it changed nothing: a dry run, from here or from another simtui."""
    return job.client_reference == REHEARSAL


def job_title(job: Job, entry: JournalEntry | None) -> str:
    """What it does: as it was confirmed when it was started from here, else by its type."""
    if entry is not None:
        return title_text(entry.intent)
    title = _TYPES.get(job.type) or clean(job.type, 40)
    return f"Dry run: {title}" if is_rehearsal(job) else title
