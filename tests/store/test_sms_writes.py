"""Messages on the sandbox: sent to one, to many as one request, and to each its own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from simtui.errors import (
    Conflict,
    Forbidden,
    Invalid,
)
from simtui.models import ItemOutcome, Job, JobProgress, Sms
from simtui.models.action import SendSms
from simtui.models.bulk import Target
from simtui.models.journal import Outcome
from simtui.store.operation import Assignment
from simtui.store.queries import (
    BatchQuery,
    ConversationQuery,
)
from tests.store.sms_town import NAME, RESET, Town, outcomes, strikes_at


def bodies(town: Town) -> list[dict[str, Any]]:
    return [json.loads(request.content) for request in town.wire.writes]


# One message


async def test_one_message_is_one_request_known_by_its_operation(town: Town) -> None:
    report = await town.send(RESET, 1)
    (message,) = town.messages
    (entry,) = town.entries
    assert len(town.wire.writes) == 1
    assert (message.text, message.validity_minutes, message.sender) == ("RESET", 90, "OPS")
    assert message.client_reference == entry.intent.reference == entry.intent.operation
    assert entry.intent.reference != entry.intent.entry_id
    assert outcomes(entry) == [Outcome.CONFIRMED]
    assert entry.object_id == message.sms_id
    assert entry.detail == f"The platform has it as message {message.sms_id}"
    assert entry.intent.parameters["text"] == "RESET"
    assert [item.outcome for item in report.items] == [ItemOutcome.OK]
    assert report.jobs == ()


async def test_its_fields_are_filled_in(town: Town) -> None:
    await town.send(NAME, 1)
    assert [message.text for message in town.messages] == ["SET NAME pump-0 {x}"]
    assert town.entries[0].intent.parameters["text"] == NAME.text


@pytest.mark.parametrize(("count", "tag"), [(1, None), (2, None), (20, "depot")])
async def test_the_message_that_it_repeats_is_in_the_reference(
    town: Town, count: int, tag: str | None
) -> None:
    await town.send(replace(RESET, again_of="sms_7"), count, tag)
    operation = town.entries[0].intent.operation
    assert {message.client_reference for message in town.messages} == {f"{operation}~sms_7"}
    assert len(town.messages) == count


async def test_an_id_that_has_no_room_in_the_reference_is_left_out(town: Town) -> None:
    await town.send(replace(RESET, again_of="s" * 40), 1)
    (message,) = town.messages
    assert message.client_reference == town.entries[0].intent.operation


async def test_what_the_server_has_against_it_is_raised_and_written_down(town: Town) -> None:
    assignment = await town.assignment(RESET, 1)
    next(iter(town.world.things.values())).state = "SUSPENDED"
    with pytest.raises(Conflict, match="SUSPENDED"):
        await town.store.operations.start(assignment).wait()
    assert outcomes(town.entries[0]) == [Outcome.REFUSED]
    assert town.messages == []


async def test_what_is_watched_of_messages_is_read_again(
    store, source, one_message, seen, settle
) -> None:
    source.answers |= {"thing_sms": (), "send_sms": Sms("sms_9", "RESET", "t_1")}
    store.connect(source)
    for thing_id in ("t_1", "t_2"):
        store.watch(ConversationQuery(thing_id), seen())
    await settle()
    source.calls.clear()
    await store.operations.start(one_message).wait()
    await settle()
    assert sorted(call[1] for call in source.calls if call[0] == "thing_sms") == ["t_1", "t_2"]


# Many, with one text


async def test_a_tag_is_one_request_whose_messages_have_the_operation(town: Town) -> None:
    report = await town.send(RESET, 20, "depot")
    (body,) = bodies(town)
    (entry,) = town.entries
    assert (body["action"], body["target"]) == ("SEND_SMS", {"tags": ["depot"]})
    assert body["clientReference"] == entry.intent.entry_id == entry.intent.reference
    assert {message.client_reference for message in town.messages} == {entry.intent.operation}
    assert {message.text for message in town.messages} == {"RESET"}
    assert len(town.messages) == len(report.succeeded) == 20
    assert outcomes(entry) == [Outcome.ACCEPTED, Outcome.CONFIRMED]
    batch = await town.store.fetch(BatchQuery(entry.intent.operation))
    assert batch.total == 20


async def test_when_the_job_has_ended_messages_are_read_again(
    store, source, one_message, thing, seen, settle
) -> None:
    things = (thing(1), thing(2))
    many = replace(one_message, things=things, target=Target(("t_1", "t_2")), expected=2)
    done = Job("j_1", "SEND_SMS", "COMPLETED", total=2, succeeded=2)
    source.answers |= {
        "thing_sms": (),
        "start_bulk": replace(done, status="RUNNING"),
        "job": JobProgress(done),
        "job_items": (),
    }
    store.connect(source)
    store.watch(ConversationQuery("t_9"), seen())
    await settle()
    await store.operations.start(many).wait()
    await settle()
    assert source.count("thing_sms") == 2


# Many, with a text each


async def test_texts_that_differ_are_a_request_a_thing(town: Town) -> None:
    report = await town.send(NAME, 3, "depot")
    assert [message.text for message in town.messages] == [
        f"SET NAME pump-{number} {{x}}" for number in range(3)
    ]
    assert [request.url.path.rsplit("/", 1)[1] for request in town.wire.writes] == ["sms"] * 3
    assert [(one.intent.batch, one.intent.batches) for one in town.entries] == [
        *((1, 3), (2, 3), (3, 3)),
    ]
    (operation,) = {entry.intent.operation for entry in town.entries}
    assert {message.client_reference for message in town.messages} == {operation}
    assert [entry.object_id for entry in town.entries] == [sms.sms_id for sms in town.messages]
    assert [entry.intent.things[0].name for entry in town.entries] == ["pump-0", "pump-1", "pump-2"]
    assert [item.outcome for item in report.items] == [ItemOutcome.OK] * 3


async def test_how_far_it_is_is_told(town: Town) -> None:
    running = town.store.operations.start(await town.assignment(NAME, 3))
    told: list[tuple[int, int]] = []
    running.listen(lambda: told.append((running.progress.batch, running.progress.batches)))
    await running.wait()
    assert told == [(1, 3), (2, 3), (3, 3), (3, 3)]


async def test_what_is_wrong_with_one_does_not_keep_the_others_from_it(town: Town) -> None:
    assignment = await town.assignment(NAME, 4)
    first, second, third, *_ = town.world.things.values()
    first.state = "SUSPENDED"
    second.allowed_services = ("DATA",)
    del town.world.things[third.thing_id]
    report = await town.store.operations.start(assignment).wait()
    assert [item.outcome for item in report.items] == ["FAILED", "FAILED", "FAILED", "OK"]
    assert [item.name for item in report.failed] == [
        "STATE_NOT_ACTIVE",
        "SERVICE_RESTRICTED",
        "NOT_FOUND",
    ]
    assert [entry.outcome for entry in town.entries] == [*["refused"] * 3, "confirmed"]
    assert [message.text for message in town.messages] == ["SET NAME pump-3 {x}"]


async def test_what_is_wrong_with_all_ends_it(town: Town) -> None:
    strikes_at(town, 2, "permission-level")
    report = await town.send(NAME, 4)
    assert len(town.wire.writes) == len(town.entries) == 2
    assert [item.outcome for item in report.items] == ["OK", "FAILED", "FAILED", "FAILED"]
    assert {item.name for item in report.failed} == {"PERMISSION_DENIED"}
    assert len(town.messages) == 1


async def test_what_is_wrong_with_all_from_the_first_one_is_raised(town: Town) -> None:
    town.faults.switch_on("permission-level", {"method": "POST"})
    with pytest.raises(Forbidden):
        await town.send(NAME, 4)
    assert len(town.wire.writes) == 1
    assert outcomes(town.entries[0]) == [Outcome.REFUSED]


# A rehearsal


@pytest.mark.parametrize("action", [RESET, NAME, replace(NAME, again_of="sms_7")])
async def test_a_rehearsal_sends_nothing(town: Town, action: SendSms) -> None:
    """Whether a Thing may have a message does not depend on its text."""
    assignment = await town.assignment(action, 4)
    list(town.world.things.values())[1].state = "SUSPENDED"
    report = await town.store.operations.rehearse(assignment)
    (body,) = bodies(town)
    assert (body["action"], body["dryRun"]) == ("SEND_SMS", True)
    assert [item.outcome for item in report.items] == ["OK", "FAILED", "OK", "OK"]
    assert town.messages == []
    assert town.entries == ()


async def test_a_rehearsal_takes_a_name_with_brackets_for_what_it_is(town: Town) -> None:
    next(iter(town.world.things.values())).name = "{name} {oops"
    await town.store.operations.rehearse(await town.assignment(NAME, 2))
    assert bodies(town)[0]["parameters"]["text"] == "SET NAME {name} {oops {x}"


async def test_several_things_with_an_unreadable_error_in_the_middle(store, source, thing) -> None:
    """Bad input that only one Thing's name makes it."""
    things = tuple(thing(number) for number in range(3))
    refusal = Invalid("Could not send the SMS", "The text is too long", name="VALIDATION_FAILED")
    source.answers["send_sms"] = lambda thing_id, action, text: (
        refusal if thing_id == "t_1" else Sms(f"sms_{thing_id}", text, thing_id)
    )
    store.connect(source)
    each = Assignment(NAME, things, Target(), 3, "Send it", "them")
    report = await store.operations.start(each).wait()
    assert [item.outcome for item in report.items] == ["OK", "FAILED", "OK"]
    assert report.failed[0].name == "VALIDATION_FAILED"
