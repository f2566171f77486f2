from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import pytest

from simtui.errors import CapabilityAbsent, SimtuiError, Unreachable
from simtui.models import (
    CycleUsage,
    Event,
    ImeiHistoryEntry,
    ImeiLock,
    IpLease,
    Location,
    Session,
    SessionSummary,
    Sms,
    StateHistoryEntry,
    UsagePoint,
)
from simtui.views.cell import Cell
from simtui.views.detail.end_reasons import end_reason_text
from simtui.views.detail.section import NOT_OFFERED, Section, offered
from simtui.views.detail.usage_section import usage_values
from simtui.views.fleet_context import FleetContext
from simtui.views.output.sections_text import section_lines
from simtui.views.text import UNSAFE
from simtui.views.thing_detail import ThingParts, thing_sections

T = TypeVar("T")


@dataclass(frozen=True)
class Known(Generic[T]):
    value: T | None = None
    error: SimtuiError | None = None


def section(title: str, sections: tuple[Section, ...]) -> Section:
    return next(one for one in sections if one.title.startswith(title))


def texts(part: Section) -> dict[str, str]:
    return {label: cell.text for label, cell in part.rows}


LOADED = ("Last sessions", "Last SMS", "Events", "IMEI history", "State history")


@pytest.mark.parametrize("title", LOADED)
def test_nothing_loaded_nothing_offered_and_nothing_there_are_different(
    title: str, make_thing: Any, context: FleetContext
) -> None:
    def note(known: Known[Any] | None) -> str:
        parts = ThingParts(
            sessions=known, sms=known, events=known, imei_history=known, state_history=known
        )
        part = section(title, thing_sections(make_thing(), context, parts))
        assert part.rows == ()
        return part.note

    assert note(None) == note(Known()) == "not loaded yet"
    assert note(Known(error=CapabilityAbsent("x"))) == "not offered by this API"
    assert note(Known(error=Unreachable("The API does not answer"))) == "The API does not answer"
    assert note(Known(())).startswith("no")
    behind = note(Known((), Unreachable("The API does not answer")))
    assert behind.startswith("no")
    assert behind.endswith("may be behind: The API does not answer")


def test_the_thing_itself_fills_its_sections(
    make_thing: Any, context: FleetContext, now: datetime
) -> None:
    thing = make_thing(
        name="pump-12",
        tags=("nl", "depot-7"),
        things_group_id="g1",
        ip=IpLease("10.0.4.17", "pool", "DYNAMIC", now + timedelta(hours=3)),
        imei="490154203237518",
        imei_lock=ImeiLock(True, tac="49015420"),
        allowed_services=("DATA", "SMS"),
        state_changed_at=now - timedelta(days=3),
        last_seen_at=now,
        usage_cycle=CycleUsage("2026-11", 18_734_012, 3, None, now),
    )
    sections = thing_sections(thing, context)
    assert section("Trouble", sections).note == "nothing known to be wrong"
    assert texts(section("Identity", sections))["Tags"] == "nl, depot-7"
    assert texts(section("Lifecycle", sections))["Since"] == "2026-11-19 03:12:05Z (3d ago)"
    assert texts(section("IP lease", sections))["Expires"] == "2026-11-22 06:12:05Z (in 3h)"
    assert texts(section("Services", sections))["Allowed"] == "data sms"
    assert texts(section("Device", sections))["TAC"] == "49015420"
    assert texts(section("Device", sections))["IMEI lock"] == "on: only TAC 49015420"
    chain = texts(section("Group", sections))
    assert chain == {
        "Group": "depot-7",
        "→ Network": "factory",
        "  APN": "jpu.m2m",
        "→ IP profile": "closed",
        "  Rules": "1 inbound, 0 outbound rules",
    }
    usage = texts(section("Usage", sections))
    assert usage["Data"] == "18.7 MB"
    assert usage["SMS"] == "3 to it, – from it"
    assert usage["Cycle"] == "2026-11, so far"


