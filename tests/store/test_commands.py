"""Writes: sent once, refused when read-only, and what they touch is read again."""

from __future__ import annotations

import pytest

from simtui.errors import Conflict, OutcomeUnknown, ReadOnly, Unreachable
from simtui.models import Job
from simtui.store.commands import EditThing, SetState
from simtui.store.queries import FleetQuery, GroupsQuery, ThingQuery
from simtui.store.store import Store


async def test_a_state_change_is_sent_with_the_version_that_was_seen(store, source, thing):
    source.answers["set_state"] = thing(1, version=2, state="SUSPENDED")
    store.connect(source)
    result = await store.run(
        SetState(thing(1), "SUSPENDED", "INC-4711", end_session=True, confirm_iccid="89")
    )
    assert result.state == "SUSPENDED"
    assert source.calls == [
        (
            "set_state",
            "t_1",
            "SUSPENDED",
            "INC-4711",
            ("version", 1),
            ("end_session", True),
            ("confirm_iccid", "89"),
        )
    ]


async def test_an_edit_is_sent_with_its_changes(store, source, thing):
    source.answers["edit_thing"] = thing(1, version=8)
    store.connect(source)
    await store.run(EditThing(thing(1, version=7), {"name": "valve", "tags": ("a",)}))
    assert source.calls == [("edit_thing", "t_1", {"name": "valve", "tags": ("a",)}, 7)]


async def test_a_version_that_was_not_told_is_not_made_up(store, source, thing):
    source.answers["edit_thing"] = thing(1)
    store.connect(source)
    await store.run(EditThing(thing(1, version=0), {"name": "valve"}))
    assert source.last("edit_thing")[-1] is None


async def test_the_changed_thing_reaches_the_fleet_at_once(store, source, thing):
    source.pages = [(thing(1), thing(2))]
    source.answers["edit_thing"] = thing(1, name="valve", version=2)
    store.connect(source)
    fleet = await store.fetch(FleetQuery())
    await store.run(EditThing(thing(1), {"name": "valve"}))
    assert fleet.things["t_1"].name == "valve"


async def test_what_a_write_touches_is_read_again(store, source, seen, thing, settle):
    source.answers |= {
        "thing": lambda thing_id: thing(int(thing_id[2:])),
        "set_state": Job("j_1", "STATE", "QUEUED"),
    }
    store.connect(source)
    for query in (ThingQuery("t_1"), ThingQuery("t_2"), GroupsQuery()):
        store.watch(query, seen())
    await settle()
    source.calls.clear()
    await store.run(SetState(thing(1), "SUSPENDED"))
    await settle()
    assert [call[:2] for call in source.calls[1:]] == [("thing", "t_1"), ("groups",)]


async def test_a_write_that_was_refused_is_raised_and_the_object_read_again(
    store, source, seen, thing, settle
):
    source.answers |= {"thing": thing(1), "set_state": Conflict("It was changed meanwhile")}
    store.connect(source)
    store.watch(ThingQuery("t_1"), seen())
    await settle()
    with pytest.raises(Conflict):
        await store.run(SetState(thing(1), "SUSPENDED"))
    await settle()
    assert source.count("set_state") == 1
    assert source.count("thing") == 2


@pytest.mark.parametrize("watched", [True, False])
async def test_after_a_lost_answer_the_object_is_read_once_even_if_nobody_watches(
    store, source, seen, thing, settle, watched
):
    source.pages = [(thing(1),)]
    source.answers |= {
        "thing": lambda _id: thing(1, state="SUSPENDED", version=2),
        "set_state": OutcomeUnknown("Whether it was done is not known"),
    }
    store.connect(source)
    fleet = await store.fetch(FleetQuery())
    if watched:
        store.watch(ThingQuery("t_1"), seen())
        await settle()
    source.calls.clear()
    with pytest.raises(OutcomeUnknown):
        await store.run(SetState(thing(1), "SUSPENDED"))
    await settle()
    assert [call[0] for call in source.calls] == ["set_state", "thing"]
    assert fleet.things["t_1"].state == "SUSPENDED"


async def test_a_read_only_store_sends_nothing(clock, source, thing):
    store = Store(clock=clock, sleep=clock.sleep, read_only=True)
    store.connect(source)
    with pytest.raises(ReadOnly) as caught:
        await store.run(SetState(thing(1), "SUSPENDED"))
    assert "pump-1" in str(caught.value)
    assert source.calls == []
    await store.close()


async def test_without_a_connection_nothing_is_sent(store, thing):
    with pytest.raises(Unreachable):
        await store.run(SetState(thing(1), "SUSPENDED"))


def test_commands_say_what_they_do(thing):
    assert SetState(thing(1), "SUSPENDED", "INC-4711").summary == (
        "Set pump-1 from ACTIVE to SUSPENDED (INC-4711)"
    )
    nameless = thing(1, name="")
    assert EditThing(nameless, {"name": "x", "tags": ()}).summary == (
        f"Change name, tags of {nameless.iccid}"
    )
