"""The IMEI lock, and a change of device (contract §3.1, EXT)."""

from __future__ import annotations

from typing import Final

from simtui.models import Thing
from simtui.models.action import SetImeiLock
from simtui.views.ages import age_ago, moment_text
from simtui.views.amounts import NOTHING
from simtui.views.identity import tac_of
from simtui.views.imei.changes import LockState, lock_state
from simtui.views.text import clean
from simtui.views.why.evidence import Evidence
from simtui.views.why.presence import presence_of
from simtui.views.why.rung import Remedy, Rung, RungName, unknown

BREACHED: Final = "IMEI_LOCK_BREACHED"


def judge_device(evidence: Evidence) -> Rung:
    """The SIM has to sit in a device that its lock allows."""
    thing = evidence.thing.value
    if thing is None:
        return unknown(RungName.IMEI, evidence.thing.missing, waiting=evidence.thing.waiting)
    facts, state = _facts(evidence, thing), lock_state(thing.imei_lock, thing.imei)
    presence = presence_of(evidence)
    refused = presence is not None and presence.reason == BREACHED and not presence.online
    if state == LockState.BREACHED or (refused and state == LockState.UNKNOWN):
        return _breached(evidence, thing, facts)
    as_of = evidence.thing.read_at
    moved = _moved(evidence, thing)
    if state == LockState.OFF:
        return Rung(RungName.IMEI, "PASS", f"Not locked to a device{moved}", facts, as_of)
    if state == LockState.KEPT:
        return Rung(RungName.IMEI, "PASS", f"In the device it is locked to{moved}", facts, as_of)
    return unknown(RungName.IMEI, f"Whether its IMEI lock holds is not told{moved}", *facts)


def _breached(evidence: Evidence, thing: Thing, facts: tuple[str, ...]) -> Rung:
    when = age_ago(thing.imei_changed_at, evidence.now)
    since = f"; it moved there {when}" if thing.imei_changed_at else ""
    return Rung(
        RungName.IMEI,
        "FAIL",
        f"It sits in another device than its lock allows{since}",
        facts,
        evidence.thing.read_at,
        f"the SIM sits in a device that its IMEI lock does not allow{since}",
        remedy=_remedy(thing),
    )


def _remedy(thing: Thing) -> Remedy:
    """Nothing but a look says whether the change was meant, so the words come first."""
    lock = thing.imei_lock
    words = "Put the SIM back; if the change was meant, lock it to the new device"
    if not thing.imei or lock is None:
        return Remedy("Put the SIM back, or change the lock if the change was meant")
    if lock.tac and not lock.imei:
        return Remedy(words, SetImeiLock(True, tac=tac_of(thing.imei)))
    return Remedy(words, SetImeiLock(True, imei=thing.imei))


def _moved(evidence: Evidence, thing: Thing) -> str:
    if thing.imei_changed_at is None:
        return ""
    return f"; it moved to another device {age_ago(thing.imei_changed_at, evidence.now)}"


def _facts(evidence: Evidence, thing: Thing) -> tuple[str, ...]:
    lock = thing.imei_lock
    allowed = NOTHING
    if lock is not None:
        only = lock.imei or (f"TAC {lock.tac}" if lock.tac else "")
        allowed = f"only {clean(only, 40)}" if lock.enabled and only else "any device"
    return (
        f"Device now: {clean(thing.imei or NOTHING, 40)}",
        f"Device before: {clean(thing.previous_imei or NOTHING, 40)}",
        f"Changed {moment_text(thing.imei_changed_at, evidence.now)}",
        f"The lock allows {allowed}",
    )