def test_a_bare_thing_says_what_is_missing(make_thing: Any, context: FleetContext) -> None:
    sections = thing_sections(make_thing(iccid="8931086200000000012"), context)
    assert "looked up as the start" in section("Identity", sections).note
    assert section("IP lease", sections).note.startswith("no address")
    assert section("Location", sections).note == "no location known"
    assert section("Usage", sections).note == (
        "no use of this cycle known; course of use: not loaded yet"
    )
    assert section("Session", sections).note == "the API does not tell the state of its session"
    assert texts(section("Device", sections))["IMEI"] == "–"
    assert section("Trouble", sections).rows[0][1].text.startswith("! Its ICCID")


def test_a_locked_address_never_expires(make_thing: Any, context: FleetContext) -> None:
    thing = make_thing(ip=IpLease("10.0.4.17", allocation="LOCKED"))
    lease = texts(section("IP lease", thing_sections(thing, context)))
    assert lease["Allocation"] == "locked to this Thing"
    assert lease["Expires"] == "never"


def test_a_pending_change_is_not_shown_as_done(make_thing: Any, context: FleetContext) -> None:
    thing = make_thing(pending_state="SUSPENDED")
    state = texts(section("Lifecycle", thing_sections(thing, context)))["State"]
    assert state == "◌ active → suspended, change in flight"


def test_a_country_out_of_coverage_is_called_so(
    make_thing: Any, context: FleetContext, now: datetime
) -> None:
    thing = make_thing(last_location=Location(now, mcc="262", mnc="01", lat=52.5, lon=13.4))
    session = Session("ONLINE", now, mcc="262", mnc="01", country="DE", rat="LTE_M")
    sections = thing_sections(thing, context, ThingParts(session=Known(session)))
    place = section("Location", sections)
    assert texts(place)["Country"] == "MCC 262, OUT OF COVERAGE"
    assert texts(place)["Position"] == "52.50000, 13.40000"
    now_open = section("Session", sections)
    assert texts(now_open)["Country"] == "DE 262, OUT OF COVERAGE"
    assert dict(now_open.rows)["Country"].tone == "bad"
    assert texts(now_open)["Radio"] == "LTE-M"


def test_an_old_session_is_shown_with_its_age_and_a_warning(
    make_thing: Any, context: FleetContext, now: datetime
) -> None:
    thing = make_thing(session=SessionSummary("ATTACHED", now, now - timedelta(hours=30)))
    absent = ThingParts(session=Known(error=CapabilityAbsent("x")))
    part = section("Session", thing_sections(thing, context, absent))
    assert texts(part)["As of"].endswith("(1d ago)")
    assert "This fact is old" in part.note
    assert "not offered" not in part.note


def test_ended_sessions_say_why_in_words(
    make_thing: Any, context: FleetContext, now: datetime
) -> None:
    start = now - timedelta(hours=5)
    sessions = (
        Session("OFFLINE", now, since=start, ended_at=start + timedelta(hours=2),
                end_reason="IMEI_LOCK_BREACHED", bytes_up=1000, bytes_down=2_000_000),
        Session("OFFLINE", now, since=start, ended_at=start, end_reason="NEW_REASON"),
        Session("ONLINE", now, since=now - timedelta(minutes=9)),
    )  # fmt: skip
    parts = ThingParts(sessions=Known(sessions))
    rows = section("Last sessions", thing_sections(make_thing(), context, parts)).rows
    assert rows[0][0] == "5h ago"
    assert rows[0][1] == (
        "2h long · ↑ 1.0 kB ↓ 2.0 MB · the SIM sits in a device that its IMEI lock forbids",
        "bad",
    )
    assert rows[1][1].text.endswith("NEW_REASON")
    assert rows[2][1].text.startswith("open for 9m")


def test_every_end_reason_of_the_contract_has_a_sentence() -> None:
    names = (
        *("IMSI_NOT_FOUND", "APN_NOT_AUTHORIZED", "PDN_NOT_SUPPORTED", "IMEI_LOCK_BREACHED"),
        *("QUOTA_EXHAUSTED", "MONTHLY_USAGE_LIMIT_EXCEEDED", "DATA_SERVICE_BARRED", "NORMAL"),
        *("INACTIVITY_TIMER_EXPIRED", "RAT_NOT_ALLOWED", "IP_POOL_EXHAUSTED", "STATE_NOT_ACTIVE"),
    )
    assert all(end_reason_text(name) != name for name in names)
    assert end_reason_text(None) == ""


