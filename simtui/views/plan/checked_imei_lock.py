"""What an IMEI lock is to be bound to: a device, or a model of devices (contract §9)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.models.action import SetImeiLock
from simtui.views.identity import check_imei
from simtui.views.plan.wording import named, thing_name

_TAC = re.compile(r"[0-9]{8}")


def checked_imei(text: str) -> str:
    """An IMEI of 15 digits; an IMEISV becomes one. Raises ``UsageError``."""
    checked = check_imei(text)
    if not checked.ok or not checked.value:
        raise UsageError(
            f"“{named(text)}” is not an IMEI",
            checked.reason,
            "Dial *#06# on the device, or look at the IMEI history of the Thing",
        )
    return checked.value


def checked_tac(text: str) -> str:
    """A Type Allocation Code of 8 digits. Raises ``UsageError``."""
    if not _TAC.fullmatch(text):
        raise UsageError(
            f"“{named(text)}” is not a TAC",
            "A Type Allocation Code has exactly 8 digits",
            "It is the first 8 digits of the IMEI",
        )
    return text


def checked_imei_lock(action: SetImeiLock, things: Sequence[Thing]) -> SetImeiLock:
    """The lock with its numbers checked; without any it is bound to the present device.

    Raises:
        UsageError: a number is wrong, or the present device of one Thing is not known, or
            the present device of several Things is meant.
    """
    if not action.enabled:
        return SetImeiLock(False)
    imei = None if action.imei is None else checked_imei(action.imei)
    tac = None if action.tac is None else checked_tac(action.tac)
    if imei is None and tac is None:
        imei = _present_imei(things)
    return SetImeiLock(True, imei, tac)


def _present_imei(things: Sequence[Thing]) -> str | None:
    if not things:
        return None
    if len(things) > 1:
        raise UsageError(
            "The present device is another one for each Thing",
            f"{len(things):,} Things are selected",
            "Lock them one at a time, or all of them to one model by its TAC (8 digits)",
        )
    (thing,) = things
    if not thing.imei:
        raise UsageError(
            f"The present device of {thing_name(thing)} is not known",
            "The SIM was not seen in any device yet",
            "Give the IMEI or the TAC",
        )
    return checked_imei(thing.imei)
