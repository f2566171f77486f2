"""A look in sentences and tables: the wave, the changes before, the counts, and the JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from math import log
from typing import Any

import pytest

from simtui.models import IpPool, Network, Thing, ThingsGroup
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.journal import Before, Intent, JournalEntry, Outcome, Result
from simtui.models.recorded import kind_of_change, parameters_of_change
from simtui.models.settings import GroupSettings, ProfileSettings
from simtui.views.blast import rows, words
from simtui.views.blast.changes import Change, changes_of_journal, suspects
from simtui.views.blast.dimensions import Value, filter_of, label_of
from simtui.views.blast.foot import foot_rows
from simtui.views.blast.look import Blast
from simtui.views.blast.report import account_of, accounts_of, report_lines
from simtui.views.blast.tally import Counts
from simtui.views.blast.wave import Wave, wave_of
from simtui.views.filter.evaluate import compile_filter
from simtui.views.filter.parser import parse
from simtui.views.fleet_context import FleetContext
from simtui.views.fleet_index import FleetIndex
from simtui.views.output.blast_json import blast_json
from tests.views.blast_fleet import CONTEXT, NOW, OUT_SINCE, healthy_fleet, look, out, with_outage

FLEET = with_outage(healthy_fleet(1_500), lambda one: one.things_group_id == "g23", part=0.9)


@pytest.fixture(scope="module")
def blast() -> Blast:
    return look(FLEET)


def minutes(*ago: float) -> list[datetime]:
    return [NOW - timedelta(minutes=one) for one in ago]


# The wave


def test_an_outage_is_a_wave_also_when_some_have_been_silent_for_weeks() -> None:
    wave = wave_of([*minutes(120, 121, 122, 118, 131), *minutes(9_000, 30_000, 600), None])
    assert wave is not None
    assert (wave.count, wave.total, wave.together) == (5, 8, True)
    assert (wave.begin, wave.end) == (NOW - timedelta(minutes=131), NOW - timedelta(minutes=118))


def test_one_after_the_other_is_no_wave() -> None:
    wave = wave_of(minutes(100, 2_000, 9_000, 20_000, 50_000))
    assert wave == Wave(*minutes(50_000, 100), 5, 5, together=False)
    assert wave_of([None, None]) is None
    assert wave_of(minutes(5, 6)) == Wave(*minutes(6, 5), 2, 2, together=False)


def test_when_in_words() -> None:
    together = Wave(*minutes(131, 118), 5, 8, together=True)
    assert words.wave_text(together, NOW) == (
        "5 of 8 were last heard within 13m from 22 Nov 01:01Z (2h ago)"
    )
    apart = Wave(*minutes(50_000, 100), 5, 5, together=False)
    assert "one by one, the first 18 Oct" in words.wave_text(apart, NOW)
    assert "not known" in words.wave_text(None, NOW)


# The changes before


def entry(kind: str, minutes_ago: float, things: tuple[str, ...] = (), **more: Any) -> JournalEntry:
    parameters = more.pop("parameters", {})
    outcome = more.pop("outcome", Outcome.CONFIRMED)
    at = NOW - timedelta(minutes=minutes_ago)
    intent = Intent(
        f"e{minutes_ago}", at, "me@here", 1, "prod", "there", kind, parameters,
        more.pop("summary", kind), "", tuple(Before(one, "8931") for one in things), "r", "o",
    )  # fmt: skip
    return JournalEntry(intent, (Result(intent.entry_id, at, outcome),))


def config_entry(change: ConfigChange, minutes_ago: float) -> JournalEntry:
    told = parameters_of_change(change)
    return entry(kind_of_change(change), minutes_ago, parameters=told, summary=change.title)


def test_a_change_of_a_group_or_profile_is_about_its_groups() -> None:
    group = ConfigChange(
        Ref(Kind.GROUP, "g23"), "Group group-23", GroupSettings("a"), GroupSettings("b")
    )
    profile = ConfigChange(
        Ref(Kind.PROFILE, "f2"), "IP profile", ProfileSettings("a"), ProfileSettings("b")
    )
    first, second = changes_of_journal(
        [config_entry(group, 200), config_entry(profile, 190)], CONTEXT
    )
    assert (first.group_ids, first.entry_id, first.source) == ({"g23"}, "e200", "journal")
    assert second.group_ids == {"g2", "g7", "g12", "g17", "g22"}


def test_what_changed_nothing_is_left_out() -> None:
    entries = [
        entry("ping", 200),
        entry("cancel-job", 200),
        entry("set-state", 200, outcome=Outcome.REFUSED),
        entry("move", 200, outcome=Outcome.UNKNOWN),
    ]
    assert [one.words for one in changes_of_journal(entries, CONTEXT)] == ["move"]


def test_only_changes_at_the_right_time_that_reach_them() -> None:
    silent = [replace(out(one), thing_id=f"s{at}") for at, one in enumerate(FLEET[:3])]
    silent = [replace(one, things_group_id="g1") for one in silent]
    wave = Wave(*minutes(180, 170), 3, 3, together=True)

    def change(ago: float, what: str, **about: Any) -> Change:
        return Change(NOW - timedelta(minutes=ago), what, "journal", **about)

    found = suspects(
        [
            change(301, "too early"),
            change(299, "of all"),
            change(200, "of others", group_ids=frozenset({"g2"})),
            change(190, "of the group", group_ids=frozenset({"g1"})),
            change(175, "of one, between", thing_ids=frozenset({"s1", "elsewhere"})),
            change(169, "too late"),
        ],
        wave,
        silent,
    )
    assert [(one.change.words, one.reached) for one in found] == [
        ("of one, between", 1),
        ("of the group", 3),
        ("of all", 3),
    ]
    assert [words.before_text(one, wave) for one in found] == [
        "5m after",
        "10m before",
        "1h before",
    ]
    assert suspects([change(200, "of all")], None, silent) == ()


# The sentences


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counts(41, 3), "93 %"),
        (Counts(3, 4_755), "<0.1 %"),
        (Counts(5, 4_755), "0.1 %"),
        (Counts(0, 9), "0 %"),
        (Counts(9, 0), "100 %"),
        (Counts(4_000, 1), "over 99 %"),
        (Counts(0, 0), "–"),
    ],
)
def test_shares(counts: Counts, expected: str) -> None:
    assert words.share_text(counts) == expected


def test_a_finding_has_its_counts_and_not_only_a_score(blast: Blast) -> None:
    found, total = blast.findings[0], blast.tally.total
    cells = {
        column.key: cell.text
        for column, cell in zip(
            rows.finding_columns(80),
            rows.finding_row(found, rows.finding_columns(80), total, CONTEXT),
            strict=True,
        )
    }
    assert cells["factor"] == "group group-23 = network net-9 = pool 10.9.0.0/16"
    assert cells["silent"] == f"{found.counts.silent} of {total.silent}"
    assert cells["healthy"] == f"{found.counts.healthy} of {total.healthy:,}"
    assert cells["of_them"] == words.share_text(found.counts)
    wide = rows.finding_row(found, rows.finding_columns(120), total, CONTEXT)
    assert wide[-1].text == words.difference_text(found)


def test_the_chance_is_told_in_looks(blast: Blast) -> None:
    found = replace(blast.findings[0], log_chance=log(1 / 807.5))
    assert words.chance_text(found) == "chance would show this in less than one of 807 looks"
    assert "1,000,000,000" in words.chance_text(replace(found, log_chance=-5_000.0))


def test_all_values_stand_under_their_pivot_with_for_how_many_it_is_known(blast: Blast) -> None:
    made = rows.value_rows(blast)
    assert [one.pivot for one in made if one.value is None] == list(blast.tally.known)
    assert len({one.key for one in made}) == len(made)
    columns = rows.value_columns(80)
    shown = {one.key: rows.value_row(one, columns, blast, CONTEXT) for one in made}
    known = blast.tally.known["operator"]
    assert known.healthy < blast.tally.total.healthy
    assert shown["operator:"][2].text == f"known {known.healthy:,}"
    assert shown["group:"][1].text == "all known"
    assert shown["group:g23"][0].text == "  ✗ group-23"
    assert shown["group:g1"][0].text == "    group-1"
    of_groups = [one for one in made if one.pivot == "group" and one.value is not None]
    counted = [blast.tally.sizes[one.value].silent for one in of_groups if one.value]
    assert counted == sorted(counted, reverse=True)


def test_what_narrows_a_finding_down_is_told() -> None:
    """All that is out of a tag is in one group, where few of the healthy ones with it are."""
    fleet = [
        out(one) if "tag-3" in one.tags and one.things_group_id == "g1" else one
        for one in healthy_fleet(1_500)
    ]
    found = look(fleet).findings[0]
    (first, *_) = found.also
    assert {found.value, first[0]} == {Value("tag", "tag-3"), Value("group", "g1")}
    assert first[1] == Counts(found.counts.silent, 0)
    text = words.also_text(found, CONTEXT)
    assert text.startswith(f"{found.counts.silent} of {found.counts.silent} silent with ")


def test_the_lines_below_the_table_fit_whatever_room_there_is(blast: Blast) -> None:
    index = FleetIndex(FLEET)
    at = OUT_SINCE - timedelta(minutes=5)
    changes = [Change(at - timedelta(minutes=more), f"change {more}", "here") for more in range(9)]
    account = account_of(blast, blast.findings[0], index, changes)
    for room in (0, 1, 3, 7, 12, 30):
        assert len(foot_rows(account, blast, CONTEXT, room)) <= room
    texts = ["".join(cell.text for cell in row) for row in foot_rows(account, blast, CONTEXT, 7)]
    assert texts[-1] == " Δ 7 more changes: v"
    assert "change 0" in texts[-3]


def nothing(fleet: list[Thing], text: str = "") -> str:
    return words.nothing_text(look(fleet, text))[0]


def test_why_nothing_stands_out() -> None:
    fleet = healthy_fleet(400)
    assert nothing(fleet) == "Nobody is silent."
    assert nothing(fleet, "group:group-1") == "Nobody within this filter is silent."
    assert nothing([out(one) for one in fleet[:2]] + fleet[2:]) == "Only 2 Things are silent."
    assert nothing([out(one) for one in fleet]) == "No healthy Thing is known."
    scattered = [out(one) if at % 40 == 0 else one for at, one in enumerate(fleet)]
    assert nothing(scattered) == (
        "Nothing that the 10 silent Things share is rare among the healthy ones: they look"
        " independent."
    )


def test_who_is_asked_about_is_said() -> None:
    assert words.silent_text(look(FLEET, marked=["t1", "t2"])).startswith("2 marked")
    assert "pass the filter" in words.silent_text(look(FLEET, "seen>2h"))
    assert "unheard" in words.silent_text(look(FLEET))
    inside = look(FLEET, "group:group-1")
    assert "within the filter" in words.healthy_text(inside)
    assert words.scope_text(inside).endswith("of the rest of the fleet")
    assert "whole fleet" in words.healthy_text(look(FLEET, "seen>2h"))
    assert words.scope_text(look(FLEET, "seen>2h")) == ""


def test_hostile_names_are_made_harmless(blast: Blast) -> None:
    hostile = "x\x1b]52;c;\x07\u202e"
    context = FleetContext(
        NOW,
        {"g23": ThingsGroup("g23", hostile, network_id="n9")},
        {"n9": Network("n9", hostile, ip_pools=(IpPool("p9a", hostile),))},
    )
    account = accounts_of(blast, FleetIndex(FLEET), [Change(OUT_SINCE, "fine", hostile)])
    told = "\n".join(report_lines(blast, account, context)) + blast_json(blast, account, context)
    for row in rows.value_rows(blast):
        told += rows.value_row(row, rows.value_columns(80), blast, context)[0].text
    told += "".join(cell.text for cell in rows.change_row(*_one(account)))
    assert not set(told) & {"\x1b", "\x07", "\u202e"}


def _one(accounts: Any) -> Any:
    return accounts[0].suspects[0], accounts[0].wave


def test_the_ticket_and_the_json_say_the_same(blast: Blast) -> None:
    changes = [Change(OUT_SINCE - timedelta(minutes=5), "Route table of net-9", "journal")]
    accounts = accounts_of(blast, FleetIndex(FLEET), changes)
    ticket = "\n".join(report_lines(blast, accounts, CONTEXT))
    told = json.loads(blast_json(blast, accounts, CONTEXT))
    found = blast.findings[0]
    assert f"1. {words.names_text(found, CONTEXT)}" in ticket
    assert "Route table of net-9, reaches" in ticket
    first = told["findings"][0]
    assert first["with"] == {"silent": found.counts.silent, "healthy": found.counts.healthy}
    assert [one["filter"] for one in first["names"]] == ["group:g23", "net:n9", "pool:10.9.0.0/16"]
    assert first["changes"][0]["what"] == "Route table of net-9"
    assert told["false_alarm_rate"] == 0.01
    assert {"group", "tag", "tac"} <= set(told["pivots"])
    independent = look(healthy_fleet(200))
    none = accounts_of(independent, FleetIndex(), [])
    assert json.loads(blast_json(independent, none, CONTEXT))["findings"] == []
    assert "Nobody is silent." in "\n".join(report_lines(independent, none, CONTEXT))


# The filter of a value


def test_the_filter_of_every_value_leaves_exactly_its_things(blast: Blast) -> None:
    counted = {one.thing_id for one in FLEET}
    assert blast.tally.total.both == len(counted)
    assert {value.pivot for value in blast.tally.sizes} == set(blast.tally.known)
    for value, size in blast.tally.sizes.items():
        passes = compile_filter(parse(filter_of(value, CONTEXT)), CONTEXT)
        assert sum(map(passes, FLEET)) == size.both, label_of(value, CONTEXT)