def test_histories_are_lines_with_their_age(
    make_thing: Any, context: FleetContext, now: datetime
) -> None:
    at = now - timedelta(days=2)
    parts = ThingParts(
        state_history=Known([StateHistoryEntry("SUSPENDED", at, "ACTIVE", "anna", "INC-4711")]),
        imei_history=Known([ImeiHistoryEntry("490154203237518", "49015420", at, at, 1234)]),
        sms=Known([Sms("s", "reboot\n", status="FAILED", error_code="ABSENT_SUBSCRIBER",
                       submitted_at=at, attempts=3)]),
        events=Known([Event("e", "CRITICAL", "IMEI_CHANGED", at, message="moved")]),
    )  # fmt: skip
    sections = thing_sections(make_thing(), context, parts)
    assert section("State history", sections).rows == (
        ("2d ago", ("active → suspended by anna: INC-4711", "")),
    )
    assert section("IMEI history", sections).rows[0][1].text == (
        "490154203237518 · first seen 2d ago · sessions 1,234"
    )
    assert section("Last SMS", sections).rows[0][1] == (
        "→ failed, 3 tries (ABSENT_SUBSCRIBER): reboot\\x0a",
        "bad",
    )
    assert section("Events", sections).rows[0][1] == ("critical IMEI_CHANGED: moved", "bad")


def test_usage_is_drawn_oldest_first(make_thing: Any, context: FleetContext, now: datetime) -> None:
    points = (
        UsagePoint(now, bytes_up=1_000_000, bytes_down=2_000_000),
        UsagePoint(now - timedelta(hours=1), bytes_down=500_000),
        UsagePoint(now - timedelta(hours=2)),
    )
    assert usage_values(points) == (0.0, 500_000.0, 3_000_000.0)
    part = section("Usage", thing_sections(make_thing(), context, ThingParts(usage=Known(points))))
    assert texts(part)["Recent"] == "3.5 MB in 3 points"
    assert texts(part)["Busiest"] == "3.0 MB from 2026-11-22 03:12:05Z"


def test_the_detail_as_plain_text_carries_nothing_to_the_terminal(
    make_thing: Any, context: FleetContext
) -> None:
    evil = "\x1b]52;c;eA==\x07\u202e"
    thing = make_thing(
        thing_id=evil, name=evil, description=evil, imsi=evil, imei=evil, imeisv=evil, state=evil,
        pending_state=evil, tags=(evil,), things_group_id=evil, previous_imei=evil,
        ip=IpLease(evil, evil, evil), session=SessionSummary(evil), allowed_services=(evil,),
        usage_cycle=CycleUsage(evil), last_location=Location(mcc=evil, mnc=evil, cell_id=evil),
        imei_lock=ImeiLock(True, tac=evil),
    )  # fmt: skip
    session = Session(evil, end_reason=evil, mcc=evil, mnc=evil, rat=evil, country=evil, apn=evil)
    parts = ThingParts(
        session=Known(session),
        sessions=Known([session], Unreachable(evil)),
        sms=Known([Sms(evil, evil, status=evil, error_message=evil)]),
        events=Known([Event(evil, evil, evil, message=evil)]),
        imei_history=Known([ImeiHistoryEntry(evil)]),
        state_history=Known([StateHistoryEntry(evil, from_=evil, by=evil, reason=evil)]),
    )
    lines = list(section_lines(thing_sections(thing, context, parts)))
    assert len(lines) > 40
    assert not [line for line in lines if UNSAFE.search(line)]


def test_plain_text_aligns_labels_and_brackets_notes() -> None:
    from simtui.views.cell import Cell

    sections = (
        Section("One", (("A", Cell("1")), ("Long", Cell("2")), ("", Cell("alone"))), "why"),
        Section("Two"),
    )
    assert list(section_lines(sections)) == [
        "One", "  A     1", "  Long  2", "  alone", "  (why)", "", "Two",
    ]  # fmt: skip


def test_what_is_not_offered_goes_away_quietly() -> None:
    row = (("Data", Cell("1 MB")),)
    sections = (Section("Usage", row, NOT_OFFERED), Section("Events", (), NOT_OFFERED))
    assert offered(sections) == (Section("Usage", row),)
    assert offered((Section("Location", (), "no location known"),))
