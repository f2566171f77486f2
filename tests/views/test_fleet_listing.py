from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from simtui.models import CycleUsage, IpLease, SessionSummary, Thing, ThingsGroup
from simtui.views.filter.evaluate import compile_filter
from simtui.views.filter.parser import parse
from simtui.views.fleet_context import FleetContext
from simtui.views.fleet_index import FleetIndex
from simtui.views.listing import FIRST_SCREEN, MAX_SPLICED, Listing
from simtui.views.sort_values import SORT_VALUES
from simtui.views.things.columns import PLANS

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
GROUPS = {"g1": ThingsGroup("g1", "beta"), "g2": ThingsGroup("g2", "alpha")}
CONTEXT = FleetContext(NOW, GROUPS)


def thing(number: int, **fields: Any) -> Thing:
    fields.setdefault("state", "ACTIVE")
    return Thing(f"t{number}", f"89310862{number:011d}", **fields)


def fleet(count: int) -> list[Thing]:
    return [thing(number, name=f"pump-{number * 7919 % 100_003:06d}") for number in range(count)]


def expected_keys(
    things: list[Thing], query: str, column: str, descending: bool, context: FleetContext
) -> list[str]:
    """Filter and sort done in the plainest way."""
    passing = compile_filter(parse(query), context)
    left = sorted((one for one in things if passing(one)), key=lambda one: one.iccid)
    value_of = SORT_VALUES[column]
    known = [one for one in left if value_of(one, context) is not None]
    known.sort(key=lambda one: value_of(one, context), reverse=descending)
    missing = [one for one in left if value_of(one, context) is None]
    return [one.thing_id for one in known + missing]


def test_every_column_can_be_sorted_by() -> None:
    assert set(PLANS) <= set(SORT_VALUES)


def test_the_index_tells_what_really_changed() -> None:
    index = FleetIndex([thing(1), thing(2)])
    assert index.update([thing(1), thing(2, name="new"), thing(3)]) == ["t2", "t3"]
    assert len(index) == 3
    assert index.get("t2") == thing(2, name="new")
    assert index.remove(["t1", "t9"]) == ["t1"]
    assert index.get("t1") is None
    assert "t1" not in index
    assert [one.thing_id for one in index] == ["t2", "t3"]
    assert index.update([thing(1)]) == ["t1"]
    assert len(index) == 3


def test_a_listing_sorts_filters_and_counts() -> None:
    index = FleetIndex([thing(3, name="b"), thing(1, name="a"), thing(2), thing(4, name="A")])
    listing = Listing(index, CONTEXT, column="name")
    listing.refresh()
    assert list(listing.keys) == ["t1", "t4", "t3", "t2"]
    listing.set_sort("name", descending=True)
    listing.refresh()
    assert list(listing.keys) == ["t3", "t1", "t4", "t2"]
    listing.set_filter(parse("name:a"))
    listing.refresh()
    assert (list(listing.keys), listing.count, listing.total) == (["t1", "t4"], 2, 4)
    assert listing.row_of("t4") == 1
    assert listing.row_of("t3") is None
    assert listing.row_of("nobody") is None


@pytest.mark.parametrize("descending", [False, True])
def test_unknown_comes_last_in_both_directions(descending: bool) -> None:
    index = FleetIndex([thing(1), thing(2, last_seen_at=NOW), thing(3, last_seen_at=NOW)])
    listing = Listing(index, CONTEXT, column="last_seen", descending=descending)
    listing.refresh()
    assert list(listing.keys) == ["t2", "t3", "t1"]


def test_addresses_sort_as_numbers() -> None:
    things = [thing(1, ip=IpLease("10.0.0.10")), thing(2, ip=IpLease("10.0.0.9"))]
    listing = Listing(FleetIndex([*things, thing(3, ip=IpLease("odd"))]), CONTEXT, column="ip")
    listing.refresh()
    assert list(listing.keys) == ["t2", "t1", "t3"]


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        Listing(FleetIndex(), CONTEXT).set_sort("nope")


def test_the_version_only_grows_when_the_keys_differ() -> None:
    index = FleetIndex(fleet(50))
    listing = Listing(index, CONTEXT)
    listing.refresh()
    version = listing.version
    listing.set_filter(parse("pump"))
    listing.refresh()
    assert listing.version == version  # other filter, same rows
    listing.update(index.update([thing(7, name="pump-x")]))
    assert listing.version == version  # sorted by ICCID: the row stays where it is
    listing.set_filter(parse("pump-x"))
    listing.refresh()
    assert listing.version > version
    assert list(listing.keys) == ["t7"]


