"""Binding a SIM to a device or to a model of devices (contract §3.1, EXT)."""

from __future__ import annotations

from simtui.models import ImeiLock, Thing
from simtui.models.action import SetImeiLock
from simtui.views.identity import tac_of
from simtui.views.plan.field_texts import imei_lock_text
from simtui.views.plan.verdict import Already, Changes, Facts, Judge, Verdict
from simtui.views.plan.wording import named


def judge_imei_lock(action: SetImeiLock, facts: Facts) -> Judge:
    """The lock as a whole; says which present device it would shut out."""
    wanted = ImeiLock(action.enabled, action.imei, action.tac)

    def judge(thing: Thing) -> Verdict:
        if thing.imei_lock == wanted:
            return Already(f"its IMEI lock is {imei_lock_text(wanted)} already")
        before = imei_lock_text(thing.imei_lock)
        return Changes(before, imei_lock_text(wanted), _shut_out(wanted, thing.imei))

    return judge


def _shut_out(lock: ImeiLock, imei: str | None) -> str:
    if not lock.enabled or not imei:
        return ""
    fits = lock.imei in (None, imei) and lock.tac in (None, tac_of(imei))
    return "" if fits else f"its present device {named(imei)} would be shut out"
