"""The plan of a message: who gets it, what it takes, and why it cannot be taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.api.decode import decode_object
from simtui.errors import UsageError
from simtui.models import IpLease, SessionSummary, Thing
from simtui.models.action import SendSms
from simtui.models.bulk import Target
from simtui.models.journal import Before, Intent, JournalEntry, Outcome, Result
from simtui.models.recorded import recorded_action
from simtui.models.sms_template import literal
from simtui.sandbox.call import Refused
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.messaging import check_sendable, check_sender, check_text
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.render import thing_view
from simtui.views.fleet_context import FleetContext
from simtui.views.journal.change import change_text
from simtui.views.journal.undo import last_undoable, undo_of
from simtui.views.plan.action_words import parse_action
from simtui.views.plan.make import make_plan
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import select_filter, select_marked, select_thing
from simtui.views.plan.sms_remarks import MANY_REQUESTS, total_segments

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
CONTEXT = FleetContext(NOW)
STATUS = SendSms("STATUS")
ONLINE = SessionSummary("ONLINE")


def plan_for(action: SendSms, *things: Thing) -> Plan:
    return make_plan(action, select_marked(things), CONTEXT)


def pump(number: int = 1, **fields) -> Thing:
    given = {"state": "ACTIVE", "name": f"pump-{number}", "session": ONLINE} | fields
    return Thing(f"t{number}", f"893108620000000{number:04}", **given)


# Who gets it


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"state": "PROVISIONED"}, "is PROVISIONED: activate it first"),
        ({"state": "SUSPENDED"}, "is SUSPENDED: resume it first"),
        ({"state": "RETIRED"}, "is RETIRED: it is out of service for good"),
        ({"state": "FROZEN\x1b"}, r"is FROZEN\x1b: only an ACTIVE Thing gets messages"),
        ({"allowed_services": ("DATA",)}, "may not use SMS: allow it first"),
        ({"allowed_services": ()}, "may not use SMS: allow it first"),
        ({"name": ""}, "has not a name, which the text needs"),
        ({"ip": None}, "has not an IP address, which the text needs"),
        ({"name": "a\x1b[2J"}, r"would bring \x1b into the text, which no message can have"),
    ],
)
def test_who_gets_none(fields: dict[str, object], reason: str) -> None:
    plan = plan_for(SendSms("{name} {ip}"), pump(**({"ip": IpLease("10.0.4.17")} | fields)))
    (objection,) = plan.illegal
    assert objection.reason == reason
    assert plan.changes == plan.remarks == ()


@pytest.mark.parametrize("services", [None, ("SMS",), ("DATA", "SMS"), ("SMS", "VOICE")])
def test_who_gets_one(services: tuple[str, ...] | None) -> None:
    plan = plan_for(STATUS, pump(allowed_services=services))
    (change,) = plan.changes
    assert (change.before, change.after, change.note) == ("", "“STATUS”", "")


def test_each_gets_a_text_of_its_own() -> None:
    plan = plan_for(SendSms("SET {name} {{x}}"), pump(1), pump(2, name="ç" * 66))
    assert [change.after for change in plan.changes] == [
        "“SET pump-1 {x}”",
        f"“SET {'ç' * 66} {{x}}”",
    ]
    assert [change.note for change in plan.changes] == ["", "2 segments"]


def test_the_action_of_the_plan_is_the_one_to_send() -> None:
    plan = plan_for(SendSms("cafe\u0301", sender=" OPS "), pump())
    assert plan.action == SendSms("café", sender="OPS")


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (SendSms(" "), "nothing to send"),
        (SendSms("{phone}"), "no such field"),
        (SendSms("a" * 1531), "too long"),
        (SendSms("b" * 1500 + "{name}{name}{name}{name}{name}{name}"), "too long for pump-1"),
        (SendSms("x", 4), "valid for 4 minutes"),
        (SendSms("x", sender="+31"), "cannot be a sender"),
    ],
)
def test_what_can_never_be(action: SendSms, words: str) -> None:
    with pytest.raises(UsageError, match=words.replace("+", r"\+")):
        plan_for(action, pump())


def test_a_tag_is_one_request_unless_somebody_must_not() -> None:
    things = (pump(1, tags=("depot",)), pump(2, tags=("depot",)))
    plan = make_plan(STATUS, select_filter("tag:depot", things, CONTEXT), CONTEXT)
    assert (plan.target, plan.expected) == (Target(tag="depot"), 2)
    some = (*things, pump(3, tags=("depot",), state="SUSPENDED"))
    plan = make_plan(STATUS, select_filter("tag:depot", some, CONTEXT), CONTEXT)
    assert (plan.target, plan.expected) == (Target(("t1", "t2")), 2)


# In words


def test_the_phrase() -> None:
    assert make_plan(STATUS, select_thing(pump()), CONTEXT).question == "Send “STATUS” to pump-1?"
    assert plan_for(STATUS, pump(1), pump(2)).summary.startswith("Send “STATUS” to 2 Things (")
    long = plan_for(SendSms("a" * 41), pump()).question
    assert f"“{'a' * 39}…”" in long


def remarks(action: SendSms, *things: Thing) -> list[str]:
    return [cell.text for cell in plan_for(action, *things).remarks]


def test_what_it_takes() -> None:
    assert remarks(STATUS, pump()) == ["1 message, 1 segment in all, GSM-7."]
    assert remarks(SendSms("a" * 161), pump(1), pump(2)) == [
        "2 messages, 4 segments in all, GSM-7."
    ]
    assert remarks(SendSms("我" * 71), *map(pump, range(1200))) == [
        "1,200 messages, 2,400 segments in all, UCS-2."
    ]


def test_texts_that_differ_are_requests_of_their_own() -> None:
    assert remarks(SendSms("{name}"), pump()) == ["1 message, 1 segment in all, GSM-7."]
    few = remarks(SendSms("{name}"), pump(1), pump(2))
    assert few[1:] == ["So it takes 2 requests, one a Thing."]
    plan = plan_for(SendSms("{name}"), *map(pump, range(MANY_REQUESTS)))
    assert plan.remarks[1] == (
        "So it takes 50 requests, one a Thing, which count against the quota.",
        "warn",
    )


def test_only_those_that_get_it_are_counted() -> None:
    plan = plan_for(STATUS, pump(1), pump(2, state="SUSPENDED", session=None))
    assert [cell.text for cell in plan.remarks] == ["1 message, 1 segment in all, GSM-7."]


@pytest.mark.parametrize(
    ("sessions", "words"),
    [
        (["ONLINE", "ATTACHED"], None),
        (["OFFLINE"], "It is not online: kept until it attaches, for 1d at most."),
        (["BLOCKED"], "It is not online: kept until it attaches, for 1d at most."),
        ([None], "It is not known to be online: kept until it attaches, for 1d at most."),
        (["UNKNOWN"], "It is not known to be online: kept until it attaches, for 1d at most."),
        (["OFFLINE", "ONLINE"],
         "1 Thing is not online: kept until it attaches, for 1d at most."),
        (["OFFLINE", "OFFLINE", "ATTACHED"],
         "2 Things are not online: kept until they attach, for 1d at most."),
        (["OFFLINE", "NEW_STATE"],
         "2 Things are not known to be online: kept until they attach, for 1d at most."),
    ],
)  # fmt: skip
def test_who_is_away(sessions: list[str | None], words: str | None) -> None:
    things = [
        pump(n, session=SessionSummary(state) if state else None)
        for n, state in enumerate(sessions)
    ]
    told = remarks(STATUS, *things)[1:]
    assert told == ([words] if words else [])


def test_for_how_long_it_is_kept() -> None:
    away = pump(session=SessionSummary("OFFLINE"))
    assert "for 5m at most" in remarks(SendSms("x", 5), away)[-1]
    assert "for 3d at most" in remarks(SendSms("x", 4320), away)[-1]


def test_nobody_is_nothing() -> None:
    assert total_segments("STATUS", ()) == total_segments("{name}", ()) == 0


# As it is typed


@pytest.mark.parametrize(
    ("arguments", "action"),
    [
        (["STATUS"], STATUS),
        (["SET", "NAME", "{name}"], SendSms("SET NAME {name}")),
        (["--valid=90", "RESET"], SendSms("RESET", 90)),
        (["--sender=OPS", "--valid=5", "RESET", "now"], SendSms("RESET now", 5, "OPS")),
        (["--sender=", "RESET"], SendSms("RESET")),
        (["RESET", "--valid=5"], SendSms("RESET --valid=5")),
        (["{{}}"], SendSms("{{}}")),
    ],
)
def test_the_word(arguments: list[str], action: SendSms) -> None:
    assert parse_action("send-sms", arguments, CONTEXT) == action


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Expected: send-sms"),
        (["--valid=90"], "Expected: send-sms"),
        (["--valid=2h", "x"], "Expected: send-sms"),
        (["--valid=٩٠", "x"], "Expected: send-sms"),
        (["--valid", "90", "x"], "Expected: send-sms"),
        (["--urgent", "x"], "Expected: send-sms"),
        (["--valid=4", "x"], "5 to 4,320 minutes"),
        (["--sender=+316", "x"], "cannot be a sender"),
        ([""], "nothing to send"),
        (["{phone}"], "no such field"),
        (["a\x1b"], "control characters"),
    ],
)
def test_what_the_word_refuses(arguments: list[str], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_action("send-sms", arguments, CONTEXT)
    assert words in str(caught.value)


# Afterwards


def entry(kind: str, parameters: dict[str, object], reference: str | None = None) -> JournalEntry:
    intent = Intent(
        "e1", NOW, "anna@jump-1", 1, "prod", "x", kind, parameters, "", "",
        (Before("t1", "8931", "pump-1", 7),), "r", "o1", reference,
    )  # fmt: skip
    return JournalEntry(intent, (Result("e1", NOW, Outcome.CONFIRMED),))


SENT = entry("send-sms", msgspec.to_builtins(STATUS), "o1")


@pytest.mark.parametrize(
    ("done", "reason"),
    [
        (SENT, "A message that was sent cannot be taken back"),
        (entry("cancel-sms", {"sms_id": "s1"}), "A cancelled message stays cancelled"),
    ],
)
def test_it_is_not_taken_back_and_it_says_why(done: JournalEntry, reason: str) -> None:
    undo = undo_of(done)
    assert undo.parts == ()
    assert undo.reason.startswith(reason)
    assert undo.reason.endswith(".")
    assert last_undoable([done]) is None


def test_the_journal_can_read_it_and_shows_no_change_of_the_thing() -> None:
    action = SendSms("{name}\n", 90, "OPS", "sms_7", 15)
    written = json.loads(msgspec.json.encode(action))
    assert recorded_action(entry("send-sms", written).intent) == action
    assert change_text(STATUS, SENT.intent.things[0], CONTEXT) == ""


def test_what_an_earlier_version_wrote_down_is_read() -> None:
    assert recorded_action(entry("send-sms", {"text": "STATUS"}).intent) == STATUS
    assert recorded_action(entry("send-sms", {"text": None}).intent) is None


# As the server judges it

WORLD = build_world(things=60, seed=7, fresh=False, clock=WorldClock(NOW, rate=0))


def every_kind() -> list[ThingRecord]:
    records = list(WORLD.things.values())
    for number, record in enumerate(records):
        record.state = ("ACTIVE", "SUSPENDED", "PROVISIONED", "RETIRED")[number % 4]
        record.allowed_services = ((), ("DATA",), ("SMS",), ("DATA", "SMS"))[number // 4 % 4]
    return records


RECORDS = every_kind()


def decoded(record: ThingRecord) -> Thing:
    view = thing_view(WORLD, record, NOW)
    plain = json.dumps(
        view, default=lambda one: one.isoformat() if isinstance(one, datetime) else list(one)
    )
    return decode_object(Thing, plain.encode())


def test_the_server_sends_to_whom_the_plan_says() -> None:
    plan = plan_for(STATUS, *map(decoded, RECORDS))
    expected = set()
    for record in RECORDS:
        try:
            check_sendable(record)
        except Refused:
            continue
        expected.add(record.thing_id)
    assert {thing.thing_id for thing in plan.things} == expected
    assert 0 < len(expected) < len(RECORDS)


TYPED = st.text(
    st.sampled_from("aé€我{}\n \t\x00") | st.characters(exclude_categories=["Cs"]), max_size=30
)


@given(TYPED, st.text(st.sampled_from("aZ09 +é"), max_size=17))
def test_the_server_takes_what_is_not_refused_here(text: str, sender: str) -> None:
    thing = replace(decoded(RECORDS[0]), state="ACTIVE", allowed_services=("SMS",), name="pump")
    try:
        plan = plan_for(SendSms(literal(text), sender=sender), thing)
    except UsageError:
        return
    assert isinstance(plan.action, SendSms)
    check_text(plan.action.text)
    check_sender(plan.action.sender or None)
