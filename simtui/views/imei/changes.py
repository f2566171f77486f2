"""Which SIM cards changed their device: when, from which to which, and where as far as known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from simtui.models import ImeiLock, Thing
from simtui.views.identity import tac_of


class LockState:
    """What the IMEI lock has to say about the device that the SIM is in now."""

    OFF: Final = "off"
    KEPT: Final = "kept"
    BREACHED: Final = "breached"
    UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class ImeiChange:
    """The last change of device of one Thing."""

    thing: Thing
    at: datetime

    @property
    def same_model(self) -> bool | None:
        """Whether both devices are of one kind (TAC); None when one of them is not known."""
        old, new = self.thing.previous_imei, self.thing.imei
        return tac_of(old) == tac_of(new) if old and new else None

    @property
    def lock(self) -> str:
        """The `LockState`."""
        return lock_state(self.thing.imei_lock, self.thing.imei)


def imei_changes(things: Iterable[Thing], since: datetime | None = None) -> tuple[ImeiChange, ...]:
    """The Things that changed their device (after ``since``), the latest first."""
    found = [
        ImeiChange(thing, thing.imei_changed_at)
        for thing in things
        if thing.imei_changed_at is not None and (since is None or thing.imei_changed_at > since)
    ]
    return tuple(sorted(found, key=lambda change: (change.at, change.thing.iccid), reverse=True))


def lock_state(lock: ImeiLock | None, imei: str | None) -> str:
    """Whether a device is one that the lock lets the SIM work in."""
    if lock is None:
        return LockState.UNKNOWN
    if not lock.enabled:
        return LockState.OFF
    if not imei:
        return LockState.UNKNOWN
    if lock.imei:
        return LockState.KEPT if imei == lock.imei else LockState.BREACHED
    if lock.tac:
        return LockState.KEPT if tac_of(imei) == lock.tac else LockState.BREACHED
    return LockState.UNKNOWN