def test_the_old_rows_stay_until_a_screenful_is_there() -> None:
    index = FleetIndex(fleet(5000))
    listing = Listing(index, CONTEXT, slice_size=100)
    listing.refresh()
    before = list(listing.keys)
    listing.set_filter(parse("pump-0"))
    seen = []
    while listing.busy:
        listing.step()
        seen.append(len(listing.keys))
    assert seen[0] == len(before)
    grown = [count for count in seen if count != len(before)]
    assert grown[0] >= FIRST_SCREEN
    assert len(grown) > 10
    wanted = expected_keys(list(index), "pump-0", "iccid", False, CONTEXT)
    assert list(listing.keys) == wanted


def test_typing_on_before_the_last_filter_was_done_loses_nothing() -> None:
    index = FleetIndex(fleet(1000))
    listing = Listing(index, CONTEXT, slice_size=100)
    listing.refresh()
    for text in ("p", "pu", "pump-0", "pump-00"):
        listing.set_filter(parse(text))
        listing.step()
    listing.refresh()
    assert list(listing.keys) == expected_keys(list(index), "pump-00", "iccid", False, CONTEXT)


def test_the_first_screen_of_a_new_sort_is_right_while_the_rest_is_not_there() -> None:
    index = FleetIndex(fleet(5000))
    listing = Listing(index, CONTEXT, slice_size=300)
    listing.refresh()
    listing.set_sort("name", descending=True)
    version = listing.version
    while listing.version == version:
        listing.step()
    assert listing.busy
    wanted = expected_keys(list(index), "", "name", True, CONTEXT)
    assert list(listing.keys) == wanted[: len(listing.keys)]
    listing.refresh()
    assert list(listing.keys) == wanted


def test_keys_that_were_handed_out_do_not_change() -> None:
    index = FleetIndex(fleet(1000))
    listing = Listing(index, CONTEXT, slice_size=100)
    listing.refresh()
    held, copy = listing.keys, list(listing.keys)
    listing.update(index.remove(["t5", "t6"]))
    listing.set_sort("name")
    listing.refresh()
    assert list(held) == copy
    assert held[-1] == copy[-1]
    assert held[10:14] == copy[10:14]
    with pytest.raises(IndexError):
        held[1000]


@pytest.mark.parametrize("count", [1, MAX_SPLICED + 1, 3 * MAX_SPLICED])
def test_many_changes_at_once_never_empty_the_list(count: int) -> None:
    index = FleetIndex(fleet(2 * MAX_SPLICED))
    listing = Listing(index, CONTEXT, column="name")
    listing.refresh()
    changed = [thing(n, name=f"a-{n % 13}") for n in range(count)]
    listing.update(index.update(changed))
    while listing.busy:
        assert len(listing.keys) >= 2 * MAX_SPLICED
        listing.step()
    assert list(listing.keys) == expected_keys(list(index), "", "name", False, CONTEXT)


def test_time_that_passes_lets_things_fall_silent() -> None:
    index = FleetIndex([thing(1, last_seen_at=NOW - timedelta(hours=1))])
    listing = Listing(index, CONTEXT, query=parse("seen>2h"))
    listing.refresh()
    assert list(listing.keys) == []
    listing.set_context(FleetContext(NOW + timedelta(hours=2), GROUPS))
    listing.refresh()
    assert list(listing.keys) == ["t1"]


def test_time_alone_makes_no_work_for_a_filter_without_time() -> None:
    listing = Listing(FleetIndex(fleet(10)), CONTEXT, query=parse("pump"))
    listing.refresh()
    listing.set_context(FleetContext(NOW + timedelta(hours=2), GROUPS))
    assert not listing.busy


def test_a_renamed_group_moves_its_things() -> None:
    index = FleetIndex([thing(1, things_group_id="g1"), thing(2, things_group_id="g2")])
    listing = Listing(index, CONTEXT, column="group")
    listing.refresh()
    assert list(listing.keys) == ["t2", "t1"]
    listing.set_context(FleetContext(NOW, {**GROUPS, "g1": ThingsGroup("g1", "aaa")}))
    listing.refresh()
    assert list(listing.keys) == ["t1", "t2"]


