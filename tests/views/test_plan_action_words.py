"""The words for actions, as they are typed on the shell and behind ``:``."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.models import ThingsGroup
from simtui.models.action import (
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    RenameTag,
    ResetConnection,
    SendSms,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.models.permission import Area
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.action_arguments import PARSERS
from simtui.views.plan.action_words import ACTION_WORDS, parse_action
from simtui.views.plan.allowed import area_of, permission_problem
from simtui.views.plan.checked_action import checked_action
from simtui.views.text import UNSAFE

IMEI = "490154203237518"

RIGHT = [
    ("activate", [], SetState("ACTIVE", only_from="PROVISIONED")),
    ("Suspend", [], SetState("SUSPENDED")),
    ("suspend", ["INC-4711", "stolen"], SetState("SUSPENDED", "INC-4711 stolen")),
    ("suspend", ["--end-session", "INC-1"], SetState("SUSPENDED", "INC-1", True)),
    ("resume", [""], SetState("ACTIVE", only_from="SUSPENDED")),
    ("retire", ["--end-session"], SetState("RETIRED", "", True)),
    ("name", ["pump", "12"], Describe(name="pump 12")),
    ("name", [""], Describe(name="")),
    ("describe", ["by the", "gate"], Describe(description="by the gate")),
    ("tags", ["a,b", "c d"], SetTags(("a", "b", "c d"))),
    ("tags", [""], SetTags(())),
    ("add-tag", ["depot-7"], AddTags(("depot-7",))),
    ("remove-tag", ["a, b,"], RemoveTags(("a", "b"))),
    ("rename-tag", ["a", "b c"], RenameTag("a", "b c")),
    ("move", ["north yard"], MoveToGroup("g2")),
    ("move", ["North", "YARD"], MoveToGroup("g2")),
    ("move", ["g1"], MoveToGroup("g1")),
    ("services", ["data"], SetServices(("DATA",))),
    ("services", ["SMS, data"], SetServices(("DATA", "SMS"))),
    ("services", ["sms", "data"], SetServices(("DATA", "SMS"))),
    ("services", ["both"], SetServices(("DATA", "SMS"))),
    ("services", ["none"], SetServices(())),
    ("lock-ip", [], LockIp()),
    ("lock-ip", [""], LockIp()),
    ("lock-ip", ["10.0.4.17"], LockIp("10.0.4.17")),
    ("unlock-ip", [], UnlockIp()),
    ("imei-lock", ["off"], SetImeiLock(False)),
    ("imei-lock", ["Present"], SetImeiLock(True)),
    ("imei-lock", ["49-015420-323751-8"], SetImeiLock(True, imei=IMEI)),
    ("imei-lock", ["49015420", "323751", "8"], SetImeiLock(True, imei=IMEI)),
    ("imei-lock", ["49015420"], SetImeiLock(True, tac="49015420")),
    ("reset", [], ResetConnection()),
    ("ping", [], Ping()),
    ("ping", ["5"], Ping(5)),
    ("ping", ["", "0"], Ping(3, 0)),
    ("send-sms", ["--valid=90", "RESET", "now"], SendSms("RESET now", 90)),
]

WRONG = [
    ("suspnd", [], "Did you mean suspend?"),
    ("suspend", ["--end-sesion"], "Expected: suspend"),
    ("activate", ["--end-session"], "Expected: activate"),
    ("name", [], "Expected: name NAME"),
    ("name", ["a\x1bb"], "Character 2"),
    ("tags", [], "Expected: tags"),
    ("tags", ["a\x00"], "Character 2"),
    ("add-tag", ["", ","], "Expected: add-tag"),
    ("add-tag", ["depöt"], "Character 4"),
    ("add-tag", ["\n"], "Character 1"),
    ("rename-tag", ["a"], "Expected: rename-tag OLD NEW"),
    ("rename-tag", ["a", "b", "c"], "Expected: rename-tag OLD NEW"),
    ("move", [""], "Expected: move GROUP"),
    ("move", ["Nort yard"], "Did you mean North yard?"),
    ("services", [], "Expected: services"),
    ("services", ["voice"], "“voice” was given"),
    ("services", ["data,none"], "Expected: services"),
    ("lock-ip", ["10.0.4"], "not an IPv4 address"),
    ("lock-ip", ["10.0.4.1", "10.0.4.2"], "Expected: lock-ip"),
    ("unlock-ip", ["10.0.4.1"], "Expected: unlock-ip"),
    ("imei-lock", [], "Expected: imei-lock"),
    ("imei-lock", ["on"], "TAC"),
    ("imei-lock", ["490154203237519"], "check digit"),
    ("reset", ["now"], "Expected: reset"),
    ("ping", ["many"], "Expected: ping"),
    ("ping", ["11"], "1 to 10"),
    ("ping", ["1", "2", "3"], "Expected: ping"),
    ("send-sms", ["--valid=soon", "x"], "Expected: send-sms"),
]


@pytest.mark.parametrize(("word", "arguments", "action"), RIGHT)
def test_right(context, word, arguments, action) -> None:
    assert parse_action(word, arguments, context) == action


@pytest.mark.parametrize(("word", "arguments", "words"), WRONG)
def test_wrong(context, word, arguments, words) -> None:
    with pytest.raises(UsageError) as caught:
        parse_action(word, arguments, context)
    assert words in str(caught.value)


def test_every_word_has_a_parser_and_an_example() -> None:
    assert set(ACTION_WORDS) == set(PARSERS) == {word.lower() for word, _, _ in RIGHT}


def test_the_area_of_a_word_is_that_of_its_action(context) -> None:
    for word, arguments, action in RIGHT:
        assert ACTION_WORDS[word.lower()].area == area_of(action), (word, arguments)


def test_what_a_word_calls_single_is_refused_for_several(context, make_thing) -> None:
    things = (make_thing("a"), make_thing("b"))
    for word, arguments, action in RIGHT:
        if action in (SetImeiLock(True), LockIp("10.0.4.17")):
            continue
        refused = False
        try:
            checked_action(action, things, context)
        except UsageError:
            refused = True
        assert refused is ACTION_WORDS[word.lower()].single, (word, arguments)


def test_groups_that_are_not_loaded(context) -> None:
    with pytest.raises(UsageError, match="not known yet"):
        parse_action("move", ["x"], replace(context, groups={}))


@given(st.sampled_from(sorted(ACTION_WORDS)), st.lists(st.text(max_size=30), max_size=4))
def test_any_arguments_are_understood_or_refused_in_a_sentence(word, arguments) -> None:
    context = FleetContext(datetime(2026, 11, 22, tzinfo=UTC), {"g1": ThingsGroup("g1", "one")})
    try:
        parse_action(word, arguments, context)
    except UsageError as error:
        assert not UNSAFE.search(str(error))


@pytest.mark.parametrize(
    ("level", "area", "problem"),
    [
        ("OPERATOR", Area.RETIRE, "Retiring needs NETWORK_MANAGER or ADMINISTRATOR; "
         "your level is OPERATOR"),
        ("READ_ONLY", Area.TAGS, "Retiring needs OPERATOR or NETWORK_MANAGER or ADMINISTRATOR; "
         "your level is READ_ONLY"),
        ("OPERATOR", Area.ACTIONS, ""),
        ("NEW_LEVEL", Area.RETIRE, ""),
        (None, Area.RETIRE, ""),
    ],
)  # fmt: skip
def test_permission(level, area, problem) -> None:
    assert permission_problem(level, area, "Retiring") == problem
