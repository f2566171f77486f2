"""Data sessions begin and end here, whoever causes it (contract §3.2).

The life of the world, a connection reset and the control path all use these two
functions, so that leases, the IMEI history and the ages always agree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from simtui.sandbox.addressing import lease_address
from simtui.sandbox.events import log_event
from simtui.sandbox.histories import see_imei
from simtui.sandbox.past_sessions import session_history
from simtui.sandbox.records import SessionRecord, ThingRecord
from simtui.sandbox.world import World

PAST_SESSIONS_KEPT = 50
OPEN_STATES = frozenset({"ONLINE", "ATTACHED", "BLOCKED"})


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a device attaches: radio technology, operator and cell."""

    rat: str
    mcc: str
    mnc: str
    operator_name: str
    country: str
    cell_id: str
    area_code: str


def start_session(
    world: World, thing: ThingRecord, now: datetime, cell: Cell, imei: str | None = None
) -> SessionRecord:
    """Let a Thing attach at a cell, in the device ``imei`` (default: the last one).

    The session is ONLINE, BLOCKED when a rule forbids it, or only ATTACHED when the
    pool has no address left; ``end_reason`` says why. A running session ends first.
    """
    end_session(world, thing, now)
    device = imei or thing.imei
    if device is not None:
        attach_device(world, thing, device, now)
    state, reason, address = _admit(world, thing, now)
    session = SessionRecord(
        session_id=world.new_id("s"),
        state=state,
        since=now,
        ip_address=address,
        imei=device,
        rat=cell.rat,
        mcc=cell.mcc,
        mnc=cell.mnc,
        operator_name=cell.operator_name,
        country=cell.country,
        cell_id=cell.cell_id,
        area_code=cell.area_code,
        end_reason=reason,
    )
    thing.session = session
    notice(world, thing, now)
    return session


def end_session(
    world: World, thing: ThingRecord, now: datetime, reason: str = "NORMAL"
) -> SessionRecord | None:
    """Close a Thing's session, if it has one, and keep it among the past ones.

    The Thing is OFFLINE from ``now``. Its address stays leased until the lease ends.
    """
    session = thing.session
    if session is None or session.state not in OPEN_STATES:
        return None
    past = replace(session, ended_at=now, end_reason=session.end_reason or reason)
    thing.past_sessions = (*session_history(thing), past)[-PAST_SESSIONS_KEPT:]
    thing.session = replace(
        session, session_id=world.new_id("s"), state="OFFLINE", since=now, ip_address=None
    )
    notice(world, thing, now)
    return past


def notice(world: World, thing: ThingRecord, now: datetime) -> None:
    """The platform heard of a Thing: its session's state is known as of now."""
    thing.last_seen_at = now
    thing.as_of = now
    world.revision += 1


def attach_device(world: World, thing: ThingRecord, imei: str, now: datetime) -> None:
    """Note the device a SIM attaches in; another one than last time is an event."""
    before = thing.imei
    see_imei(thing, imei, now)
    if before is not None and before != imei:
        message = f"The SIM moved from device {before} to {imei}"
        log_event(world, now, "WARNING", "IMEI_CHANGED", message, thing.thing_id)


def _admit(world: World, thing: ThingRecord, now: datetime) -> tuple[str, str | None, str | None]:
    """Decide (state, reason, address) of a new session."""
    refusal = _refusal(thing)
    if refusal is not None:
        return "BLOCKED", refusal, None
    address = lease_address(world, thing, now)
    if address is None:
        message = "No address was left in the IP pools of its network"
        log_event(world, now, "CRITICAL", "IP_POOL_EXHAUSTED", message, thing.thing_id)
        return "ATTACHED", "IP_POOL_EXHAUSTED", None
    return "ONLINE", None, address


def _refusal(thing: ThingRecord) -> str | None:
    """Why a Thing gets no data session, by the names of contract §3.2."""
    if thing.state != "ACTIVE":
        return "STATE_NOT_ACTIVE"
    if "DATA" not in thing.allowed_services:
        return "DATA_SERVICE_BARRED"
    if thing.imei_lock_enabled and not _may_be_in(thing):
        return "IMEI_LOCK_BREACHED"
    if thing.data_limit_bytes is not None and thing.data_bytes >= thing.data_limit_bytes:
        return "MONTHLY_USAGE_LIMIT_EXCEEDED"
    return None


def _may_be_in(thing: ThingRecord) -> bool:
    """Whether the IMEI lock lets the SIM work in the device it is in."""
    if thing.imei is None:
        return True
    if thing.imei_lock_imei is not None:
        return thing.imei == thing.imei_lock_imei
    return thing.imei_lock_tac is None or thing.imei.startswith(thing.imei_lock_tac)
