"""What it may use: its services, and its data limit (EXT)."""

from __future__ import annotations

from typing import Final

from simtui.models import DataQuota, Service, Thing
from simtui.models.action import SetServices
from simtui.views.ages import age, age_ago, moment_text, utc_text
from simtui.views.amounts import bytes_text
from simtui.views.detail.end_reasons import end_reason_text
from simtui.views.plan.wording import listed
from simtui.views.why.evidence import Evidence
from simtui.views.why.presence import presence_of
from simtui.views.why.rung import Remedy, Rung, RungName, unknown

USED_UP: Final = frozenset({"QUOTA_EXHAUSTED", "MONTHLY_USAGE_LIMIT_EXCEEDED"})
BARRED: Final = "DATA_SERVICE_BARRED"


def judge_services(evidence: Evidence) -> Rung:
    """DATA has to be allowed, and the data limit not be reached."""
    thing = evidence.thing.value
    if thing is None:
        return unknown(RungName.SERVICES, evidence.thing.missing, waiting=evidence.thing.waiting)
    if thing.allowed_services is not None and Service.DATA not in thing.allowed_services:
        return _barred(evidence, thing)
    if thing.allowed_services is None:
        return unknown(RungName.SERVICES, "Its allowed services are not told")
    return _limited(evidence, thing)


def _barred(evidence: Evidence, thing: Thing) -> Rung:
    allowed = thing.allowed_services or ()
    told = f"only {listed(allowed)}" if allowed else "none at all"
    wanted = tuple(one for one in Service.ALL if one in (*allowed, Service.DATA))
    return Rung(
        RungName.SERVICES,
        "FAIL",
        f"DATA is not among its allowed services: {told}",
        (f"Its settings were last changed {moment_text(thing.modified_at, evidence.now)}",),
        evidence.thing.read_at,
        f"data is not allowed for it: its services are {told}",
        remedy=Remedy("Allow DATA", SetServices(wanted)),
    )


def _limited(evidence: Evidence, thing: Thing) -> Rung:
    quota, presence = evidence.quota.value, presence_of(evidence)
    reason = presence.reason if presence is not None else None
    facts = _facts(evidence, quota, thing)
    if quota is not None and _is_used_up(quota):
        used = bytes_text(quota.data_limit_bytes)
        return _used_up(evidence, f"its data limit of {used} is used up", facts, quota)
    if reason in USED_UP and quota is None:
        return _used_up(evidence, end_reason_text(reason), facts, None)
    if quota is not None:
        found = f"DATA is allowed; {_limit_text(quota)}"
        return Rung(RungName.SERVICES, "PASS", found, facts, quota.as_of or evidence.quota.read_at)
    if presence is not None and presence.online:
        found = "DATA is allowed, and no limit stops it: it is online"
        return Rung(RungName.SERVICES, "PASS", found, facts, evidence.thing.read_at)
    found = f"DATA is allowed; whether a limit is reached is not known: {evidence.quota.missing}"
    if evidence.quota.waiting:
        found = "DATA is allowed; the data limit is being asked for"
    return unknown(RungName.SERVICES, found, *facts, waiting=evidence.quota.waiting)


def _is_used_up(quota: DataQuota) -> bool:
    limit, used = quota.data_limit_bytes, quota.data_used_bytes
    return limit is not None and used is not None and used >= limit


def _used_up(
    evidence: Evidence, cause: str, facts: tuple[str, ...], quota: DataQuota | None
) -> Rung:
    until = quota.resets_at if quota is not None else None
    wait = f"wait until {utc_text(until)} ({age(until, evidence.now)})" if until else "wait"
    words = f"Have its limit raised, or {wait} for the next cycle"
    as_of = (quota.as_of if quota else None) or evidence.quota.read_at or evidence.sessions.read_at
    found = f"{cause[0].upper()}{cause[1:]}"
    return Rung(RungName.SERVICES, "FAIL", found, facts, as_of, cause, remedy=Remedy(words))


def _limit_text(quota: DataQuota) -> str:
    if quota.data_limit_bytes is None:
        return "no data limit is told"
    return f"{bytes_text(quota.data_used_bytes)} of {bytes_text(quota.data_limit_bytes)} used"


def _facts(evidence: Evidence, quota: DataQuota | None, thing: Thing) -> tuple[str, ...]:
    facts = [f"Allowed services: {listed(thing.allowed_services or ()) or 'none'}"]
    if quota is not None:
        facts.append(f"Data limit: {_limit_text(quota)}")
        facts.append(f"The limit is as of {age_ago(quota.as_of, evidence.now)}")
    use = thing.usage_cycle
    if use is not None:
        facts.append(f"Used in this cycle: {bytes_text(use.data_bytes)}")
    return tuple(facts)
