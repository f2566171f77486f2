"""Writes to one Thing: journalled, sent once, and what they touch is read again."""

from __future__ import annotations

import pytest

from simtui.errors import Conflict, OutcomeUnknown, ReadOnly, Unreachable
from simtui.models import ImeiLock, Job
from simtui.models.action import (
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    RenameTag,
    ResetConnection,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.models.journal import Outcome
from simtui.store.queries import FleetQuery, GroupsQuery, ThingQuery
from simtui.store.store import Store
from simtui.store.thing_write import ThingWrite

SUSPEND = SetState("SUSPENDED", "INC-4711", end_session=True)


def write(thing, action=SUSPEND):
    return ThingWrite(action, thing, f"Suspend {thing.name}", thing.name)


async def sent(store, source, command):
    """What the source was asked, without the request id, which is checked by itself."""
    source.answers |= dict.fromkeys(
        ("set_state", "edit_thing", "set_tags", "lock_ip", "unlock_ip"), command.thing
    ) | dict.fromkeys(("reset_connection", "ping"), Job("j_1", "PING", "RUNNING"))
    source.held |= {"job"}
    store.connect(source)
    await store.outbox.run(command)
    (entry,) = store.journal.entries
    (call,) = (one for one in source.calls if ("request_id", entry.intent.request_id) in one)
    return [part for part in call if part != ("request_id", entry.intent.request_id)]


@pytest.mark.parametrize(
    ("action", "call"),
    [
        (
            SUSPEND,
            [
                *("set_state", "t_1", "SUSPENDED", "INC-4711"),
                *(("version", 7), ("end_session", True), ("confirm_iccid", None)),
            ],
        ),
        (
            SetState("RETIRED"),
            [
                *("set_state", "t_1", "RETIRED", "", ("version", 7)),
                *(("end_session", False), ("confirm_iccid", "8931086000000000001")),
            ],
        ),
        (Describe(name="valve"), ["edit_thing", "t_1", {"name": "valve"}, 7]),
        (SetTags(("b",)), ["set_tags", "t_1", ("b",), 7]),
        (AddTags(("b", "A")), ["set_tags", "t_1", ("a", "b"), 7]),
        (RemoveTags(("A",)), ["set_tags", "t_1", (), 7]),
        (RenameTag("A", "c"), ["set_tags", "t_1", ("c",), 7]),
        (MoveToGroup("g_2"), ["edit_thing", "t_1", {"things_group_id": "g_2"}, 7]),
        (SetServices(("SMS",)), ["edit_thing", "t_1", {"allowed_services": ("SMS",)}, 7]),
        (LockIp(), ["lock_ip", "t_1", None, 7]),
        (LockIp("10.0.0.4"), ["lock_ip", "t_1", "10.0.0.4", 7]),
        (UnlockIp(), ["unlock_ip", "t_1", 7]),
        (
            SetImeiLock(True, tac="35209900"),
            ["edit_thing", "t_1", {"imei_lock": ImeiLock(True, None, "35209900")}, 7],
        ),
        (ResetConnection(), ["reset_connection", "t_1"]),
        (Ping(5, 100), ["ping", "t_1", 5, 100]),
    ],
)
async def test_each_action_is_one_request_on_the_version_that_was_seen(
    store, source, thing, action, call
):
    command = write(thing(1, version=7, tags=("a",)), action)
    assert await sent(store, source, command) == call


async def test_a_version_that_was_not_told_is_not_made_up(store, source, thing):
    call = await sent(store, source, write(thing(1, version=0), Describe(name="valve")))
    assert call[-1] is None


async def test_the_changed_thing_reaches_the_fleet_at_once(store, source, thing):
    source.pages = [(thing(1), thing(2))]
    source.answers["edit_thing"] = thing(1, name="valve", version=2)
    store.connect(source)
    fleet = await store.fetch(FleetQuery())
    await store.outbox.run(write(thing(1), Describe(name="valve")))
    assert fleet.things["t_1"].name == "valve"
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED


async def test_what_a_write_touches_is_read_again(store, source, seen, thing, settle):
    source.answers |= {
        "thing": lambda thing_id: thing(int(thing_id[2:])),
        "set_state": thing(1, version=2, state="SUSPENDED"),
    }
    store.connect(source)
    for query in (ThingQuery("t_1"), ThingQuery("t_2"), GroupsQuery()):
        store.watch(query, seen())
    await settle()
    source.calls.clear()
    await store.outbox.run(write(thing(1)))
    await settle()
    assert [call[:2] for call in source.calls[1:]] == [("thing", "t_1"), ("groups",)]


async def test_a_refusal_is_raised_written_down_and_the_object_read_again(
    store, source, seen, thing, settle
):
    source.answers |= {"thing": thing(1), "set_state": Conflict("It was changed", "by anna")}
    store.connect(source)
    store.watch(ThingQuery("t_1"), seen())
    await settle()
    with pytest.raises(Conflict):
        await store.outbox.run(write(thing(1)))
    await settle()
    assert source.count("set_state") == 1
    assert source.count("thing") == 2
    (entry,) = store.journal.entries
    assert (entry.outcome, entry.detail) == (Outcome.REFUSED, "It was changed. By anna.")


async def test_no_answer_at_all_is_a_failure_and_no_refusal(store, source, thing):
    source.answers["set_state"] = Unreachable("Nobody is there")
    store.connect(source)
    with pytest.raises(Unreachable):
        await store.outbox.run(write(thing(1)))
    assert store.journal.entries[0].outcome == Outcome.FAILED


async def test_the_journal_has_what_was_before_anything_is_sent(store, source, thing):
    there = []
    source.answers["set_state"] = lambda *_: there.extend(store.journal.entries) or thing(1)
    store.connect(source)
    await store.outbox.run(write(thing(1, version=7)))
    (entry,) = there
    assert entry.results == ()
    assert entry.intent.things[0].fields == {"state": "ACTIVE"}
    assert entry.intent.parameters == {
        "state": "SUSPENDED",
        "reason": "INC-4711",
        "end_session": True,
        "only_from": None,
    }


async def test_a_read_only_store_writes_nothing_down_and_sends_nothing(clock, source, thing):
    store = Store(clock=clock, sleep=clock.sleep, read_only=True)
    store.connect(source)
    with pytest.raises(ReadOnly) as caught:
        await store.outbox.run(write(thing(1)))
    assert "pump-1" in str(caught.value)
    assert source.calls == []
    assert store.journal.entries == ()
    await store.close()


async def test_without_a_connection_nothing_is_sent(store, thing):
    with pytest.raises(Unreachable):
        await store.outbox.run(write(thing(1)))
    assert store.journal.entries == ()


LOST = OutcomeUnknown("The outcome is unknown", "The connection was closed")


@pytest.mark.parametrize(
    ("now", "outcome", "detail"),
    [
        ({"state": "SUSPENDED", "version": 2}, Outcome.CONFIRMED, "It is so"),
        ({"pending_state": "SUSPENDED", "version": 2}, Outcome.CONFIRMED, "It is so"),
        ({}, Outcome.FAILED, "It did not arrive"),
        ({"name": "other", "version": 2}, Outcome.FAILED, "It is not so (version 2)"),
    ],
)
async def test_a_lost_answer_is_looked_up_and_never_sent_again(
    store, source, clock, thing, now, outcome, detail
):
    source.answers |= {"set_state": LOST, "thing": thing(1, **now)}
    store.connect(source)
    with pytest.raises(OutcomeUnknown):
        await store.outbox.run(write(thing(1)))
    assert store.journal.entries[0].outcome == Outcome.UNKNOWN
    await clock.advance(10)
    (entry,) = store.journal.entries
    assert entry.outcome == outcome
    assert detail in entry.detail
    assert entry.results[-1].looked_up
    assert source.count("set_state") == 1


async def test_what_comes_late_is_waited_for_before_it_is_called_lost(store, source, clock, thing):
    """The gateway may still have the request when its answer is given up."""
    answers = [thing(1), thing(1), thing(1, state="SUSPENDED", version=2)]
    source.answers |= {
        "set_state": LOST,
        "thing": lambda _id: answers.pop(0) if len(answers) > 1 else answers[0],
    }
    store.connect(source)
    with pytest.raises(OutcomeUnknown):
        await store.outbox.run(write(thing(1)))
    await clock.advance(10)
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED


async def test_while_nobody_answers_the_outcome_stays_unknown(store, source, clock, thing):
    source.answers |= {"set_state": LOST, "thing": Unreachable("Nobody is there")}
    store.connect(source)
    with pytest.raises(OutcomeUnknown):
        await store.outbox.run(write(thing(1)))
    await clock.advance(100)
    assert store.journal.entries[0].outcome == Outcome.UNKNOWN
    source.answers["thing"] = thing(1, state="SUSPENDED", version=2)
    await clock.advance(100)
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED
