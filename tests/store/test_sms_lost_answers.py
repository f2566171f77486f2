"""Messages whose answer was lost: looked up by their reference, and never sent again."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from simtui.errors import (
    Conflict,
    NotFound,
    OutcomeUnknown,
    SimtuiError,
    Unreachable,
)
from simtui.models import ItemOutcome, Sms
from simtui.models.action import SendSms
from simtui.models.journal import Outcome
from simtui.store.queries import (
    SmsQuery,
)
from simtui.store.sms_writes import CancelSms
from tests.store.sms_town import NAME, RESET, Town, outcomes, settled, strikes_at

LOST = OutcomeUnknown("The outcome is unknown", "The connection was closed")


@pytest.mark.parametrize("action", [RESET, NAME, replace(RESET, again_of="sms_7")])
async def test_one_that_was_sent_but_never_answered(town: Town, action: SendSms) -> None:
    town.faults.switch_on("drop-after", {"method": "POST"})
    report = await town.send(action, 1)
    (message,) = town.messages
    (entry,) = town.entries
    assert outcomes(entry) == [Outcome.UNKNOWN, Outcome.CONFIRMED]
    assert entry.results[-1].looked_up
    assert entry.object_id == message.sms_id
    assert entry.detail == f"The platform has it as message {message.sms_id}"
    assert [item.outcome for item in report.items] == [ItemOutcome.OK]
    assert len(town.wire.writes) == 1


async def test_one_that_was_lost_on_the_way_there(town: Town) -> None:
    town.write_down(1, client_reference="another")  # the same text, by somebody else
    town.faults.switch_on("drop-before", {"method": "POST"})
    with pytest.raises(SimtuiError, match="It was not done") as caught:
        await town.send(RESET, 1)
    assert "Nothing was sent again" in str(caught.value)
    (entry,) = town.entries
    assert outcomes(entry) == [Outcome.UNKNOWN, Outcome.FAILED]
    assert entry.detail == "It did not arrive: the server has no such message"
    assert len(town.wire.writes) == 1


async def test_of_each_one_that_was_sent_but_never_answered(town: Town) -> None:
    strikes_at(town, 2, "drop-after")
    report = await town.send(NAME, 3)
    assert len(report.succeeded) == len(town.messages) == len(town.wire.writes) == 3
    assert [outcomes(entry) for entry in town.entries] == [
        ["confirmed"],
        ["unknown", "confirmed"],
        ["confirmed"],
    ]
    assert town.entries[1].object_id == town.messages[1].sms_id


async def test_of_each_one_that_was_lost_on_the_way_there(town: Town) -> None:
    """The messages of the others have the same reference, and are not taken for it."""
    strikes_at(town, 3, "drop-before")
    report = await town.send(NAME, 4)
    assert [item.outcome for item in report.items] == ["OK", "OK", "FAILED", "FAILED"]
    assert "did not arrive" in str(report.failed[0].message)
    assert len(town.messages) == 2
    assert len(town.wire.writes) == len(town.entries) == 3
    assert outcomes(town.entries[2]) == [Outcome.UNKNOWN, Outcome.FAILED]


async def test_many_that_were_sent_but_never_answered(town: Town) -> None:
    town.faults.switch_on("drop-after", {"method": "POST"})
    report = await town.send(RESET, 20, "depot")
    assert outcomes(town.entries[0]) == [Outcome.UNKNOWN, Outcome.ACCEPTED, Outcome.CONFIRMED]
    assert len(report.succeeded) == len(town.messages) == 20
    assert len(town.wire.writes) == 1


async def test_many_that_were_lost_on_the_way_there(town: Town) -> None:
    town.faults.switch_on("drop-before", {"method": "POST"})
    with pytest.raises(SimtuiError, match="It was not done"):
        await town.send(RESET, 20, "depot")
    assert outcomes(town.entries[0]) == [Outcome.UNKNOWN, Outcome.FAILED]
    assert town.messages == []
    assert len(town.wire.writes) == 1


@pytest.mark.parametrize(
    ("lost", "outcome", "detail"),
    [
        (0, Outcome.CONFIRMED, "The server has the message of 5 of 5 Things"),
        (2, Outcome.PARTLY, "The server has the message of 3 of 5 Things"),
        (5, Outcome.FAILED, "It did not arrive: the server has no such message"),
    ],
)
async def test_a_job_that_the_server_has_forgotten_is_seen_by_its_messages(
    town: Town, lost: int, outcome: str, detail: str
) -> None:
    def forget(request: httpx.Request) -> None:
        if "/jobs/" in request.url.path and len(town.world.sms) == 5:
            town.world.jobs.clear()
            for sms_id in list(town.world.sms)[:lost]:
                del town.world.sms[sms_id]

    town.wire.hook = forget
    with pytest.raises(NotFound):
        await town.send(replace(RESET, again_of="sms_7"), 5)
    entry = await settled(town)
    assert (entry.outcome, entry.detail) == (outcome, detail)
    assert len(town.wire.writes) == 1


# … on a source that says what it has


async def test_a_message_of_another_reference_is_never_taken_for_it(
    store, source, clock, one_message
) -> None:
    """Though the server lists it, because it does not know the filter."""
    other = Sms("sms_9", "RESET", "t_1", client_reference="another")
    source.answers |= {"send_sms": LOST, "all_sms": (other, replace(other, client_reference=None))}
    store.connect(source)
    running = store.operations.start(one_message)
    await clock.advance(10)
    with pytest.raises(SimtuiError, match="It was not done"):
        await running.wait()
    assert source.count("all_sms") == 3
    assert source.count("send_sms") == 1


async def test_what_comes_late_is_waited_for(store, source, clock, one_message) -> None:
    """The gateway may still have the request when its answer is given up."""

    def late() -> tuple[Sms, ...]:
        reference = store.journal.entries[0].intent.reference
        there = Sms("sms_9", "RESET", "t_1", client_reference=reference)
        return (there,) if source.count("all_sms") == 3 else ()

    source.answers |= {"send_sms": LOST, "all_sms": late}
    store.connect(source)
    running = store.operations.start(one_message)
    await clock.advance(10)
    assert len((await running.wait()).succeeded) == 1
    assert store.journal.entries[0].object_id == "sms_9"


async def test_whoever_waits_is_told_when_it_cannot_be_looked_up(
    store, source, clock, one_message
) -> None:
    source.answers |= {"send_sms": LOST, "all_sms": Unreachable("Nobody is there")}
    store.connect(source)
    running = store.operations.start(one_message)
    await clock.advance(600)
    with pytest.raises(OutcomeUnknown):
        await running.wait()
    assert store.journal.entries[0].outcome == Outcome.UNKNOWN
    source.answers["all_sms"] = ()
    await clock.advance(600)
    assert store.journal.entries[0].outcome == Outcome.FAILED
    assert source.count("send_sms") == 1


async def test_a_message_that_the_last_run_never_heard_of_is_looked_up(
    store, source, clock, one_message
) -> None:
    source.held.add("send_sms")
    store.connect(source)
    running = store.operations.start(one_message)
    await clock.advance(0)
    await running.close()
    (entry,) = store.journal.entries
    there = Sms("sms_9", "RESET", "t_1", client_reference=entry.intent.reference)
    source.answers["all_sms"] = (there,)
    store.journal._begun.clear()  # as after a restart
    assert [each.entry_id for each in store.outbox.take_up()] == [entry.entry_id]
    await clock.advance(10)
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED
    assert source.count("send_sms") == 1


async def test_what_the_journal_cannot_read_any_more_is_said(
    store, source, clock, one_message
) -> None:
    source.held.add("send_sms")
    store.connect(source)
    running = store.operations.start(one_message)
    await clock.advance(0)
    await running.close()
    (entry,) = store.journal.entries
    strange = replace(entry.intent, parameters={"text": None})
    store.journal._entries[entry.entry_id] = replace(entry, intent=strange)
    store.journal._begun.clear()
    store.outbox.take_up()
    await clock.advance(10)
    assert "cannot be read by this version" in store.journal.entries[0].detail


# Cancelling


async def queued(town: Town) -> Sms:
    await town.send(RESET, 1)
    town.wire.writes.clear()
    return await town.store.fetch(SmsQuery(town.messages[-1].sms_id))


async def test_a_queued_message_is_cancelled(town: Town) -> None:
    message = await queued(town)
    cancelled = await town.store.outbox.run(CancelSms(message, "pump-0"))
    assert cancelled.status == "CANCELLED"
    entry = town.entries[-1]
    assert (entry.intent.kind, entry.intent.summary) == ("cancel-sms", "Cancel the SMS to pump-0")
    assert (entry.outcome, entry.object_id) == (Outcome.CONFIRMED, message.sms_id)
    assert entry.intent.parameters == {"sms_id": message.sms_id}


async def test_one_that_is_on_its_way_is_not_cancelled(town: Town) -> None:
    message = await queued(town)
    town.world.clock.advance(60)
    with pytest.raises(Conflict):
        await town.store.outbox.run(CancelSms(message, "pump-0"))
    assert town.entries[-1].outcome == Outcome.REFUSED


async def test_a_cancel_that_was_done_but_never_answered(town: Town) -> None:
    message = await queued(town)
    town.faults.switch_on("drop-after", {"method": "DELETE"})
    with pytest.raises(OutcomeUnknown):
        await town.store.outbox.run(CancelSms(message, "pump-0"))
    entry = await settled(town)
    assert outcomes(entry) == [Outcome.UNKNOWN, Outcome.CONFIRMED]
    assert (entry.detail, entry.results[-1].looked_up) == ("The message is cancelled", True)
    assert len(town.wire.writes) == 1


async def test_a_cancel_that_was_lost_on_the_way_there(town: Town) -> None:
    message = await queued(town)
    town.faults.switch_on("drop-before", {"method": "DELETE"})
    with pytest.raises(OutcomeUnknown):
        await town.store.outbox.run(CancelSms(message, "pump-0"))
    entry = await settled(town)
    assert outcomes(entry) == [Outcome.UNKNOWN, Outcome.FAILED]
    assert entry.detail.startswith("The message is SENT")
    assert len(town.wire.writes) == 1


async def test_a_cancelled_message_that_is_gone_is_looked_for_no_longer(town: Town) -> None:
    message = await queued(town)
    town.faults.switch_on("drop-before", {"method": "DELETE"})
    town.world.sms.clear()
    with pytest.raises(OutcomeUnknown):
        await town.store.outbox.run(CancelSms(message, "pump-0"))
    entry = await settled(town)
    assert entry.outcome == Outcome.FAILED
    assert entry.detail == "The platform does not have the message any more"
