"""How a message stands, as a glyph and words: colour is never the only signal (contract §3.8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from simtui.models import Sms, SmsStatus
from simtui.views.ages import age_ago, duration
from simtui.views.cell import Cell, Tone
from simtui.views.plan.wording import named, plural
from simtui.views.text import clean

_STATUSES: Final[Mapping[str, tuple[str, str, Tone]]] = {
    SmsStatus.QUEUED: ("◌", "queued", ""),
    SmsStatus.SENT: ("◍", "sent", "accent"),
    SmsStatus.DELIVERED: ("✓", "delivered", "ok"),
    SmsStatus.FAILED: ("✗", "failed", "bad"),
    SmsStatus.EXPIRED: ("✗", "expired", "warn"),
    SmsStatus.CANCELLED: ("⊘", "cancelled", "dim"),
    SmsStatus.RECEIVED: ("←", "received", "strong"),
}

_REASONS: Final[Mapping[str, str]] = {
    "ABSENT_SUBSCRIBER": "the device is not registered with any network",
    "MEMORY_CAPACITY_EXCEEDED": "the device has no room for another message: delete some on it",
    "UNKNOWN_SUBSCRIBER": "the serving network does not know the SIM",
    "FACILITY_NOT_SUPPORTED": "the serving network cannot deliver SMS",
    "EQUIPMENT_PROTOCOL_ERROR": "the device did not answer as the protocol wants",
    "SYSTEM_FAILURE": "the serving network failed",
    "TELESERVICE_NOT_PROVISIONED": "SMS is not provisioned for this SIM",
}
"""The errors of the network, in words (3GPP TS 29.002)."""


def status_cell(sms: Sms) -> Cell:
    """``✓ delivered``; a status that the contract does not know as it is, behind ``?``."""
    glyph, word, tone = _STATUSES.get(sms.status, ("?", clean(sms.status, 20).lower(), "warn"))
    return Cell(f"{glyph} {word}", tone)


def status_word(status: str) -> str:
    """The word alone."""
    return _STATUSES[status][1] if status in _STATUSES else clean(status, 20).lower()


def status_tone(status: str) -> Tone:
    """What the status means."""
    return _STATUSES[status][2] if status in _STATUSES else "warn"


def reason_text(sms: Sms) -> str:
    """Why it did not arrive, or not yet, in words; empty when nothing is told."""
    known = _REASONS.get(sms.error_code or "", "")
    told = clean(sms.error_message or sms.error_code or "", 200)
    return known or told


def progress_text(sms: Sms, now: datetime) -> str:
    """What is known of its way: ``buffered until the device attaches, 3 tries, for 23h more``."""
    if sms.status == SmsStatus.QUEUED:
        return "waits at the platform; x cancels it"
    if sms.status == SmsStatus.SENT:
        return ", ".join(_on_its_way(sms, now))
    if sms.status == SmsStatus.DELIVERED:
        return _delivered(sms)
    if sms.status in SmsStatus.UNDELIVERED:
        return ": ".join(part for part in (_tries(sms), reason_text(sms)) if part)
    return ""


def _on_its_way(sms: Sms, now: datetime) -> list[str]:
    buffered = bool(sms.error_code)
    parts = ["buffered until the device attaches" if buffered else "on its way to the device"]
    if tries := _tries(sms):
        parts.append(tries)
    if sms.expires_at is not None and sms.expires_at > now:
        parts.append(f"expires in {duration((sms.expires_at - now).total_seconds())}")
    return parts


def _delivered(sms: Sms) -> str:
    if sms.submitted_at is None or sms.delivered_at is None:
        return ""
    seconds = max((sms.delivered_at - sms.submitted_at).total_seconds(), 0)
    took = f"{seconds:.0f}s" if seconds < 60 else duration(seconds)
    return f"after {took}"


def _tries(sms: Sms) -> str:
    if not sms.attempts:
        return ""
    return f"{sms.attempts} {plural(sms.attempts, 'try', 'tries')}"


def detail_text(sms: Sms, now: datetime, again: Sms | None = None) -> str:
    """All that is known of a message, in sentences; ``again`` is the one that it repeats, as
    far as that is known."""
    head = f"{status_cell(sms).text} {age_ago(sms.submitted_at, now)}"
    parts = [
        f"{head}: “{clean(sms.text, 2000)}”",
        _sentence(progress_text(sms, now)),
        _size_text(sms),
    ]
    if sms.sender:
        parts.append(f"From {named(sms.sender)}.")
    if sms.created_by:
        parts.append(f"By {named(sms.created_by)}.")
    if sms.again_of:
        which = f"the one of {age_ago(again.submitted_at, now)}" if again else "an earlier one"
        parts.append(f"Again, after {which} ({named(sms.again_of)}).")
    return " ".join(part for part in parts if part)


def _size_text(sms: Sms) -> str:
    if sms.segments is None:
        return ""
    encoding = {"GSM7": "GSM-7", "UCS2": "UCS-2"}.get(sms.encoding or "", clean(sms.encoding or ""))
    count = f"{sms.segments} {plural(sms.segments, 'segment', 'segments')}"
    return f"{count}, {encoding}." if encoding else f"{count}."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
