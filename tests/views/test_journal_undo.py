"""What takes a write back, from what was written down before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from simtui.models import ImeiLock, IpLease
from simtui.models.action import (
    Action,
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
from simtui.models.journal import Before, Intent, JournalEntry, Outcome, Result
from simtui.views.journal.undo import (
    Undo,
    is_undone,
    last_undoable,
    undo_of,
    undo_of_operation,
)

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def things(*fields: Mapping[str, Any]) -> tuple[Before, ...]:
    return tuple(
        Before(f"t{number}", f"893108620000000{number:04}", f"pump-{number}", 1, one)
        for number, one in enumerate(fields, 1)
    )


def entry(
    action: Action | None,
    *fields: Mapping[str, Any],
    outcome: str | None = Outcome.CONFIRMED,
    entry_id: str = "e1",
    **more: Any,
) -> JournalEntry:
    usual = Intent(
        entry_id=entry_id,
        at=AT,
        who="anna@jump-1",
        process=1,
        profile="prod",
        endpoint="x",
        kind=action.kind if action else "cancel-job",
        parameters=msgspec.to_builtins(action) if action else {"job_id": "j"},
        summary="",
        target="",
        things=things(*fields),
        request_id="r",
        operation=entry_id,
    )
    results = () if outcome is None else (Result(entry_id, AT, outcome),)
    return JournalEntry(replace(usual, **more), results)


def parts(undo: Undo) -> dict[Action, tuple[str, ...]]:
    assert not undo.reason
    return {part.action: part.thing_ids for part in undo.parts}


DYNAMIC = {"ip": {"address": "10.0.0.4", "allocation": "DYNAMIC"}}
LOCKED = {"ip": {"address": "10.0.0.5", "allocation": "LOCKED"}}
TIED = {"enabled": True, "imei": "490154203237518", "tac": None}
SUSPENDED, ACTIVE, PROVISIONED = ({"state": s} for s in ("SUSPENDED", "ACTIVE", "PROVISIONED"))


@pytest.mark.parametrize(
    ("action", "befores", "expected"),
    [
        (SetState("SUSPENDED"), [ACTIVE, ACTIVE], {SetState("ACTIVE"): ("t1", "t2")}),
        (SetState("ACTIVE"), [SUSPENDED, ACTIVE], {SetState("SUSPENDED"): ("t1",)}),
        (
            AddTags(("nl", "spare")),
            [{"tags": ["NL"]}, {"tags": []}, {"tags": ["nl"]}, {"tags": ["spare", "nl"]}],
            {RemoveTags(("spare",)): ("t1", "t3"), RemoveTags(("nl", "spare")): ("t2",)},
        ),
        (
            RemoveTags(("nl", "spare")),
            [{"tags": ["NL", "x"]}, {"tags": ["x"]}, {"tags": ("nl", "spare")}],
            {AddTags(("NL",)): ("t1",), AddTags(("nl", "spare")): ("t3",)},
        ),
        (
            SetTags(("a",)),
            [{"tags": ["b"]}, {"tags": []}, {"tags": ["b"]}, {"tags": ["a"]}],
            {SetTags(("b",)): ("t1", "t3"), SetTags(()): ("t2",)},
        ),
        (
            RenameTag("old", "new"),
            [{"tags": ["old"]}, {"tags": ["OLD", "New"]}, {"tags": ["new"]}],
            {RenameTag("new", "old"): ("t1",), AddTags(("old",)): ("t2",)},
        ),
        (RenameTag("nl", "NL"), [{"tags": ["nl"]}], {RenameTag("NL", "nl"): ("t1",)}),
        (
            MoveToGroup("g9"),
            [{"things_group_id": g} for g in ("g1", "g2", "g1", "g9")],
            {MoveToGroup("g1"): ("t1", "t3"), MoveToGroup("g2"): ("t2",)},
        ),
        (
            SetServices(("DATA",)),
            [{"allowed_services": s} for s in (["DATA", "SMS"], [], ("DATA",))],
            {SetServices(("DATA", "SMS")): ("t1",), SetServices(()): ("t2",)},
        ),
        (LockIp(), [DYNAMIC, LOCKED, {"ip": None}], {UnlockIp(): ("t1", "t3")}),
        (LockIp("10.0.0.9"), [LOCKED], {LockIp("10.0.0.5"): ("t1",)}),
        (UnlockIp(), [DYNAMIC, LOCKED], {LockIp("10.0.0.5"): ("t2",)}),
        (UnlockIp(), [{"ip": IpLease("10.0.0.7", None, "LOCKED")}], {LockIp("10.0.0.7"): ("t1",)}),
        (Describe(name="new"), [{"name": "old"}], {Describe(name="old"): ("t1",)}),
        (Describe(name="new"), [{}], {Describe(name="pump-1"): ("t1",)}),
        (
            Describe("same", "new"),
            [{"name": "same", "description": ""}],
            {Describe(description=""): ("t1",)},
        ),
        (
            SetImeiLock(True, tac="49015420"),
            [{"imei_lock": TIED}, {"imei_lock": ImeiLock()}],
            {
                SetImeiLock(True, "490154203237518"): ("t1",),
                SetImeiLock(False): ("t2",),
            },
        ),
    ],
)
@pytest.mark.parametrize("from_disk", [False, True])
def test_what_was_before_comes_back(
    action: Action, befores: list[dict[str, Any]], expected: dict[Action, Any], from_disk: bool
) -> None:
    if from_disk:
        befores = [json.loads(msgspec.json.encode(one)) for one in befores]
    assert parts(undo_of(entry(action, *befores))) == expected


def test_several_things_get_the_leases_that_they_have_and_it_says_so() -> None:
    undo = undo_of(entry(UnlockIp(), LOCKED, DYNAMIC, LOCKED))
    assert parts(undo) == {LockIp(): ("t1", "t3")}
    assert "need not be the one that was locked before" in undo.remark


@pytest.mark.parametrize(
    ("action", "befores", "reason"),
    [
        (SetState("RETIRED"), [ACTIVE, SUSPENDED], "2 Things stay as they are: retiring is for"),
        (SetState("ACTIVE"), [PROVISIONED], "1 Thing stays as it is: no Thing goes back to prov"),
        (SetState("ACTIVE"), [ACTIVE], "It changed nothing"),
        (SetState("ACTIVE"), [{}], "1 Thing stays as it is: the journal does not say"),
        (SetState("ACTIVE"), [{"state": "FROZEN"}], "the journal does not say how it was before"),
        (SetState("ACTIVE"), [{"state": 7}], "the journal does not say how it was before"),
        (SetServices(("DATA",)), [{"allowed_services": None}], "the journal does not say"),
        (SetImeiLock(True), [{"imei_lock": None}], "the journal does not say"),
        (MoveToGroup("g1"), [{"things_group_id": None}], "the journal does not say"),
        (Describe(description="x"), [{"name": "y"}], "the journal does not say"),
        (ResetConnection(), [{}], "A connection reset cannot be undone"),
        (Ping(), [{}], "A ping changes nothing"),
        (SendSms("RESET"), [{}, {}], "A message that was sent cannot be taken back"),
        (None, [], "A cancelled job cannot go on"),
    ],
)
def test_what_cannot_be_taken_back_says_why(
    action: Action | None, befores: list[dict[str, Any]], reason: str
) -> None:
    undo = undo_of(entry(action, *befores))
    assert undo.parts == ()
    assert reason in undo.reason
    assert undo.reason.endswith(".")


@pytest.mark.parametrize(
    ("kind", "parameters"), [("teleport", {}), ("set-state", {}), ("add-tags", {"tags": 1})]
)
def test_a_write_of_another_version_is_not_guessed_at(kind: str, parameters: Any) -> None:
    strange = entry(SetState("ACTIVE"), SUSPENDED, kind=kind, parameters=parameters)
    assert undo_of(strange).reason == "This version of simtui does not know how to undo it."


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.ACCEPTED, "It still runs"),
        (Outcome.UNKNOWN, "It is not known yet"),
        (None, "It is not known yet"),
        (Outcome.REFUSED, "It changed nothing"),
        (Outcome.FAILED, "It changed nothing"),
    ],
)
def test_only_what_was_done_can_be_undone(outcome: str | None, reason: str) -> None:
    undo = undo_of(entry(SetState("SUSPENDED"), ACTIVE, outcome=outcome))
    assert undo == Undo(reason=undo.reason)
    assert undo.reason.startswith(reason)


def test_things_that_stay_as_they_are_are_counted() -> None:
    undo = undo_of(entry(SetState("ACTIVE"), PROVISIONED, SUSPENDED, PROVISIONED))
    assert parts(undo) == {SetState("SUSPENDED"): ("t2",)}
    assert undo.remark == "2 Things stay as they are: no Thing goes back to provisioned."


def test_an_operation_of_several_requests_is_taken_back_as_one() -> None:
    one = entry(SetState("SUSPENDED"), ACTIVE, entry_id="e1")
    two = entry(SetState("SUSPENDED"), entry_id="e2", outcome=Outcome.PARTLY)
    other = replace(two.intent, things=(Before("t9", "89", fields=ACTIVE), *one.intent.things))
    failed = entry(SetState("SUSPENDED"), ACTIVE, entry_id="e3", outcome=Outcome.FAILED)
    undo = undo_of_operation((one, replace(two, intent=other), failed))
    (part,) = undo.parts
    assert part.action == SetState("ACTIVE")
    assert sorted(part.thing_ids) == ["t1", "t9"]
    assert undo.remark == "1 request of it left out: not done, or nobody knows yet."
    assert undo_of_operation(()).parts == ()


def suspended(entry_id: str, **more: Any) -> JournalEntry:
    return entry(SetState("SUSPENDED"), ACTIVE, entry_id=entry_id, **more)


def resumed(entry_id: str, undoes: str, **more: Any) -> JournalEntry:
    return entry(SetState("ACTIVE"), SUSPENDED, entry_id=entry_id, undoes=undoes, **more)


def test_the_last_write_that_can_be_undone_is_offered() -> None:
    entries = [
        suspended("e1"),
        suspended("e2"),
        entry(Ping(), {}, entry_id="e3"),
        suspended("e4", outcome=Outcome.UNKNOWN),
    ]
    assert last_undoable(entries) is entries[1]
    assert last_undoable(entries[2:]) is None
    assert last_undoable([]) is None


def test_asking_again_goes_further_back() -> None:
    entries = [suspended("e1"), suspended("e2"), resumed("e3", "e2")]
    assert last_undoable(entries) is entries[0]
    entries.append(resumed("e4", "e1"))
    assert last_undoable(entries) is None


def test_an_undo_that_was_undone_leaves_the_write_to_be_undone() -> None:
    entries = [suspended("e1"), resumed("e2", "e1"), suspended("e3", undoes="e2")]
    assert undo_of(entries[1]).parts
    assert last_undoable(entries) is entries[0]


@pytest.mark.parametrize(
    ("outcome", "undone"),
    [
        (Outcome.CONFIRMED, True),
        (Outcome.PARTLY, True),
        (Outcome.ACCEPTED, True),
        (Outcome.REFUSED, False),
        (Outcome.FAILED, False),
        (None, False),
    ],
)
def test_only_an_undo_that_happens_counts(outcome: str | None, undone: bool) -> None:
    entries = [suspended("e1"), resumed("e2", "e1", outcome=outcome)]
    assert is_undone(entries[0], entries) is undone
    assert not is_undone(entries[1], entries)


def test_what_is_done_again_is_not_undone_any_more() -> None:
    entries = [suspended("e1"), resumed("e2", "e1"), suspended("e3", undoes="e2")]
    assert [is_undone(one, entries) for one in entries] == [False, True, False]


def test_an_undo_of_an_operation_covers_all_its_requests_that_it_is_about() -> None:
    one, two, three = (
        suspended(f"e{n}", operation="o", things=things({}, {}, {})[n - 1 : n]) for n in (1, 2, 3)
    )
    undo = resumed("u", "e2", things=things({}, {})[:2])
    entries = [one, two, three, undo]
    assert [is_undone(each, entries) for each in entries] == [True, True, False, False]
