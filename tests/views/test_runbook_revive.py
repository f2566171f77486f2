"""Reviving silent Things: who fits, how often, what is found, and what is reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.models import JobItem, SessionSummary, Sms, Thing
from simtui.models.journal import Before, Intent, JournalEntry, Outcome, Result
from simtui.models.runbook import (
    Revival,
    ReviveSettings,
    ReviveStep,
    Run,
    StepState,
    operation_of,
)
from simtui.views.forms.revive_form import revive_form
from simtui.views.plan.selection import select_marked
from simtui.views.runbook import revive_steps as steps
from simtui.views.runbook.list_rows import known_text, runbook_row, runbooks_columns
from simtui.views.runbook.revive_findings import after_reset, after_sms
from simtui.views.runbook.revive_fit import (
    DAY,
    MOST_A_DAY,
    MOST_AT_ONCE,
    revived_lately,
    sort_out,
    why_not,
)
from simtui.views.runbook.revive_plan import new_run, revive_plan, the_sms
from simtui.views.runbook.revive_report import MOST_LISTED, revive_report
from simtui.views.runbook.revive_rows import revive_columns, revive_order, revive_row
from simtui.views.runbook.revive_words import counts_line, ended_text, outcome_of, stage_line
from simtui.views.runbook.words import run_cell, seconds_text

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
BEFORE = NOW - timedelta(hours=3)
SENT = NOW - timedelta(minutes=2)
USUAL = ReviveSettings()


def session(state: str, since: datetime | None = BEFORE, as_of: datetime | None = NOW):
    return SessionSummary(state, since, as_of)


def thing(number: int = 1, **fields: Any) -> Thing:
    usual: dict[str, Any] = {
        "name": f"pump-{number}",
        "allowed_services": ("DATA", "SMS"),
        "session": session("OFFLINE"),
        "last_seen_at": BEFORE,
    }
    return Thing(f"t_{number}", f"893108620000000{number:04}", "ACTIVE", **(usual | fields))


def text_of(cells: Any) -> str:
    return "".join(cell.text for cell in cells)


# Who fits


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ""),
        ({"session": None}, ""),
        ({"session": session("UNKNOWN")}, ""),
        ({"session": session("ATTACHED")}, ""),
        ({"allowed_services": None}, ""),
        ({"session": session("ONLINE", as_of=NOW - timedelta(hours=2))}, ""),
        ({"session": session("ONLINE", as_of=None)}, ""),
        ({"session": session("ONLINE")}, "is online, as of now"),
        ({"session": session("BLOCKED")}, "is BLOCKED by a policy"),
        ({"allowed_services": ("SMS",)}, "may not use DATA"),
    ],
)
def test_who_can_be_revived(fields: dict[str, Any], said: str) -> None:
    why = why_not(thing(**fields), NOW)
    assert why.startswith(said)
    assert bool(why) == bool(said)


@pytest.mark.parametrize("state", ["PROVISIONED", "SUSPENDED", "RETIRED", "HIBERNATING"])
def test_only_an_active_thing_can_come_back(state: str) -> None:
    assert state in why_not(replace(thing(), state=state), NOW)


def test_no_more_than_so_many_at_once_and_not_too_often() -> None:
    things = [thing(number) for number in range(6)]
    lately = {"t_1": MOST_A_DAY, "t_2": MOST_A_DAY - 1}
    found = sort_out(things, lately, 3, NOW)
    assert [one.thing_id for one in found.fits] == ["t_0", "t_2", "t_3"]
    reasons = {one.thing.thing_id: one.reason for one in found.left_alone}
    assert "2 times within the last day" in reasons["t_1"]
    assert "beyond the 3 at once" in reasons["t_4"]
    assert set(reasons) == {"t_1", "t_4", "t_5"}


def test_what_is_being_revived_is_left_alone() -> None:
    (left,) = sort_out([thing(1), thing(2)], {}, 50, NOW, {"t_2"}).left_alone
    assert (left.thing.thing_id, left.reason) == ("t_2", "is being revived already")


def written(
    run_id: str, ago: timedelta, *, kind: str = "reset", outcome: str = Outcome.CONFIRMED
) -> JournalEntry:
    at = NOW - ago
    intent = Intent(
        f"e-{run_id}-{kind}", at, "me@here", 1, "prod", "x", kind, {}, "Reset", "it",
        (Before("t_1", "89"), Before("t_2", "89")), "r", operation_of(run_id, kind),
    )  # fmt: skip
    return JournalEntry(intent, (Result(intent.entry_id, at, outcome),))


def begun_run(run_id: str = "r1", ago: timedelta = timedelta(), **fields: Any) -> Run:
    things = (thing(1), thing(2))
    run = new_run(run_id, things, USUAL, "me@here", 7, NOW - ago)
    return replace(run, **fields)


def test_the_journal_counts_also_when_the_run_is_lost_and_each_run_once() -> None:
    hour = timedelta(hours=1)
    kept = begun_run("r1", hour)
    kept = steps.sent(kept, ReviveStep.RESET, NOW, {"t_1": JobItem("OK", "t_1")}, NOW)
    entries = [
        written("r0", DAY + hour),
        written("r1", hour),
        written("r1", hour, kind="send-sms"),
        written("lost", hour),
        written("no", hour, outcome=Outcome.REFUSED),
    ]
    counts = revived_lately([kept], entries, NOW)
    assert counts == {"t_1": 2, "t_2": 2}
    assert revived_lately([], [], NOW) == {}


def test_a_run_that_never_sent_anything_does_not_count() -> None:
    assert revived_lately([begun_run()], [], NOW) == {}


# What is found


@pytest.mark.parametrize(
    ("told", "was", "revival", "said"),
    [
        (session("ONLINE", SENT + timedelta(seconds=20)), "OFFLINE", "back", "20s after the reset"),
        (session("ONLINE", BEFORE), "OFFLINE", "back", "which it was not before"),
        (session("ONLINE", None), "", "back", "which it was not before"),
        (session("ONLINE", BEFORE), "ONLINE", "back", "as before, and by now that is a new fact"),
        (session("ONLINE", BEFORE, BEFORE), "ONLINE", "not known", "nothing newer is told"),
        (session("ONLINE", BEFORE, None), "OFFLINE", "not known", "nothing newer is told"),
        (session("OFFLINE"), "OFFLINE", "not back", "offline, last seen 3h ago"),
        (session("ATTACHED"), "OFFLINE", "not back", "attached"),
        (session("BLOCKED"), "OFFLINE", "not back", "blocked"),
        (session("OFFLINE", BEFORE, BEFORE), "OFFLINE", "not known", "as of 3h ago"),
        (session("UNKNOWN"), "UNKNOWN", "not known", "no session is told"),
        (None, "", "not known", "no session is told, last seen 3h ago"),
    ],
)
def test_what_is_found_after_a_reset(
    told: SessionSummary | None, was: str, revival: str, said: str
) -> None:
    found = after_reset(thing(session=told), was, SENT, NOW)
    wanted = {
        "back": Revival.BACK_AFTER_RESET,
        "not back": Revival.NOT_BACK,
        "not known": Revival.NOT_KNOWN,
    }
    assert found.revival == wanted[revival]
    assert said in found.said


def test_what_is_gone_or_suspended_meanwhile_is_said_so() -> None:
    assert after_reset(None, "OFFLINE", SENT, NOW).revival == Revival.NOT_KNOWN
    suspended = after_reset(replace(thing(), state="SUSPENDED"), "OFFLINE", SENT, NOW)
    assert (suspended.revival, suspended.said) == (Revival.NOT_BACK, "it is SUSPENDED by now")


def sms(status: str = "DELIVERED", **fields: Any) -> Sms:
    return Sms("m_1", "RESET", "t_1", status=status, submitted_at=SENT, **fields)


@pytest.mark.parametrize(
    ("message", "told", "revival", "said"),
    [
        (sms(), session("ONLINE", NOW), Revival.BACK_AFTER_SMS, "2m after the SMS"),
        (sms("SENT"), session("ONLINE", NOW), Revival.BACK_AFTER_SMS, "which waits still"),
        (sms(), session("OFFLINE"), Revival.NOT_BACK, "got the SMS; offline"),
        (
            sms("SENT", error_code="ABSENT_SUBSCRIBER"),
            session("OFFLINE"),
            Revival.NOT_BACK,
            "the SMS waits (the device is not registered with any network); offline",
        ),
        (sms("FAILED"), session("OFFLINE"), Revival.NOT_BACK, "the SMS is failed; offline"),
        (sms("EXPIRED"), None, Revival.NOT_KNOWN, "the SMS is expired; no session is told"),
        (None, session("OFFLINE"), Revival.NOT_BACK, "of the SMS nothing is known; offline"),
        (
            sms(),
            session("ONLINE", SENT - timedelta(seconds=5)),
            Revival.BACK_AFTER_RESET,
            "before the SMS was sent",
        ),
    ],
)
def test_what_is_found_after_an_sms(
    message: Sms | None, told: SessionSummary | None, revival: str, said: str
) -> None:
    reset_at = SENT - timedelta(minutes=3)
    found = after_sms(thing(session=told), "OFFLINE", reset_at, message, SENT, NOW)
    assert found.revival == revival
    assert said in found.said


@given(
    st.sampled_from(["ONLINE", "ATTACHED", "OFFLINE", "BLOCKED", "UNKNOWN", "ASLEEP"]),
    st.none() | st.timedeltas(timedelta(hours=-5), timedelta(hours=5)),
    st.none() | st.timedeltas(timedelta(hours=-5), timedelta(hours=5)),
    st.sampled_from(["", "ONLINE", "OFFLINE"]),
)
def test_nothing_is_claimed_from_what_is_older(
    state: str, since: timedelta | None, as_of: timedelta | None, was: str
) -> None:
    told = SessionSummary(
        state,
        SENT + since if since is not None else None,
        SENT + as_of if as_of is not None else None,
    )
    found = after_reset(thing(session=told), was, SENT, NOW)
    fresh = as_of is not None and as_of >= timedelta()
    began = since is not None and since >= timedelta()
    if found.revival == Revival.BACK_AFTER_RESET:
        assert state == "ONLINE"
        assert fresh or began
    if found.revival == Revival.NOT_BACK:
        assert state not in ("ONLINE", "UNKNOWN") or not fresh
        assert fresh


# From step to step


def items(*outcomes: str) -> dict[str, JobItem]:
    return {
        f"t_{number}": JobItem(outcome, f"t_{number}", message="no such session")
        for number, outcome in enumerate(outcomes, 1)
    }


def test_a_reset_is_noted_for_each_thing_and_all_of_them_are_looked_for() -> None:
    run = steps.sent(begun_run(), ReviveStep.RESET, SENT, items("OK", "FAILED"), NOW)
    step = run.step(ReviveStep.RESET)
    assert (step.state, step.begun, step.said) == (StepState.DONE, SENT, "1 sent, 1 failed")
    assert [one.revival for one in run.things] == [Revival.RESET, Revival.RESET]
    assert [one.note for one in run.things] == ["", "the reset failed: no such session"]


def test_what_a_request_never_named_is_said_so() -> None:
    run = steps.sent(begun_run(), ReviveStep.RESET, SENT, items("OK"), NOW)
    assert run.things[1].note == "the reset was never sent"


def test_a_wait_that_has_begun_ends_when_it_would_have() -> None:
    run = steps.waiting(begun_run(), ReviveStep.LOOK, 2, SENT)
    assert run.step(ReviveStep.LOOK).until == SENT + timedelta(minutes=2)
    again = steps.waiting(run, ReviveStep.LOOK, 2, NOW)
    assert again.step(ReviveStep.LOOK).until == SENT + timedelta(minutes=2)


def test_who_is_not_back_yet_may_still_come_before_the_end() -> None:
    run = steps.sent(begun_run(), ReviveStep.RESET, SENT, items("OK", "OK"), SENT)
    run = steps.waiting(run, ReviveStep.LOOK, 2, SENT)
    now = {"t_1": thing(1, session=session("ONLINE", NOW)), "t_2": thing(2)}
    run = steps.looked(run, ReviveStep.LOOK, now, {}, NOW, final=False)
    assert [one.revival for one in run.things] == [Revival.BACK_AFTER_RESET, Revival.RESET]
    assert run.step(ReviveStep.LOOK).state == StepState.OFFERED
    run = steps.looked(run, ReviveStep.LOOK, now, {}, NOW, final=True)
    assert run.things[1].revival == Revival.NOT_BACK
    assert run.step(ReviveStep.LOOK).said == "1 of 2 back"


def test_when_all_are_back_the_wait_is_over() -> None:
    run = steps.waiting(begun_run(), ReviveStep.LOOK, 2, SENT)
    now = {f"t_{n}": thing(n, session=session("ONLINE", NOW)) for n in (1, 2)}
    run = steps.looked(run, ReviveStep.LOOK, now, {}, NOW, final=False)
    assert run.step(ReviveStep.LOOK).state == StepState.DONE
    assert steps.to_look_for(run) == ()


def test_who_cannot_get_the_sms_keeps_what_was_found() -> None:
    run = steps.sent(begun_run(), ReviveStep.RESET, SENT, items("OK", "OK"), SENT)
    known = {"t_1": thing(1), "t_2": thing(2, allowed_services=("DATA",))}
    run = steps.looked(run, ReviveStep.LOOK, known, {}, NOW, final=True)
    run = steps.without_sms(run, known)
    run = steps.sent(run, ReviveStep.SMS, NOW, items("OK"), NOW)
    assert [one.revival for one in run.things] == [Revival.MESSAGED, Revival.NOT_BACK]
    assert run.things[1].note == "no SMS: it may not use SMS: allow it first"


def test_what_nobody_looked_for_any_more_is_not_known() -> None:
    run = steps.sent(begun_run(), ReviveStep.RESET, SENT, items("OK", "OK"), SENT)
    assert outcome_of(run, run.things[0]) == Revival.RESET
    given_up = steps.stopped(run, NOW)
    assert given_up.ended
    assert [step.state for step in given_up.steps] == ["done", "stopped", "stopped", "stopped"]
    assert outcome_of(given_up, given_up.things[0]) == Revival.NOT_KNOWN
    assert run_cell(given_up, under_way=False, elsewhere=False).text == "✕ stopped"


def test_what_was_refused_is_tried_again_as_another_operation() -> None:
    run = steps.failed(begun_run(), "Not allowed.")
    assert run.step(ReviveStep.RESET).state == StepState.FAILED
    again = steps.tried_again(run, ReviveStep.RESET)
    assert again.step(ReviveStep.RESET).operations == (
        operation_of("r1", "reset", 1),
        operation_of("r1", "reset", 2),
    )


# The plan, the form, and what the pages say


def test_the_plan_names_both_writes_with_their_numbers() -> None:
    things = tuple(thing(number) for number in range(1, 8))
    things = (*things, thing(8, allowed_services=("DATA",)), thing(9, state_changed_at=None))
    suspended = replace(thing(10), state="SUSPENDED")
    selection = select_marked((*things, suspended))
    plan = revive_plan(selection, sort_out(selection.things, {}, 50, NOW), USUAL)
    said = " ".join(cell.text for cell in plan.remarks)
    assert plan.question == "Revive 9 Things?"
    assert "The connection of 9 Things is reset, in one request." in said
    assert "SMS “RESET” to those that are not known to be back, 8 at most (8 segments)." in said
    assert "1 Thing cannot get one." in said
    assert [one.reason for one in plan.illegal] == [
        "is SUSPENDED; only an ACTIVE Thing can come back"
    ]


def test_without_a_text_the_plan_says_that_no_sms_is_sent() -> None:
    selection = select_marked((thing(1), thing(2)))
    found = sort_out(selection.things, {}, 50, NOW)
    plan = revive_plan(selection, found, ReviveSettings(2, "", 5))
    assert "No SMS is sent." in " ".join(cell.text for cell in plan.remarks)
    assert [change.after for change in plan.changes] == ["reset", "reset"]


def test_the_command_is_not_valid_for_longer_than_is_waited() -> None:
    assert the_sms(ReviveSettings(2, "RESET", 30)).validity_minutes == 30
    assert the_sms(ReviveSettings(2, "RESET", 1)).validity_minutes == 5


def form():
    things = tuple(thing(number) for number in range(4))
    return revive_form(
        "4 marked Things", lambda most: sort_out(things, {}, most, NOW), {"reboot": "REBOOT"}
    )


def test_the_form_answers_how() -> None:
    one = form()
    usual = {field.name: field.value for field in one.fields}
    assert one.read(usual).settings == USUAL
    other = one.read({"reset": "10m", "text": "", "sms": "1h", "most": "2"})
    assert other.settings == ReviveSettings(10, "", 60)
    assert other.at_once == 2
    assert "2 Things can be revived, 2 left alone" in text_of(one.remarks({"most": "2"}))


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("reset", "0"),
        ("reset", "61"),
        ("sms", "soon"),
        ("sms", ""),
        ("text", "{nothing}"),
        ("text", "x" * 2000),
        ("most", "0"),
        ("most", str(MOST_AT_ONCE + 1)),
        ("most", "some"),
        ("most", "٣"),
        ("most", ""),
    ],
)
def test_what_cannot_be_is_refused_in_its_field(field: str, answer: str) -> None:
    one = form()
    usual = {each.name: each.value for each in one.fields}
    with pytest.raises(UsageError) as refused:
        one.read(usual | {field: answer})
    assert refused.value.field == field  # type: ignore[attr-defined]
    one.remarks(usual | {field: answer})


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-5, "a moment"), (9.9, "a moment"), (10, "10s"), (69, "1m"), (119, "1m 50s"), (120, "2m")],
)
def test_time_that_is_left_is_told_in_steps(seconds: float, text: str) -> None:
    assert seconds_text(seconds) == text


def test_the_line_over_the_things_says_the_stage_and_the_time_left() -> None:
    run = steps.sent(begun_run(), ReviveStep.RESET, SENT, items("OK", "OK"), SENT)
    run = steps.waiting(run, ReviveStep.LOOK, 4, SENT)
    on = text_of(stage_line(run, NOW, under_way=True, elsewhere=False))
    assert on == " ◍ 2/4 under way  Wait, and look who is back · 2m left · x stops"
    off = text_of(stage_line(run, NOW, under_way=False, elsewhere=False))
    assert off.endswith("R goes on, x gives it up")
    assert "! 2/4 interrupted" in off
    late = text_of(stage_line(run, NOW + timedelta(hours=1), under_way=True, elsewhere=False))
    assert "looking" in late
    trouble = stage_line(run, NOW, under_way=True, elsewhere=False, trouble="No answer")
    assert text_of(trouble).endswith("No answer")
    failed = steps.failed(run, "It was refused")
    assert "It was refused" in text_of(stage_line(failed, NOW, under_way=False, elsewhere=False))


def ended_run() -> Run:
    things = tuple(thing(number) for number in range(1, 5))
    run = new_run("r1", things, USUAL, "me@here", 7, BEFORE)
    told = (
        (Revival.BACK_AFTER_RESET, "online again, 20s after the reset", ""),
        (Revival.NOT_BACK, "offline, last seen 3h ago", "no SMS: it may not use SMS"),
        (Revival.BACK_AFTER_SMS, "online again, 31s after the SMS", ""),
        (Revival.NOT_KNOWN, "no session is told", ""),
    )
    those = tuple(
        replace(one, revival=revival, said=said, note=note)
        for one, (revival, said, note) in zip(run.things, told, strict=True)
    )
    done = tuple(
        replace(step, state=StepState.DONE, ended=NOW, said="3 sent") for step in run.steps
    )
    return replace(run, things=those, steps=done)


def test_the_report_tells_of_every_thing_with_the_reason() -> None:
    report = revive_report(ended_run(), NOW).splitlines()
    assert report[0] == "Revive: 4 Things"
    assert report[1].startswith("Begun 2026-11-22 00:12:05Z by me@here: reset, wait 2m, SMS")
    assert "1 not back, 1 not known, 1 back after the reset, 1 back after the SMS" in report
    assert "1 Reset the connection: ✓ done 2026-11-22 03:12:05Z: 3 sent" in report
    assert (
        "✗ not back: pump-2 8931086200000000002: offline, last seen 3h ago; no SMS: it may not"
        " use SMS"
    ) in report
    assert "? not known: pump-4 8931086200000000004: no session is told" in report
    assert report[-1] == "Written 2026-11-22 03:12:05Z with simtui"


def test_a_long_report_ends_in_how_many_more_there_are() -> None:
    things = tuple(thing(number) for number in range(MOST_LISTED + 3))
    run = new_run("r1", things, USUAL, "me@here", 7, NOW)
    report = revive_report(run, NOW)
    assert "… and 3 more" in report
    assert "(so far)" in report


def test_what_deserves_to_be_looked_at_comes_first() -> None:
    run = ended_run()
    assert [one.name for one in revive_order(run)] == ["pump-2", "pump-4", "pump-1", "pump-3"]
    assert text_of(counts_line(run)) == (
        " ✗ 1 not back · ? 1 not known · ✓ 2 back: 1 after reset, 1 after SMS"
    )
    assert ended_text(run).text == "! Revive of 4 Things: 2 back, 1 not back, 1 not known"


@pytest.mark.parametrize("width", [40, 80, 117, 118, 200])
def test_rows_have_a_cell_for_each_column(width: int) -> None:
    run = ended_run()
    columns = revive_columns(width)
    assert all(len(revive_row(run, one, columns)) == len(columns) for one in run.things)
    listed = runbooks_columns(width)
    assert len(runbook_row(run, listed, NOW, under_way=False, elsewhere=False)) == len(listed)
    assert known_text(run) == "2 of 4 back"


def test_hostile_names_reach_no_terminal() -> None:
    bad = thing(1, name="\x1b]52;c;x\x07[/red]")
    run = new_run("r1", (bad,), ReviveSettings(2, "\x1b[2J", 5), "me\x1b@here", 7, NOW)
    run = steps.sent(
        run, ReviveStep.RESET, NOW, {"t_1": JobItem("FAILED", "t_1", message="\x1b[2J")}, NOW
    )
    shown = revive_report(run, NOW) + text_of(revive_row(run, run.things[0], revive_columns(200)))
    assert "\x1b" not in shown
    assert "\x07" not in shown
