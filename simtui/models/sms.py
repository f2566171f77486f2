"""An SMS between the platform and a Thing (contract §3.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sms:
    """One message: ``MT`` to the Thing, ``MO`` from it."""

    sms_id: str
    text: str
    thing_id: str | None = None
    direction: str = "MT"
    sender: str | None = None
    encoding: str | None = None
    segments: int | None = None
    status: str = "QUEUED"
    validity_minutes: int | None = None
    submitted_at: datetime | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    expires_at: datetime | None = None
    attempts: int | None = None
    error_code: str | None = None
    error_message: str | None = None
    client_reference: str | None = None
    created_by: str | None = None
