"""Changes of device as sentences: for a ticket, and for whoever comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from simtui.views.ages import moment_text, short_moment, utc_text
from simtui.views.amounts import NOTHING, count_text
from simtui.views.identity import tac_of
from simtui.views.imei.changes import ImeiChange, LockState
from simtui.views.text import clean
from simtui.views.things.coverage import place_text

LOCKS: Final = {
    LockState.OFF: "off: the SIM may sit in any device",
    LockState.KEPT: "on, and the device is one that it allows",
    LockState.BREACHED: "on, and the device is one that it does not allow",
    LockState.UNKNOWN: "not known",
}
MODELS: Final = {True: "of the same model", False: "of another model", None: "model unknown"}


def imei_ticket(change: ImeiChange, now: datetime) -> str:
    """What a colleague needs to go on: which SIM, which devices, when and where."""
    thing = change.thing
    lines = [
        f"SIM {clean(thing.iccid, 40)} ({clean(thing.name) or NOTHING}) is in another device",
        f"Noticed {moment_text(change.at, now)}",
        f"Old device {_device(thing.previous_imei)}",
        f"New device {_device(thing.imei)}, {MODELS[change.same_model]}",
        _place(change, now),
        f"IMEI lock {LOCKS[change.lock]}",
        f"Looked up {utc_text(now)}",
    ]
    return "\n".join(lines)


def since_text(count: int, since: datetime) -> str:
    """``3 SIM cards changed their device since 21 Nov 18:02Z``."""
    whose = "SIM card changed its" if count == 1 else "SIM cards changed their"
    return f"{count_text(count)} {whose} device since {short_moment(since)}"


def _device(imei: str | None) -> str:
    return f"{clean(imei, 40)} (TAC {clean(tac_of(imei), 8)})" if imei else NOTHING


def _place(change: ImeiChange, now: datetime) -> str:
    place = change.thing.last_location
    if place is None:
        return "Place not known"
    where = clean(place_text(place.mcc)) or "country not known"
    network = f", MNC {clean(place.mnc, 8)}" if place.mnc else ""
    cell = f", cell {clean(place.cell_id, 40)}" if place.cell_id else ""
    return f"Last seen in {where}{network}{cell}, {moment_text(place.at, now)}"
