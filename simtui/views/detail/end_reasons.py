"""Why a session ended, in sentences (contract §3.2, ``endReason``)."""

from __future__ import annotations

from typing import Final

from simtui.views.text import clean

END_REASONS: Final = {
    "NORMAL": "ended normally",
    "IMSI_NOT_FOUND": "the network does not know this IMSI",
    "APN_NOT_AUTHORIZED": "the APN set in the device is not allowed",
    "PDN_NOT_SUPPORTED": "the device asked for a connection type that is not offered",
    "IMEI_LOCK_BREACHED": "the SIM sits in a device that its IMEI lock forbids",
    "QUOTA_EXHAUSTED": "its data quota is used up",
    "MONTHLY_USAGE_LIMIT_EXCEEDED": "its monthly usage limit is reached",
    "DATA_SERVICE_BARRED": "data is not among its allowed services",
    "INACTIVITY_TIMER_EXPIRED": "nothing was sent for too long",
    "RAT_NOT_ALLOWED": "the radio technology is not allowed here",
    "IP_POOL_EXHAUSTED": "its pool has no free address",
    "STATE_NOT_ACTIVE": "the Thing is not active",
}

HARMLESS: Final = frozenset({"NORMAL", "INACTIVITY_TIMER_EXPIRED"})
"""Reasons that are nobody's fault."""


def end_reason_text(reason: str | None) -> str:
    """The reason in words; one that the contract does not name as it is, empty for None."""
    if not reason:
        return ""
    return END_REASONS.get(reason) or clean(reason, 80)
