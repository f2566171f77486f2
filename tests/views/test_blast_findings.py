"""The common factor of an outage is found, and none is invented for random failures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from math import comb
from random import Random

import pytest

from simtui.models import IpLease, SessionSummary, Thing
from simtui.views.blast.dimensions import Value
from simtui.views.blast.findings import LEVEL, common_factors
from simtui.views.blast.look import Blast, Look
from simtui.views.blast.question import Question
from simtui.views.blast.tally import Counts
from simtui.views.fleet_index import FleetIndex
from tests.views.blast_fleet import CONTEXT, NOW, healthy_fleet, look, out, with_outage

Hit = Callable[[Thing], bool]

LOOKS = 250
FLEET = healthy_fleet(4_000)


def tac(thing: Thing) -> str:
    return (thing.imei or "")[:8]


def mcc_mnc(thing: Thing) -> str:
    place = thing.last_location
    return f"{place.mcc}{place.mnc}" if place else ""


def network(thing: Thing) -> str | None:
    return CONTEXT.groups[thing.things_group_id or ""].network_id


def pool(thing: Thing) -> str | None:
    return thing.ip.pool_id if thing.ip else None


def profile(thing: Thing) -> str | None:
    return CONTEXT.groups[thing.things_group_id or ""].ip_profile_id


def lte(thing: Thing) -> bool:
    return thing.last_location is not None and thing.last_location.tac is not None


OUTAGES: dict[str, tuple[Hit, Value]] = {
    "a group": (lambda one: one.things_group_id == "g7", Value("group", "g7")),
    "a tunnel or network": (lambda one: network(one) == "n2", Value("network", "n2")),
    "an IP profile": (lambda one: profile(one) == "f3", Value("profile", "f3")),
    "an operator in Belgium": (lambda one: mcc_mnc(one) == "20601", Value("operator", "20601")),
    "all of Belgium": (lambda one: mcc_mnc(one)[:3] == "206", Value("country", "206")),
    "LTE everywhere": (lte, Value("radio", "lte")),
    "a bad firmware": (lambda one: tac(one) == "35000011", Value("tac", "35000011")),
    "a tag": (lambda one: "tag-9" in one.tags, Value("tag", "tag-9")),
}


@pytest.mark.parametrize("name", OUTAGES)
def test_the_factor_of_an_outage_is_the_first_finding(name: str) -> None:
    hit, expected = OUTAGES[name]
    blast = look(with_outage(FLEET, hit))
    assert blast.findings[0].value == expected
    found = blast.findings[0]
    struck = sum(map(hit, FLEET))
    assert 0.85 * struck < found.counts.silent <= struck
    assert found.apart == found.counts.silent


@pytest.mark.parametrize("name", OUTAGES)
def test_what_goes_along_with_the_factor_is_not_told_as_well(name: str) -> None:
    blast = look(with_outage(FLEET, OUTAGES[name][0], noise=0.0, part=1.0))
    assert len(blast.findings) == 1


def test_a_full_pool_is_found_by_those_who_attach_without_an_address() -> None:
    """Their leases have run out, so which pool it is can only be told by their network."""
    fleet = [
        replace(one, ip=IpLease(), session=SessionSummary("ATTACHED", NOW, NOW))
        if network(one) == "n4"
        else one
        for one in with_outage(FLEET, lambda one: False)
    ]
    found = look(fleet).findings[0]
    assert found.same == (Value("network", "n4"), Value("pool", "p4a"))


def test_one_pool_of_two_is_found_by_locked_addresses() -> None:
    fleet = [
        out(one, keeps_address=True) if pool(one) == "p3b" else one
        for one in with_outage(FLEET, lambda one: False)
    ]
    assert look(fleet).findings[0].value == Value("pool", "p3b")


def test_values_of_exactly_the_same_things_are_one_finding() -> None:
    """Group 23 is the only one of its network, and that has only one pool."""
    found = look(with_outage(FLEET, lambda one: one.things_group_id == "g23")).findings[0]
    assert found.same == (Value("group", "g23"), Value("network", "n9"), Value("pool", "p9a"))


def test_two_outages_at_once_are_two_findings() -> None:
    def hit(one: Thing) -> bool:
        return one.things_group_id == "g7" or tac(one) == "35000011"

    found = look(with_outage(FLEET, hit)).findings
    assert {one.value for one in found} == {Value("group", "g7"), Value("tac", "35000011")}


def test_one_hundred_thousand_things_with_noise() -> None:
    """Half a thousand fail at random all over the fleet, forty in a group of fifty."""
    many = [replace(one, thing_id=f"{one.thing_id}-{copy}") for copy in range(25) for one in FLEET]
    depot = {one.thing_id for one in many[:50]}
    fleet = [replace(one, tags=(*one.tags, "depot-7")) for one in many[:50]] + many[50:]
    blast = look(with_outage(fleet, lambda one: one.thing_id in depot, part=0.8, noise=0.005))
    assert blast.tally.total.both > 99_000
    assert [one.value for one in blast.findings] == [Value("tag", "depot-7")]
    assert blast.findings[0].counts.silent > 30


def false_alarms(level: float, rate: float, seed: int) -> int:
    """Of `LOOKS` at Things that fail at random, how many find anything."""
    random = Random(seed)
    index = FleetIndex(FLEET[:700])
    alarms = 0
    for _ in range(LOOKS):
        failed = frozenset(one for one in index.ids if random.random() < rate)
        tally = Look(index, CONTEXT, Question(marked=failed)).finish().tally
        alarms += any(common_factors(tally, level))
    return alarms


def most_by_chance(level: float) -> int:
    """More alarms than this among `LOOKS` happen once in 10,000 runs of this test."""
    tail = 1.0
    for count in range(LOOKS + 1):
        if tail < 1e-4:
            return count
        tail -= comb(LOOKS, count) * level**count * (1 - level) ** (LOOKS - count)
    raise AssertionError("a tail ends")


@pytest.mark.parametrize("rate", [0.004, 0.03, 0.2])
def test_random_failures_raise_a_false_alarm_no_more_often_than_stated(rate: float) -> None:
    assert LEVEL == 0.01
    assert false_alarms(LEVEL, rate, seed=11) <= most_by_chance(LEVEL)


def test_the_level_is_what_keeps_the_alarms_down() -> None:
    """The same looks with a level of a half do raise alarms, so the test above can fail."""
    assert false_alarms(0.5, 0.03, seed=11) > most_by_chance(LEVEL)


@pytest.mark.parametrize("seed", range(12))
def test_a_fleet_that_fails_at_random_looks_independent(seed: int) -> None:
    """From the records of the Things, and with the addresses that go with a failure: only who
    has a locked one keeps it, so among the silent ones other pools are known."""
    locked = {"g1", "g7", "g13", "g19"}
    random = Random(seed)
    fleet = [
        out(
            one,
            NOW - timedelta(hours=random.uniform(3, 900)),
            keeps_address=one.things_group_id in locked,
        )
        if random.random() < 0.05
        else one
        for one in FLEET
    ]
    blast = look(fleet)
    known, total = blast.tally.known["pool"], blast.tally.total
    assert known.healthy == total.healthy
    assert known.silent < 0.9 * total.silent
    assert blast.findings == ()


def test_what_is_unknown_is_no_evidence() -> None:
    """All silent ones have a place, of the healthy ones only those of one operator: nobody
    knows whether the others are of it too."""
    fleet = [
        out(one)
        if at % 40 == 0 and one.last_location
        else replace(one, last_location=None if mcc_mnc(one) != "20408" else one.last_location)
        for at, one in enumerate(FLEET)
    ]
    assert not [one for one in look(fleet).findings if one.value.pivot == "operator"]
    belgian = replace(FLEET[0].last_location, mcc="206", mnc="20")  # type: ignore[type-var]
    known = [
        replace(one, last_location=belgian if one.last_seen_at == FLEET[0].last_seen_at else None)
        for one in FLEET
    ]
    assert look([out(one) if one.last_location else one for one in known]).findings == ()


def test_too_few_and_nobody_to_compare_with() -> None:
    two = [out(one) for one in FLEET[:2]]
    assert look([*two, *FLEET[2:]]).findings == ()
    nobody = look([out(one) for one in FLEET[:50]])
    assert nobody.tally.total == Counts(50, 0)
    assert nobody.findings == ()
    assert look([]).findings == ()


def test_large_but_small_differences_are_not_told() -> None:
    """Twice the rate in a fifth of a large fleet is certain, and explains nothing."""
    many = [replace(one, thing_id=f"{one.thing_id}-{copy}") for copy in range(8) for one in FLEET]
    random = Random(2)
    fleet = [
        out(one) if random.random() < (0.04 if tac(one) == "35000000" else 0.02) else one
        for one in many
    ]
    assert look(fleet).findings == ()


# Who is asked about


def outage_of_depot() -> list[Thing]:
    return with_outage(FLEET, lambda one: one.things_group_id == "g7" and tac(one) > "35000004")


def test_marked_things_are_the_silent_ones_whatever_their_state() -> None:
    of_group = [one.thing_id for one in FLEET if one.things_group_id == "g5"]
    blast = look(FLEET, marked=of_group[:6])
    assert len(blast.silent) == 6
    assert blast.findings[0].same[0] == Value("group", "g5")
    assert blast.tally.total.healthy == len(FLEET) - 6


def test_a_filter_by_place_is_compared_with_the_healthy_ones_of_that_place() -> None:
    fleet = outage_of_depot()
    blast = look(fleet, "group:group-7")
    assert not blast.whole_fleet
    in_group = [one for one in fleet if one.things_group_id == "g7"]
    assert blast.tally.total.both == len(in_group)
    assert blast.here.silent == len(blast.silent)
    assert blast.elsewhere.both == len(fleet) - len(in_group)
    assert "group" not in {one.value.pivot for one in blast.findings}


def test_when_most_of_a_place_is_silent_the_whole_fleet_is_compared() -> None:
    fleet = with_outage(FLEET, lambda one: one.things_group_id == "g7")
    blast = look(fleet, "group:group-7")
    assert blast.whole_fleet
    assert blast.findings[0].value == Value("group", "g7")


def test_a_filter_by_condition_says_who_is_silent() -> None:
    """An outage of ten minutes is too young to be silent by itself."""
    fresh = NOW - timedelta(minutes=10)
    fleet = [out(one, fresh) if one.things_group_id == "g7" else one for one in FLEET]
    assert look(fleet).silent == ()
    blast = look(fleet, "session:offline")
    assert blast.findings[0].value == Value("group", "g7")
    assert blast.whole_fleet


def test_only_who_should_talk_is_silent_unless_the_filter_names_states() -> None:
    idle = [replace(out(one), state="SUSPENDED") for one in FLEET[:40]]
    fleet = [*idle, *FLEET[40:]]
    assert look(fleet, "session:offline").silent == ()
    assert len(look(fleet, "state:suspended").silent) == 40


def test_the_slices_see_every_thing_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simtui.views.blast.look.SLICE", 7)
    fleet = outage_of_depot()[:500]
    index = FleetIndex(fleet)
    index.remove([fleet[3].thing_id])
    blast = Look(index, CONTEXT, Question()).finish()
    assert blast.tally.total.both + blast.neither == 499
    cells = chain.from_iterable(blast.tally.where[one] for one in blast.tally.where)
    assert max(cells) < len(blast.tally.cells)


def silent_ids(blast: Blast) -> set[str]:
    return {one.thing_id for one in blast.silent}


def test_the_silent_ones_of_a_finding_are_those_that_have_it() -> None:
    fleet = with_outage(FLEET, lambda one: "tag-9" in one.tags)
    blast = look(fleet)
    found = blast.findings[0]
    of_it = {one.thing_id for one in blast.silent_of(found)}
    expected = {one.thing_id for one in fleet if "tag-9" in one.tags} & silent_ids(blast)
    assert of_it == expected
    assert len(of_it) == found.counts.silent
    assert blast.silent_of(None) == blast.silent
