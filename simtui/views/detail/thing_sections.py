"""Sections that the Thing's own record answers."""

from __future__ import annotations

from datetime import datetime

from simtui.models import ImeiLock, Thing
from simtui.views.ages import moment_text
from simtui.views.cell import Cell, Tone
from simtui.views.detail.section import Rows, Section, text_cell
from simtui.views.fleet_context import FleetContext
from simtui.views.identity import check_iccid, tac_of
from simtui.views.text import clean
from simtui.views.things.coverage import is_covered, place_text
from simtui.views.things.facts import iccid_cell, imei_cell, services_text
from simtui.views.things.troubles import troubles
from simtui.views.things.words import (
    address_cell,
    is_stale,
    session_state_cell,
    state_cell,
    state_name,
)

_SESSION_NOTE = "This fact is old: an attached or online state can stay for a day after power-off."


def troubles_section(thing: Thing, now: datetime) -> Section:
    """What is wrong with it, in sentences."""
    rows = tuple(("", Cell(f"! {one.sentence}", "bad")) for one in troubles(thing, now))
    return Section("Trouble", rows, "" if rows else "nothing known to be wrong")


def identity_section(thing: Thing) -> Section:
    """Name, ICCID, IMSI and id; a number that is not sound says why."""
    checked = check_iccid(thing.iccid)
    rows: Rows = (
        ("Name", text_cell(thing.name, "strong")),
        ("Description", text_cell(thing.description)),
        ("ICCID", iccid_cell(thing.iccid)),
        ("IMSI", text_cell(thing.imsi)),
        ("Id", text_cell(thing.thing_id)),
        ("Tags", text_cell(", ".join(thing.tags))),
    )
    return Section("Identity", rows, "" if checked.ok else f"ICCID: {checked.reason}")


def lifecycle_section(thing: Thing, now: datetime) -> Section:
    """State, since when, and what it is about to become (contract §4)."""
    state = state_cell(thing) if thing.pending_state is None else _pending(thing)
    rows: Rows = (
        ("State", state),
        ("Since", Cell(moment_text(thing.state_changed_at, now))),
        ("Created", Cell(moment_text(thing.created_at, now))),
        ("Modified", Cell(moment_text(thing.modified_at, now))),
        ("Version", Cell(str(thing.version))),
    )
    return Section("Lifecycle", rows)


def address_section(thing: Thing, now: datetime) -> Section:
    """The IP lease: address, whether locked, and until when."""
    if thing.ip is None or not thing.ip.address:
        return Section("IP lease", note="no address: it gets one with its next session")
    lease = thing.ip
    locked = "locked to this Thing" if lease.locked else clean(lease.allocation, 40).lower()
    until = "never" if lease.locked else moment_text(lease.lease_expires_at, now)
    rows: Rows = (
        ("Address", address_cell(lease)),
        ("Allocation", Cell(locked)),
        ("Expires", Cell(until)),
        ("Pool", text_cell(lease.pool_id)),
    )
    return Section("IP lease", rows)


def services_section(thing: Thing) -> Section:
    """What it may use; nothing allowed means all is blocked."""
    blocked = thing.allowed_services == ()
    words = Cell("all blocked", "bad") if blocked else Cell(services_text(thing.allowed_services))
    return Section("Services", (("Allowed", words),))


def device_section(thing: Thing, now: datetime) -> Section:
    """The device the SIM sits in, the one before, and the lock (EXT)."""
    changed = ("Changed", Cell(moment_text(thing.imei_changed_at, now)))
    rows: Rows = (
        ("IMEI", imei_cell(thing.imei)),
        ("TAC", text_cell(tac_of(thing.imei) if thing.imei else None)),
        ("IMEISV", text_cell(thing.imeisv)),
        ("Before", text_cell(thing.previous_imei)),
        *((changed,) if thing.imei_changed_at else ()),
        ("IMEI lock", _lock_cell(thing.imei_lock)),
    )
    return Section("Device", rows)


def session_summary_rows(thing: Thing, now: datetime) -> Rows:
    """What the list knows of the session, and when the Thing was last heard."""
    seen = ("Last seen", Cell(moment_text(thing.last_seen_at, now)))
    if thing.session is None:
        return (seen,)
    return (
        ("State", session_state_cell(thing.session.state)),
        ("Since", Cell(moment_text(thing.session.since, now))),
        ("As of", Cell(moment_text(thing.session.as_of, now))),
        seen,
    )


def session_summary_note(thing: Thing, now: datetime) -> str:
    """A warning when the state of the session is too old to be relied on."""
    if thing.session is None:
        return "the API does not tell the state of its session"
    return _SESSION_NOTE if is_stale(thing.session, now) else ""


def location_section(thing: Thing, now: datetime) -> Section:
    """Where the network last saw it (EXT); a foreign country is called out of coverage."""
    place = thing.last_location
    if place is None:
        return Section("Location", note="no location known")
    tone: Tone = "" if is_covered(place.mcc) else "bad"
    rows: list[tuple[str, Cell]] = [
        ("Country", text_cell(place_text(place.mcc), tone)),
        ("Network", text_cell(place.mnc and f"MNC {place.mnc}")),
        ("Cell", text_cell(place.cell_id)),
        ("As of", Cell(moment_text(place.at, now))),
    ]
    if place.lat is not None and place.lon is not None:
        around = f" (±{place.accuracy_m:.0f} m)" if place.accuracy_m is not None else ""
        rows.append(("Position", Cell(f"{place.lat:.5f}, {place.lon:.5f}{around}")))
    return Section("Location", tuple(rows))


def chain_section(thing: Thing, context: FleetContext) -> Section:
    """Group → network → IP profile: where its address and its firewall come from."""
    network = context.network_of(thing)
    profile = context.ip_profile_of(thing)
    rows: list[tuple[str, Cell]] = [
        ("Group", text_cell(context.group_name(thing))),
        ("→ Network", text_cell(context.network_name(thing))),
        ("→ IP profile", text_cell(context.ip_profile_name(thing))),
    ]
    if network:
        rows.insert(2, ("  APN", text_cell(network.apn.name if network.apn else None)))
    if profile:
        counts = f"{len(profile.inbound)} inbound, {len(profile.outbound)} outbound rules"
        rows.append(("  Rules", Cell(counts)))
    return Section("Group → network → IP profile", tuple(rows))


def _pending(thing: Thing) -> Cell:
    target = state_name(thing.pending_state or "")
    return Cell(f"◌ {state_name(thing.state)} → {target}, change in flight", "accent")


def _lock_cell(lock: ImeiLock | None) -> Cell:
    if lock is None:
        return text_cell(None)
    if not lock.enabled:
        return Cell("off: the SIM may sit in any device")
    if lock.imei:
        return Cell(f"on: only IMEI {clean(lock.imei, 40)}")
    return Cell(f"on: only TAC {clean(lock.tac, 40)}" if lock.tac else "on")