@given(st.permutations(range(30)))
def test_the_order_of_arrival_does_not_matter(arrival: list[int]) -> None:
    things = fleet(30)
    index = FleetIndex()
    listing = Listing(index, CONTEXT, column="name")
    for number in arrival:
        listing.update(index.update([things[number]]))
    listing.refresh()
    assert list(listing.keys) == expected_keys(things, "", "name", False, CONTEXT)


QUERIES = ("", "1", "12", "state:active", "1 state:active", "!1", "seen>1h", "group:beta")
VALUES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "a", "B", "c1"]),
        "state": st.sampled_from(["ACTIVE", "SUSPENDED", "ODD"]),
        "last_seen_at": st.none() | st.integers(0, 3).map(lambda h: NOW - timedelta(hours=h)),
        "session": st.none() | st.sampled_from(["ONLINE", "OFFLINE"]).map(SessionSummary),
        "things_group_id": st.sampled_from([None, "g1", "g2"]),
        "usage_cycle": st.none() | st.builds(CycleUsage, data_bytes=st.integers(0, 2)),
    }
)


class ListingMachine(RuleBasedStateMachine):
    """Whatever happens in whatever order, a finished listing equals a full recompute."""

    def __init__(self) -> None:
        super().__init__()
        self.index = FleetIndex()
        self.context = CONTEXT
        self.things: dict[str, Thing] = {}
        self.query, self.column, self.descending = "", "iccid", False

    @initialize(size=st.integers(1, 7))
    def begin(self, size: int) -> None:
        self.listing = Listing(self.index, self.context, slice_size=size)

    @rule(changes=st.dictionaries(st.integers(0, 25), VALUES, min_size=1, max_size=12))
    def change(self, changes: dict[int, dict[str, Any]]) -> None:
        things = [thing(number, **fields) for number, fields in changes.items()]
        self.things.update({one.thing_id: one for one in things})
        self.listing.update(self.index.update(things))

    @rule(numbers=st.sets(st.integers(0, 25), max_size=4))
    def remove(self, numbers: set[int]) -> None:
        for number in numbers:
            self.things.pop(f"t{number}", None)
        self.listing.update(self.index.remove([f"t{number}" for number in numbers]))

    @rule(query=st.sampled_from(QUERIES))
    def set_filter(self, query: str) -> None:
        self.query = query
        self.listing.set_filter(parse(query))

    @rule(column=st.sampled_from(["name", "last_seen", "group", "cycle"]), down=st.booleans())
    def set_sort(self, column: str, down: bool) -> None:
        self.column, self.descending = column, down
        self.listing.set_sort(column, down)

    @rule(minutes=st.integers(0, 90), name=st.sampled_from(["beta", "zeta"]))
    def pass_time(self, minutes: int, name: str) -> None:
        groups = {**GROUPS, "g1": ThingsGroup("g1", name)}
        self.context = FleetContext(self.context.now + timedelta(minutes=minutes), groups)
        self.listing.set_context(self.context)

    @rule(steps=st.integers(1, 4))
    def work(self, steps: int) -> None:
        for _ in range(steps):
            self.listing.step()

    @rule()
    def finish(self) -> None:
        self.listing.refresh()

    @invariant()
    def equals_a_full_recompute(self) -> None:
        if self.listing.busy:
            return
        things = list(self.things.values())
        assert list(self.listing.keys) == expected_keys(
            things, self.query, self.column, self.descending, self.context
        )
        assert self.listing.total == len(things)


ListingMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestListingMachine = ListingMachine.TestCase


@pytest.mark.parametrize("ids", ["ascending", "descending"])
@pytest.mark.parametrize("page", [500, 2 * MAX_SPLICED, 2 * MAX_SPLICED + 300])
def test_nothing_is_lost_while_pages_arrive(page: int, ids: str) -> None:
    things = fleet(20_000)
    index = FleetIndex(things[: 4 * MAX_SPLICED])
    listing = Listing(index, CONTEXT, column="name")
    listing.refresh()
    for start in range(4 * MAX_SPLICED, len(things), page):
        arrived = index.update(things[start : start + page])
        listing.update(arrived if ids == "ascending" else reversed(arrived))
        listing.step()
    listing.refresh()
    assert list(listing.keys) == expected_keys(things, "", "name", False, CONTEXT)
