"""What a Thing used in the open billing cycle."""

from __future__ import annotations

from simtui.models import Thing


def data_bytes(thing: Thing) -> int | None:
    """Bytes of the cycle so far, None when unknown."""
    return thing.usage_cycle.data_bytes if thing.usage_cycle else None


def sms_count(thing: Thing) -> int | None:
    """SMS of the cycle so far, both directions together; None when neither is known."""
    usage = thing.usage_cycle
    if usage is None or (usage.sms_mt is None and usage.sms_mo is None):
        return None
    return (usage.sms_mt or 0) + (usage.sms_mo or 0)
