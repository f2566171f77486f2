"""A stolen SIM step by step: the evidence, whether its session has ended, and the ticket text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import CapabilityAbsent, SimtuiError, Unreachable
from simtui.models import (
    Event,
    ImeiHistoryEntry,
    ImeiLock,
    Location,
    Session,
    SessionSummary,
    Sms,
    StateHistoryEntry,
    Thing,
    UsagePoint,
)
from simtui.models.journal import Before, Intent, JournalEntry, Outcome, Result
from simtui.models.runbook import (
    Fact,
    Run,
    RunKind,
    RunThing,
    Step,
    StepState,
    StolenStep,
    operation_of,
)
from simtui.views.runbook import stolen
from simtui.views.runbook.evidence import Sources, evidence
from simtui.views.runbook.news import goes_on_text, offered_text
from simtui.views.runbook.stolen import Present
from simtui.views.runbook.stolen_ticket import stolen_ticket
from simtui.views.runbook.suspension import ENDS_WITHIN, Next, standing
from simtui.views.runbook.where import OUTSIDE

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHANGED = NOW - 5 * HOUR
DAYS = ((0, 1_000_000, 500_000), (1, 300_000, 0), (2, 7, 7), (3, None, None))
"""Days ago, bytes up and down."""
OLD, NEW = "359117317049130", "866061047461665"
THING = Thing(
    "t_1",
    "8931086200000000019",
    "ACTIVE",
    3,
    "204083100000001",
    "pump-12",
    state_changed_at=NOW - timedelta(days=90),
    tags=("depot-7",),
    imei=NEW,
    previous_imei=OLD,
    imei_changed_at=CHANGED,
    imei_lock=ImeiLock(enabled=False),
    last_seen_at=NOW - timedelta(minutes=3),
    session=SessionSummary("ONLINE", CHANGED, NOW),
    last_location=Location(CHANGED, "262", "01", "4711", lat=51.5, lon=7.46, accuracy_m=800.0),
)


@dataclass
class Known:
    value: Any = None
    error: SimtuiError | None = None


FULL = Sources(
    thing=Known(THING),
    imei_history=Known(
        (
            ImeiHistoryEntry(NEW, NEW[:8], CHANGED, NOW, 2),
            ImeiHistoryEntry(OLD, OLD[:8], NOW - timedelta(days=300), CHANGED, 90),
        )
    ),
    session=Known(
        Session(
            "ONLINE", NOW, "s_1", CHANGED, ip_address="10.0.4.17", imei=NEW, rat="LTE",
            mcc="262", mnc="01", operator_name="Telekom", country="DE", cell_id="4711",
        )
    ),
    sessions=Known(
        (
            Session("ONLINE", NOW, since=CHANGED, mcc="262", country="DE", bytes_up=10,
                    bytes_down=2_000_000),
            Session("OFFLINE", since=NOW - timedelta(days=2), ended_at=CHANGED, mcc="204"),
        )
    ),
    usage=Known(
        tuple(
            UsagePoint(NOW.replace(hour=0, minute=0, second=0) - timedelta(days=ago), up, down)
            for ago, up, down in DAYS
        )
    ),
    sms=Known(
        (
            Sms("m_1", "hi", direction="MO", submitted_at=NOW - HOUR),
            Sms("m_2", "STATUS", direction="MT", submitted_at=NOW - 2 * HOUR),
            Sms("m_3", "old", direction="MT", submitted_at=NOW - 50 * HOUR),
        )
    ),
    states=Known((StateHistoryEntry("ACTIVE", NOW - timedelta(days=90), "PROVISIONED", "dan"),)),
    events=Known(
        (
            Event("e_1", "WARNING", "IMEI_CHANGED", CHANGED, "t_1", "moved"),
            Event("e_2", "INFO", "SESSION_STARTED", CHANGED),
            Event("e_3", "CRITICAL", "OLD", CHANGED - HOUR),
        )
    ),
)  # fmt: skip
NOTHING = Sources(*(Known(error=CapabilityAbsent("It is not offered")) for _ in range(8)))


def facts(thing: Thing = THING, sources: Sources = FULL) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for fact in evidence(thing, sources, NOW):
        found.setdefault(fact.section, {}).setdefault(fact.label, fact.text)
    return found


# The evidence


def test_the_evidence_has_each_fact_with_its_age() -> None:
    found = facts()
    assert found["SIM"]["ICCID"] == "8931086200000000019"
    assert found["SIM"]["Last seen"] == "2026-11-22 03:09:05Z (3m ago)"
    assert found["Device"]["IMEI now"] == f"{NEW} (TAC 86606104)"
    assert found["Device"]["Before"] == f"{OLD} (TAC 35911731)"
    assert found["Device"]["Changed"] == "2026-11-21 22:12:05Z (5h ago), of another model"
    assert found["Device"]["Seen in"].startswith(NEW)
    assert found["Last place"]["Country"] == f"MCC 262, {OUTSIDE}"
    assert found["Last place"]["Cell"] == "262-01 cell 4711"
    assert "51.50000, 7.46000 ± 800 m" in found["Last place"]["Position"]
    assert found["Session"]["State"] == "online, since 2026-11-21 22:12:05Z (5h ago)"
    assert found["Session"]["Operator"] == "Telekom 01"
    assert OUTSIDE in found["Session"]["Country"]
    assert found["State"]["active"].endswith("by dan")


def test_what_it_did_since_the_change_leaves_out_what_was_before() -> None:
    found = facts()["Since the change"]
    assert found["Sessions"].startswith("1 since then, within the last 7 days, 1 of them outside")
    assert "still open" in found["· from"]
    assert found["Data"].startswith("1.8 MB (whole days in UTC")
    assert found["SMS"] == "1 to it, 1 from it"
    assert found["Events"] == "1 warning"
    assert found["· event"] == "2026-11-21 22:12:05Z (5h ago) IMEI_CHANGED: moved"


def test_without_a_change_it_is_told_as_far_back_as_is_read() -> None:
    found = facts(replace(THING, imei_changed_at=None, previous_imei=None))
    assert found["Device"]["Changed"] == "no change of device is known"
    assert found["Device"]["Before"] == "not known"
    assert found["Lately"]["Sessions"].startswith("2 within the last 7 days")
    assert found["Lately"]["Data"] == "1.8 MB (14 days, 1 day not told)"
    assert found["Lately"]["SMS"] == "2 to it, 1 from it"


def test_what_the_api_does_not_offer_is_said_so_and_the_list_is_asked_instead() -> None:
    found = facts(replace(THING, last_location=None), NOTHING)
    absent = "not offered by this API"
    assert found["Session"] == {"Session": absent, "In the list": "online, as of "
                                "2026-11-22 03:12:05Z (now)"}  # fmt: skip
    assert found["Device"]["History"] == absent
    assert set(found["Since the change"].values()) == {absent}
    assert found["Last place"] == {"Country": "not known"}


def test_an_unknown_amount_is_not_zero() -> None:
    unknown = replace(FULL, usage=Known((UsagePoint(NOW, None, None),)), sessions=Known(()))
    found = facts(sources=unknown)["Since the change"]
    assert found["Data"] == "not known"
    assert found["Sessions"].startswith("0 since then")


def test_as_many_messages_as_are_read_are_at_least_so_many() -> None:
    many = tuple(Sms(f"m_{n}", "x", direction="MT", submitted_at=NOW) for n in range(50))
    assert facts(sources=replace(FULL, sms=Known(many)))["Since the change"]["SMS"] == (
        "at least 50 to it, 0 from it"
    )


def test_hostile_texts_reach_no_terminal() -> None:
    bad = "\x1b]52;c;x\x07"
    thing = replace(THING, name=bad, imei=bad, previous_imei=bad, state=bad)
    session = Known(Session(bad, operator_name=bad, country=bad, ip_address=bad, cell_id=bad))
    events = Known((Event("e", "CRITICAL", bad, NOW, message=bad),))
    found = evidence(thing, replace(FULL, session=session, events=events), NOW)
    run = replace(begun_run(), evidence=found, looked_at=NOW, who=bad)
    run = replace(run, things=(RunThing("t_1", bad, bad),))
    text = stolen_ticket(run, {}, NOW)
    assert "\x1b" not in text
    assert "\x07" not in text


# Whether it is suspended, and its session over


def written(
    kind: str = "set-state", outcome: str = Outcome.CONFIRMED, ago: float = 10, detail: str = ""
) -> JournalEntry:
    at = NOW - timedelta(seconds=ago)
    intent = Intent(
        "e_1", at, "me@here", 1, "prod", "x", kind, {}, "Suspend pump-12", "pump-12",
        (Before("t_1", "89"),), "req-1", operation_of("r1", "suspend"),
    )  # fmt: skip
    return JournalEntry(intent, (Result("e_1", at, outcome, detail),))


def suspended(session: SessionSummary | None, ago: float = 10) -> Thing:
    at = NOW - timedelta(seconds=ago)
    return replace(THING, state="SUSPENDED", state_changed_at=at, session=session)


ENDED = SessionSummary("OFFLINE", NOW, NOW)
RUNNING = SessionSummary("ONLINE", CHANGED, NOW)
LONG = ENDS_WITHIN.total_seconds() + 5


@pytest.mark.parametrize(
    ("sent", "thing", "following", "said"),
    [
        (None, None, Next.WAIT, "not read yet"),
        (None, THING, Next.SUSPEND, "○ the Thing is active"),
        (None, suspended(ENDED), Next.FINISH, "✓ suspended since"),
        (None, suspended(RUNNING), Next.RESET, "✗ suspended"),
        (written(outcome=Outcome.ACCEPTED), THING, Next.WAIT, "the server is at it"),
        (written(outcome=Outcome.UNKNOWN), THING, Next.WAIT, "the answer was lost"),
        (written(outcome=Outcome.REFUSED, detail="Not you"), THING, Next.SUSPEND, "done: Not you"),
        (written(outcome=Outcome.FAILED), suspended(RUNNING), Next.RESET, "✗ not done"),
        (written(outcome=Outcome.FAILED), suspended(ENDED), Next.FINISH, "✓ suspended since"),
        (written(), THING, Next.SUSPEND, "✗ it was done, but by now the Thing is active"),
        (written(), suspended(ENDED), Next.FINISH, "✓ suspended"),
        (written(), suspended(RUNNING), Next.WAIT, "waiting for its session to end"),
        (written(ago=LONG), suspended(RUNNING, LONG), Next.RESET, "its session goes on: ◉ online"),
        (
            written(ago=LONG),
            suspended(SessionSummary("ONLINE", CHANGED, CHANGED), LONG),
            Next.RESET,
            "? suspended",
        ),
        (written("reset", ago=LONG), suspended(RUNNING, 900), Next.RESET, "✗ suspended"),
        (written("reset"), suspended(RUNNING, 900), Next.WAIT, "waiting for its session"),
        (written(), suspended(None), Next.FINISH, "? suspended"),
        (written(), suspended(SessionSummary("UNKNOWN")), Next.FINISH, "it has ended is not"),
        (written(), replace(suspended(ENDED), state="RETIRED"), Next.FINISH, "✓ retired"),
        (written(), suspended(SessionSummary("BLOCKED", NOW, NOW)), Next.FINISH, "⊘ blocked"),
    ],
)  # fmt: skip
def test_how_the_suspension_stands(
    sent: JournalEntry | None, thing: Thing | None, following: Next, said: str
) -> None:
    stands = standing(sent, thing, None, NOW)
    assert stands.next is following
    assert said in stands.cell.text


def test_the_session_of_its_own_endpoint_counts_more_than_the_list() -> None:
    stands = standing(written(), suspended(RUNNING), Session("OFFLINE", NOW), NOW)
    assert stands.next is Next.FINISH


@given(
    st.sampled_from(["ONLINE", "ATTACHED", "OFFLINE", "BLOCKED", "UNKNOWN", "ASLEEP"]),
    st.none() | st.floats(-9000, 9000),
    st.floats(0, 9000),
    st.sampled_from(["ACTIVE", "SUSPENDED", "RETIRED", "PROVISIONED", "HIBERNATING"]),
)
def test_that_it_has_ended_is_never_said_of_a_session_that_is_open(
    state: str, as_of: float | None, ago: float, lifecycle: str
) -> None:
    moment = NOW - timedelta(seconds=as_of) if as_of is not None else None
    thing = replace(suspended(SessionSummary(state, None, moment), ago), state=lifecycle)
    stands = standing(written(ago=ago), thing, None, NOW)
    if stands.cell.text.startswith("✓"):
        assert lifecycle in ("SUSPENDED", "RETIRED")
        assert state not in ("ONLINE", "ATTACHED", "UNKNOWN")


# The steps


def begun_run() -> Run:
    those = (RunThing("t_1", THING.iccid, "pump-12", "ONLINE"),)
    steps = tuple(Step(name) for name in StolenStep.ALL)
    return Run("r1", RunKind.STOLEN_SIM, NOW, NOW, "me@here", 7, those, steps)


def after(*names: str) -> Run:
    run = begun_run()
    for name in names:
        run = stolen.done(run, name, "", NOW)
    return run


def text_of(cells: Any) -> str:
    return "".join(cell.text for cell in cells)


def test_what_enter_does_step_by_step() -> None:
    present = Present(THING)
    run = begun_run()
    assert stolen.enter_does(run, present, NOW) == "look up and keep what is known"
    run = after("evidence")
    assert stolen.enter_does(run, present, NOW) == "suspend it and end the session …"
    assert text_of(stolen.head_line(run, present, NOW)) == (
        " ▶ 2 of 4  enter: suspend it and end the session … · x skips it"
    )
    run = after("evidence", "suspend")
    assert stolen.enter_does(run, present, NOW) == "tag it …"
    tagged = Present(replace(THING, tags=("STOLEN",)))
    assert stolen.enter_does(run, tagged, NOW) == "go on, it is tagged"
    run = after("evidence", "suspend", "tag")
    assert stolen.enter_does(run, present, NOW) == "copy the ticket text"
    run = after(*StolenStep.ALL)
    assert stolen.enter_does(run, present, NOW) == ""
    assert "✓ ended" in text_of(stolen.head_line(run, present, NOW))


def test_while_it_waits_there_is_nothing_to_enter() -> None:
    run = after("evidence").with_step("suspend", state=StepState.OFFERED)
    present = Present(suspended(RUNNING), None, {"suspend": written()})
    assert "enter" not in text_of(stolen.head_line(run, present, NOW))
    assert "x skips it" in text_of(stolen.head_line(run, present, NOW))


def test_what_stands_in_the_way_of_writing_is_said() -> None:
    present = Present(THING, barrier="This step needs OPERATOR; your level is BILLING")
    assert "needs OPERATOR" in text_of(stolen.head_line(after("evidence"), present, NOW))
    assert "needs OPERATOR" not in text_of(stolen.head_line(begun_run(), present, NOW))


def test_a_write_that_has_come_true_ends_its_step_by_itself() -> None:
    run = after("evidence").with_step("suspend", state=StepState.OFFERED)
    waits = Present(suspended(RUNNING), None, {"suspend": written()})
    assert stolen.settled_step(run, waits, NOW) == run
    ended = Present(suspended(ENDED), None, {"suspend": written()})
    settled = stolen.settled_step(run, ended, NOW)
    assert settled.step("suspend").state == StepState.DONE
    assert settled.step("suspend").said.startswith("suspended since")
    run = settled.with_step("tag", state=StepState.OFFERED)
    tagged = Present(THING, None, {"tag": written("add-tags")})
    assert stolen.settled_step(run, tagged, NOW).step("tag").said == "tagged stolen"


def test_a_step_that_was_only_offered_does_not_end_by_itself() -> None:
    """Somebody else may have suspended it: that is for a person to take note of."""
    run = after("evidence").with_step("suspend", state=StepState.OFFERED)
    assert stolen.settled_step(run, Present(suspended(ENDED)), NOW) == run
    assert stolen.enter_does(run, Present(suspended(ENDED)), NOW) == "go on, it is so"


def test_every_step_has_a_line_and_only_the_next_one_says_what_is_to_do() -> None:
    run = after("evidence")
    rows = stolen.steps_section(run, Present(THING), NOW).rows
    assert [label for label, _ in rows] == ["1 Evidence", "2 Suspend", "3 Tag", "4 Ticket"]
    assert [cell.text for _, cell in rows] == [
        "✓ done 2026-11-22 03:12:05Z (now)",
        "○ the Thing is active",
        "○ to do",
        "○ to do",
    ]


def test_evidence_is_shown_by_what_it_is_about() -> None:
    (empty,) = stolen.evidence_sections(begun_run(), NOW)
    assert empty.note.startswith("What is known is written down in step 1")
    run = replace(begun_run(), evidence=evidence(THING, FULL, NOW), looked_at=NOW)
    titles = [section.title for section in stolen.evidence_sections(run, NOW)]
    assert titles == [
        "Evidence", "SIM", "Device", "Last place", "Session", "Since the change", "State",
    ]  # fmt: skip
    place = next(one for one in stolen.evidence_sections(run, NOW) if one.title == "Last place")
    assert dict(place.rows)["Country"].tone == "bad"


# The ticket


def test_the_ticket_has_what_was_found_and_done_and_what_was_not() -> None:
    run = replace(after("evidence", "suspend"), looked_at=NOW)
    run = replace(run, evidence=(Fact("Device", "IMEI now", NEW), Fact("SIM", "Name", "x")))
    run = run.with_step("tag", state=StepState.SKIPPED, ended=NOW)
    text = stolen_ticket(run, {"suspend": (written(),)}, NOW).splitlines()
    assert text[0] == "Stolen SIM: pump-12, ICCID 8931086200000000019"
    assert text[1] == "Looked into by me@here, begun 2026-11-22 03:12:05Z"
    assert f"    IMEI now    {NEW}" in text
    assert "  2 Suspend and end the session: ✓ done 2026-11-22 03:12:05Z" in text
    assert "      2026-11-22 03:11:55Z Suspend pump-12, confirmed (request req-1)" in text
    assert "  3 Tag: · skipped 2026-11-22 03:12:05Z" in text
    assert "  4 Ticket text: ○ to do" in text
    assert "Evidence: none was looked up" in stolen_ticket(begun_run(), {}, NOW)


def test_what_is_left_open_is_offered_in_one_line() -> None:
    run = replace(after("evidence"), begun=NOW - 2 * HOUR)
    assert offered_text([run], NOW) == (
        "Not ended: Stolen SIM: pump-12 (step 2 of 4, begun 2h ago) · O goes on with it"
    )
    assert offered_text([run, run], NOW).startswith("2 runbooks have not ended, the latest Stolen")
    assert goes_on_text([run], outlive=True).endswith("gone on with at the next start (O).")
    assert goes_on_text([run], outlive=False).endswith("nobody looks who comes back.")


def test_an_answer_that_never_came_is_no_absence() -> None:
    broken = replace(FULL, session=Known(error=Unreachable("No answer")))
    assert facts(sources=broken)["Session"]["Session"] == "No answer"
