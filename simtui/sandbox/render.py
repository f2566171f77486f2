"""Things, sessions and jobs as the wire spells them (contract §3.1, §3.2, §3.11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from simtui.sandbox.cycles import cycle_at
from simtui.sandbox.records import (
    ImeiSeen,
    JobItem,
    JobRecord,
    SessionRecord,
    StateChange,
    ThingRecord,
)
from simtui.sandbox.world import World

Body: TypeAlias = "dict[str, Any]"

APN = "iot.programmable"
"""The one shared APN of the product (contract §3.4)."""


def thing_renderer(world: World, now: datetime) -> Callable[[ThingRecord], Body]:
    """A renderer for many Things of one answer."""
    cycle = cycle_at(now, world.time_zone).cycle_id
    return lambda thing: _thing(thing, cycle)


def thing_view(world: World, thing: ThingRecord, now: datetime) -> Body:
    """One Thing (contract §3.1)."""
    return _thing(thing, cycle_at(now, world.time_zone).cycle_id)


def _thing(thing: ThingRecord, cycle: str) -> Body:
    return {
        "thingId": thing.thing_id,
        "iccid": thing.iccid,
        "imsi": thing.imsi,
        "name": thing.name,
        "description": thing.description,
        "state": thing.state,
        "stateChangedAt": thing.state_changed_at or thing.created_at,
        "pendingState": thing.pending_state,
        "thingsGroupId": thing.group_id,
        "tags": thing.tags,
        "allowedServices": thing.allowed_services,
        "ip": {
            "address": thing.ip_address,
            "poolId": thing.ip_pool_id,
            "allocation": "LOCKED" if thing.ip_locked else "DYNAMIC",
            "leaseExpiresAt": None if thing.ip_locked else thing.lease_expires_at,
        },
        "imei": thing.imei,
        "imeisv": thing.imei_sv,
        "previousImei": thing.previous_imei,
        "imeiChangedAt": thing.imei_changed_at,
        "imeiLock": {
            "enabled": thing.imei_lock_enabled,
            "imei": thing.imei_lock_imei,
            "tac": thing.imei_lock_tac,
        },
        "lastSeenAt": thing.last_seen_at,
        "session": _session_summary(thing),
        "usageCycle": {
            "cycleId": cycle,
            "dataBytes": thing.data_bytes,
            "smsMt": thing.sms_mt,
            "smsMo": thing.sms_mo,
            "asOf": thing.as_of or thing.created_at,
        },
        "lastLocation": _last_location(thing),
        "createdAt": thing.created_at,
        "modifiedAt": thing.modified_at or thing.created_at,
        "version": thing.version,
    }


def _session_summary(thing: ThingRecord) -> Body | None:
    session = thing.session
    if session is None:
        return None
    return {
        "state": session.state,
        "since": session.since,
        "asOf": thing.as_of or session.since,
    }


def _last_location(thing: ThingRecord) -> Body | None:
    session = thing.session
    if session is None or session.mcc is None or session.cell_id is None:
        return None
    return {
        "at": thing.last_seen_at or session.since,
        "mcc": session.mcc,
        "mnc": session.mnc,
        "cellId": session.cell_id,
        **_area(session),
        "lat": None,
        "lon": None,
        "accuracyM": None,
    }


def _area(session: SessionRecord) -> Body:
    """The area code under its name: LAC in GSM and UMTS, TAC in LTE."""
    is_lte = session.rat in ("LTE", "LTE_M", "NB_IOT")
    return {
        "lac": None if is_lte else session.area_code,
        "tac": session.area_code if is_lte else None,
    }


def session_view(thing: ThingRecord, session: SessionRecord) -> Body:
    """A session in full (contract §3.2), the current one or one of the past."""
    return {
        "sessionId": session.session_id,
        "state": session.state,
        "since": session.since,
        "asOf": session.ended_at or thing.as_of or session.since,
        "endedAt": session.ended_at,
        "endReason": session.end_reason,
        "apn": APN,
        "ipAddress": session.ip_address,
        "imei": session.imei,
        "imeisv": thing.imei_sv if session.imei == thing.imei else None,
        "imsi": thing.imsi,
        "rat": session.rat,
        "mcc": session.mcc,
        "mnc": session.mnc,
        "operatorName": session.operator_name,
        "country": session.country,
        "cellId": session.cell_id,
        **_area(session),
        "bytesUp": session.bytes_up,
        "bytesDown": session.bytes_down,
    }


def state_change_view(change: StateChange) -> Body:
    """One line of the state history."""
    return {
        "at": change.at,
        "from": change.from_state,
        "to": change.to_state,
        "by": change.by,
        "reason": change.reason,
    }


def imei_view(seen: ImeiSeen) -> Body:
    """One line of the IMEI history; the TAC is the first eight digits (contract §9)."""
    return {
        "imei": seen.imei,
        "tac": seen.imei[:8],
        "firstSeenAt": seen.first_seen_at,
        "lastSeenAt": seen.last_seen_at,
        "sessions": seen.sessions,
    }


def job_view(job: JobRecord) -> Body:
    """A job with its counters (contract §3.11)."""
    outcomes = Counter(item.outcome for item in job.items)
    return {
        "jobId": job.job_id,
        "type": job.type,
        "status": job.status,
        "total": job.total,
        "succeeded": outcomes["OK"],
        "failed": outcomes["FAILED"],
        "skipped": outcomes["SKIPPED"],
        "createdBy": job.created_by,
        "createdAt": job.created_at,
        "startedAt": job.started_at,
        "finishedAt": job.finished_at,
        "clientReference": job.client_reference,
        "resultPath": f"/jobs/{job.job_id}/result" if job.finished_at else None,
    }


def job_item_view(item: JobItem) -> Body:
    """What became of one target; ids only where the target is a Thing."""
    view: Body = {
        "outcome": item.outcome,
        "name": item.name,
        "message": item.message,
        "before": item.before,
        "after": item.after,
    }
    if item.thing_id is not None:
        view["thingId"] = item.thing_id
    if item.iccid is not None:
        view["iccid"] = item.iccid
    return view
