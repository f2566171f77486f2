"""The table of Things: merging answers that overtake one another, and its change log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import CycleUsage, ImeiLock, IpLease, SessionSummary, Thing
from simtui.store import fleet as fleet_module
from simtui.store.fleet import Fleet, is_older

EARLY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LATE = EARLY + timedelta(minutes=5)


def test_rows_stand_in_the_order_in_which_they_first_came(thing):
    fleet = Fleet()
    fleet.merge([thing(2), thing(1)])
    fleet.merge([thing(1, version=2), thing(3)])
    assert list(fleet.things) == ["t_2", "t_1", "t_3"]
    assert len(fleet) == 3


def test_merging_tells_what_is_new_or_differs(thing):
    fleet = Fleet()
    assert fleet.merge([thing(1), thing(2)]) == ["t_1", "t_2"]
    assert fleet.merge([thing(1), thing(2, name="valve", version=2)]) == ["t_2"]


def test_equal_things_are_no_change(thing):
    fleet = Fleet()
    fleet.merge([thing(1)])
    revision = fleet.revision
    assert fleet.merge([thing(1)]) == []
    assert fleet.revision == revision


def test_the_table_cannot_be_written_from_outside(thing):
    with pytest.raises(TypeError):
        Fleet().things["t_1"] = thing(1)


def test_a_late_page_does_not_undo_a_newer_read(thing):
    fleet = Fleet()
    fleet.merge([thing(1)])
    asked = fleet.revision
    fleet.merge([thing(1, version=2, name="renamed")])
    assert fleet.merge([thing(1, state="SUSPENDED")], asked=asked) == []
    assert fleet.things["t_1"].name == "renamed"


def test_what_was_known_before_the_question_is_replaced_whatever_its_version(thing):
    fleet = Fleet()
    fleet.merge([thing(1, version=17)])
    fleet.merge([thing(1, version=3)], asked=fleet.revision)
    assert fleet.things["t_1"].version == 3


def test_filling_never_replaces(thing):
    fleet = Fleet()
    fleet.merge([thing(1)])
    assert fleet.fill([thing(1, version=9), thing(2)]) == ["t_2"]
    assert fleet.things["t_1"].version == 1


def test_removing_tells_what_was_there(thing):
    fleet = Fleet()
    fleet.merge([thing(1), thing(2)])
    assert fleet.remove(["t_2", "t_9"]) == ["t_2"]
    assert fleet.remove(["t_2"]) == []
    assert list(fleet.things) == ["t_1"]


def test_changes_are_told_since_a_cursor(thing):
    fleet = Fleet()
    fleet.merge([thing(1), thing(2), thing(3)])
    start = fleet.changes_since(0)
    assert (start.changed, start.removed, start.everything) == (("t_1", "t_2", "t_3"), (), False)
    fleet.merge([thing(1, version=2)])
    fleet.remove(["t_3"])
    changes = fleet.changes_since(start.cursor)
    assert (changes.changed, changes.removed) == (("t_1",), ("t_3",))
    assert fleet.changes_since(changes.cursor).changed == ()


def test_a_log_that_was_compacted_asks_to_build_anew(thing, monkeypatch):
    monkeypatch.setattr(fleet_module, "REMOVALS_KEPT", 2)
    fleet = Fleet()
    fleet.merge(thing(number) for number in range(8))
    cursor = fleet.revision
    for number in range(5):
        fleet.remove([f"t_{number}"])
    assert fleet.changes_since(cursor).everything
    assert not fleet.changes_since(fleet.revision - 1).everything
    assert fleet.changes_since(fleet.revision - 1).removed == ("t_4",)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"version": 1}, {"version": 2}),
        ({"version": 1, "session": SessionSummary(as_of=LATE)}, {"version": 2}),
        ({"session": SessionSummary(as_of=EARLY)}, {"session": SessionSummary(as_of=LATE)}),
        ({"usage_cycle": CycleUsage(as_of=EARLY)}, {"usage_cycle": CycleUsage(as_of=LATE)}),
        ({"last_seen_at": EARLY}, {"last_seen_at": LATE}),
        (
            {"session": SessionSummary(as_of=EARLY), "last_seen_at": LATE},
            {"session": SessionSummary(as_of=LATE), "last_seen_at": EARLY},
        ),
    ],
)
def test_versions_and_ages_tell_which_observation_is_older(thing, older, newer):
    assert is_older(thing(1, **older), thing(1, **newer))
    assert not is_older(thing(1, **newer), thing(1, **older))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "a"}, {"name": "b"}),
        ({"version": 0, "name": "a"}, {"version": 7, "name": "b"}),
        ({"session": SessionSummary(as_of=EARLY)}, {"session": SessionSummary()}),
        ({"session": SessionSummary(as_of=EARLY)}, {"session": None}),
    ],
)
def test_what_cannot_be_told_apart_counts_as_newer(thing, one, other):
    assert not is_older(thing(1, **one), thing(1, **other))
    assert not is_older(thing(1, **other), thing(1, **one))


def test_repeating_parts_are_held_once(thing):
    def fresh(text: str) -> str:
        return "".join(list(text))

    def whole(number: int) -> Thing:
        return thing(
            number,
            things_group_id=fresh("g_north"),
            tags=(fresh("depot-7"),),
            ip=IpLease(f"10.0.0.{number}", fresh("p_1")),
            imei_lock=ImeiLock(),
            usage_cycle=CycleUsage(cycle_id=fresh("2026-11")),
        )

    fleet = Fleet()
    fleet.merge([whole(1), whole(2)])
    one, two = fleet.things.values()
    assert one.things_group_id is two.things_group_id
    assert one.tags is two.tags
    assert one.ip.pool_id is two.ip.pool_id
    assert one.imei_lock is two.imei_lock
    assert one.usage_cycle.cycle_id is two.usage_cycle.cycle_id
    assert (one, two) == (whole(1), whole(2))


class Naive:
    """The same table, kept in the plainest way: a copy of every revision."""

    def __init__(self) -> None:
        self.history: list[dict[str, Thing]] = [{}]

    def apply(self, rows: dict[str, Thing]) -> None:
        if rows != self.history[-1]:
            self.history.append(rows)

    def merge(self, things: Iterable[Thing]) -> None:
        rows = dict(self.history[-1])
        for new in things:
            old = rows.get(new.thing_id)
            if old is None or new.version >= old.version:
                rows[new.thing_id] = new
        self.apply(rows)

    def remove(self, ids: Iterable[str]) -> None:
        gone = set(ids)
        self.apply({key: row for key, row in self.history[-1].items() if key not in gone})


_numbers = st.integers(0, 5)
_things = st.lists(st.tuples(_numbers, st.integers(1, 3), st.sampled_from("ab")), max_size=6)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), _things),
        st.tuples(st.just("remove"), st.lists(_numbers, max_size=4)),
        st.tuples(st.just("ask"), st.just([])),
    ),
    max_size=25,
)


@given(_steps)
def test_a_table_built_from_changes_is_the_table(steps):
    fleet, naive = Fleet(), Naive()
    built: dict[str, Thing] = {}
    cursor = 0
    base = Thing("", "", "ACTIVE")
    for step, given_ in [*steps, ("ask", [])]:
        if step == "merge":
            things = [
                replace(base, thing_id=f"t_{n}", version=version, name=name)
                for n, version, name in given_
            ]
            fleet.merge(things)
            naive.merge(things)
        elif step == "remove":
            ids = [f"t_{n}" for n in given_]
            fleet.remove(ids)
            naive.remove(ids)
        else:
            changes = fleet.changes_since(cursor)
            assert not set(changes.changed) & set(changes.removed)
            built.update({key: fleet.things[key] for key in changes.changed})
            for key in changes.removed:
                built.pop(key, None)
            cursor = changes.cursor
            assert built == dict(fleet.things)
        assert dict(fleet.things) == naive.history[-1]
        assert list(fleet.things) == list(naive.history[-1])


@given(_steps, st.integers(0, 30))
def test_a_cursor_leaves_out_what_is_older(steps, since):
    fleet = Fleet()
    before: dict[str, Thing] = {}
    for index, (step, given_) in enumerate(steps):
        if index == since:
            before = dict(fleet.things)
            cursor = fleet.revision
        if step == "merge":
            fleet.merge(Thing(f"t_{n}", "", "ACTIVE", v, name=name) for n, v, name in given_)
        elif step == "remove":
            fleet.remove(f"t_{n}" for n in given_)
    if since < len(steps):
        told = fleet.changes_since(cursor)
        for key in {*before, *fleet.things} - {*told.changed, *told.removed}:
            assert before.get(key) is fleet.things.get(key)
