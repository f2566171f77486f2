"""Every question asks the client for the right thing and depends on the right subjects."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simtui.store import queries
from simtui.store.queries import (
    AccountQuery,
    EventsQuery,
    FleetQuery,
    GroupsQuery,
    ImeiHistoryQuery,
    IpProfilesQuery,
    NetworksQuery,
    SessionQuery,
    SessionsQuery,
    StateHistoryQuery,
    ThingByIccidQuery,
    ThingJsonQuery,
    ThingQuery,
    ThingSmsQuery,
    UsageQuery,
    WindowQuery,
)

CALLS = [
    (AccountQuery(), ("account",)),
    (GroupsQuery(), ("groups",)),
    (NetworksQuery(), ("networks",)),
    (IpProfilesQuery(), ("ip_profiles",)),
    (ThingJsonQuery("t_1"), ("thing_json", "t_1")),
    (SessionQuery("t_1"), ("session", "t_1")),
    (StateHistoryQuery("t_1"), ("state_history", "t_1")),
    (ImeiHistoryQuery("t_1"), ("imei_history", "t_1")),
    (ThingSmsQuery("t_1"), ("thing_sms", "t_1", 50)),
    (EventsQuery("t_1"), ("events", "t_1", 50)),
]


@pytest.mark.parametrize(("query", "call"), CALLS, ids=lambda value: type(value).__name__)
async def test_a_question_makes_its_call(store, source, query, call):
    source.answers[call[0]] = [1, 2]
    store.connect(source)
    value = await store.fetch(query)
    assert source.calls == [call]
    assert value in ((1, 2), [1, 2])


@pytest.mark.parametrize(
    ("query", "call"),
    [(ThingQuery("t_1"), ("thing", "t_1")), (ThingByIccidQuery("89"), ("thing_by_iccid", "89"))],
)
async def test_a_thing_is_asked_for_by_id_or_iccid(store, source, thing, query, call):
    source.answers[call[0]] = thing(1)
    store.connect(source)
    assert await store.fetch(query) == thing(1)
    assert source.calls == [call]


async def test_sessions_are_those_of_the_last_seven_days(store, source, clock):
    source.answers["sessions"] = []
    store.connect(source)
    clock.seconds = 1234
    await store.fetch(SessionsQuery("t_1"))
    assert source.last("sessions") == ("t_1", clock.now() - timedelta(days=7), clock.now())


async def test_usage_is_by_day_over_two_weeks(store, source, clock):
    source.answers["usage"] = []
    store.connect(source)
    await store.fetch(UsageQuery("t_1"))
    start = clock.now() - timedelta(days=14)
    assert source.last("usage") == ("t_1", start, clock.now(), "DAY")


def _examples():
    for name in queries.__all__:
        kind = getattr(queries, name)
        if kind is WindowQuery:
            yield kind(("89",))
        else:
            yield kind(*["t_1"] * len(kind.__dataclass_fields__.keys() - {"max_age"}))


@pytest.mark.parametrize("query", _examples(), ids=lambda query: type(query).__name__)
def test_every_question_is_a_hashable_value_with_an_age(query):
    assert {query: 1}[query] == 1
    assert query.max_age > 0
    assert query.subjects
    assert isinstance(query.polled, bool)


def test_equal_arguments_of_other_questions_are_other_questions():
    assert ThingQuery("t_1") != SessionQuery("t_1")
    assert ThingQuery("t_1") == ThingQuery("t_1")
    assert FleetQuery() == FleetQuery()


def test_all_of_a_thing_depends_on_it_and_on_all_things():
    assert ThingSmsQuery("t_1").subjects == {"things", "thing:t_1"}
