"""The questions about messages: how much is read of few and of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from simtui.models import Sms, SmsPage
from simtui.store.queries import (
    BatchQuery,
    ConversationQuery,
    LatestSmsQuery,
    OpenSmsQuery,
    SentLatelyQuery,
    SmsQuery,
)
from simtui.store.sms_queries import OTHERS
from simtui.store.sms_writes import CancelSms
from tests.store.sms_town import NOW, Town


async def test_the_messages_of_an_operation_are_read_one_by_one(town: Town) -> None:
    town.write_down(3)
    town.write_down(2, "DELIVERED")
    town.write_down(9, client_reference="another")
    batch = await town.store.fetch(BatchQuery("op-1"))
    assert batch.counts == {"SENT": 3, "DELIVERED": 2}
    assert (len(batch.items), batch.total, batch.pending) == (5, 5, 3)
    assert len(town.wire.reads) == 1


async def test_of_600_there_are_two_pages(town: Town) -> None:
    town.write_down(590, "DELIVERED")
    town.write_down(10, "QUEUED")
    batch = await town.store.fetch(BatchQuery("op-1"))
    assert batch.counts == {"DELIVERED": 590, "QUEUED": 10}
    assert len({sms.sms_id for sms in batch.items}) == 600
    assert len(town.wire.reads) == 3


async def test_of_1500_only_the_numbers_and_what_did_not_arrive_are_read(town: Town) -> None:
    counts = {"QUEUED": 5, "SENT": 400, "DELIVERED": 1060, "FAILED": 20, "EXPIRED": 10}
    for status, count in counts.items():
        town.write_down(count, status)
    town.write_down(5, "PARKED")  # which the contract does not know
    batch = await town.store.fetch(BatchQuery("op-1"))
    assert batch.counts == counts | {OTHERS: 5}
    assert (batch.total, batch.pending) == (1500, 405)
    assert {sms.status for sms in batch.items} == {"FAILED", "EXPIRED"}
    assert len(batch.items) == 30
    assert len(town.wire.reads) == 8
    asked = [request.url.params for request in town.wire.reads[1:]]
    assert {one["clientReference"] for one in asked} == {"op-1"}
    assert {one["status"]: one["limit"] for one in asked}["DELIVERED"] == "1"


async def test_nothing_of_an_operation_is_an_empty_batch(town: Town) -> None:
    batch = await town.store.fetch(BatchQuery("op-1"))
    assert (batch.counts, batch.items, batch.total, batch.pending) == ({}, (), 0, 0)


async def test_what_is_open_is_pending_or_did_not_arrive_this_week(town: Town) -> None:
    for status in ("QUEUED", "SENT", "DELIVERED", "FAILED", "EXPIRED", "CANCELLED"):
        town.write_down(1, status)
        town.write_down(1, status, submitted_at=NOW - timedelta(days=8))
    found = await town.store.fetch(OpenSmsQuery())
    assert [sms.status for sms in found.items].count("SENT") == 2
    assert sorted(sms.status for sms in found.items) == [
        *("EXPIRED", "FAILED", "QUEUED", "QUEUED", "SENT", "SENT"),
    ]
    at = [sms.submitted_at for sms in found.items]
    assert at == sorted(at, reverse=True)
    assert found.unread == 0
    assert len(town.wire.reads) == 4


async def test_what_is_too_much_to_read_is_counted(town: Town) -> None:
    town.write_down(510, "SENT")
    town.write_down(503, "FAILED")
    found = await town.store.fetch(OpenSmsQuery())
    assert (len(found.items), found.unread) == (1000, 13)
    latest = await town.store.fetch(LatestSmsQuery())
    assert (len(latest.items), latest.unread) == (500, 513)


async def test_a_message_that_goes_on_between_two_questions_is_there_once(store, source) -> None:
    message = Sms("sms_1", "RESET", "t_1")

    def page(**asked: Any) -> SmsPage:
        status = asked["status"]
        items = (replace(message, status=status),) if status in ("QUEUED", "SENT") else ()
        return SmsPage(items, len(items))

    async def sms_page(**asked: Any) -> SmsPage:
        return page(**asked)

    source.sms_page = sms_page
    store.connect(source)
    found = await store.fetch(OpenSmsQuery())
    assert [(sms.sms_id, sms.status) for sms in found.items] == [("sms_1", "SENT")]


async def test_what_was_sent_lately(town: Town) -> None:
    one, other, *_ = town.world.things
    town.write_down(1)
    town.write_down(1, submitted_at=NOW - timedelta(minutes=61))
    town.write_down(1, "DELIVERED", submitted_at=NOW - timedelta(hours=1))
    for record in list(town.world.sms.values())[:1]:
        mo = replace(record, sms_id="mo", direction="MO", status="RECEIVED")
        town.world.sms |= {"mo": mo, "o": replace(record, sms_id="o", thing_id=other)}
    to_one = await town.store.fetch(SentLatelyQuery(one))
    to_any = await town.store.fetch(SentLatelyQuery())
    assert len(to_one) == 2
    assert {sms.status for sms in to_one} == {"SENT", "DELIVERED"}
    assert {sms.sms_id for sms in to_any} - {sms.sms_id for sms in to_one} == {"o"}
    assert all(sms.direction == "MT" for sms in to_any)


def test_questions_about_messages_are_out_of_date_when_messages_are() -> None:
    queries = (
        SmsQuery("s"),
        BatchQuery("op"),
        OpenSmsQuery(),
        LatestSmsQuery(),
        SentLatelyQuery(),
        ConversationQuery("t_1"),
    )
    shared = frozenset.intersection(*(query.subjects for query in queries))
    sending = CancelSms(Sms("s", "x"), "pump")
    assert shared == sending.touches == {"sms"}
