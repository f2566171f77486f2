"""The list of NAT rules, and what is wrong with one (contract §3.6, §10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from simtui.models import IpLease, NatRule, Network, Thing
from simtui.views.nat.rows import nat_columns, nat_row
from simtui.views.nat.sources import sources_text
from simtui.views.nat.troubles import nat_troubles
from simtui.views.text import cell_width

NETWORK = Network("n1", "factory")
THING = Thing(
    "t1",
    "8931086200000000019",
    "ACTIVE",
    name="pump-12",
    things_group_id="g1",
    ip=IpLease("10.0.4.17", "q1", "LOCKED"),
)
RULE = NatRule(
    "r1", "TCP", "8080", "t1", "80",
    name="web", private_address="10.0.4.17", allowed_sources=("192.0.2.0/24",),
)  # fmt: skip
HOSTILE = "a\x1b[2J\u202e"


def texts(rule: NatRule, thing: Thing | None, now, context=None, width: int = 80) -> list[str]:
    row = nat_row(rule, thing, NETWORK, now, nat_columns(width), context)
    return [cell.text for cell in row]


def test_a_rule_that_is_well(now, context) -> None:
    assert texts(RULE, THING, now, context) == [
        "web", "TCP 8080", "pump-12", "10.0.4.17:80", "192.0.2.0/24", "never", "",
    ]  # fmt: skip
    assert nat_troubles(RULE, THING, NETWORK, context, now) == ()


def test_the_columns_fit_into_80_cells_and_use_120() -> None:
    for width in (80, 120):
        columns = nat_columns(width)
        # the gutter and the edge take 4 cells, a gap 2
        assert sum(one.width for one in columns) + 2 * (len(columns) - 1) + 4 <= width
        assert all(cell_width(one.title) <= one.width for one in columns)
    assert nat_columns(120) != nat_columns(119) == nat_columns(80)


@pytest.mark.parametrize(
    ("change", "to_thing", "word", "sentence"),
    [
        ({}, {"state": "RETIRED"}, "retired", "pump-12 is retired: nothing answers there"),
        (
            {},
            {"things_group_id": "g2"},
            "moved",
            "pump-12 has moved to network field: the rule leads nowhere",
        ),
        (
            {},
            {"ip": IpLease("10.0.4.99", "q1", "LOCKED")},
            "address",
            "it leads to 10.0.4.17, but pump-12 has 10.0.4.99 now",
        ),
        (
            {},
            {"ip": IpLease("10.0.4.17", "q1")},
            "unlocked",
            "the address of pump-12 is not locked: it can change",
        ),
        ({"enabled": False}, {}, "off", "it is switched off: nothing is forwarded"),
        ({"allowed_sources": ("0.0.0.0/0",)}, {}, "open", "it is open to the whole Internet"),
        (
            {"allowed_sources": ("0.0.0.0/4",)},
            {},
            "open",
            "it is open to 0.0.0.0/4, a good part of the Internet",
        ),
    ],
)
def test_what_is_wrong_in_a_word_and_in_a_sentence(
    now, context, change, to_thing, word: str, sentence: str
) -> None:
    rule, thing = replace(RULE, **change), replace(THING, **to_thing)
    assert texts(rule, thing, now, context)[-1] == word
    (only,) = nat_troubles(rule, thing, NETWORK, context, now)
    assert only.text == sentence


def test_an_expired_rule(now, context) -> None:
    rule = replace(RULE, expires_at=now - timedelta(hours=2))
    assert texts(rule, THING, now)[-2:] == ["over", "expired"]
    (only,) = nat_troubles(rule, THING, NETWORK, context, now)
    assert only.text == "it ended 2026-11-22 01:12:05Z (2h ago)"
    assert texts(replace(RULE, expires_at=now + timedelta(days=3)), THING, now)[-2] == "3d"


def test_a_thing_that_is_not_known_and_one_without_an_address(now, context) -> None:
    assert texts(RULE, None, now)[2:4] == ["t1", "10.0.4.17:80"]
    assert texts(RULE, None, now)[-1] == "unknown"
    (only,) = nat_troubles(RULE, None, NETWORK, context, now)
    assert only.text == "the Thing t1 is not known here"
    bare = replace(THING, ip=None)
    assert texts(RULE, bare, now)[-1] == "address, unlocked"
    assert texts(replace(RULE, private_address=None), bare, now)[3] == "–:80"
    assert texts(replace(RULE, private_address=None), THING, now)[3] == "10.0.4.17:80"


def test_the_worst_comes_first(now, context) -> None:
    rule = replace(RULE, enabled=False, allowed_sources=("0.0.0.0/0",))
    row = nat_row(rule, replace(THING, state="RETIRED"), NETWORK, now, nat_columns(120), context)
    assert (row[-1].text, row[-1].tone) == ("retired, off, open", "bad")


def test_sources_in_a_few_cells() -> None:
    assert sources_text(()) == "–"
    assert sources_text(("10.0.0.0/8", "192.0.2.0/24")) == "2 nets"
    assert sources_text(("10.0.0.0/8", "0.0.0.0/0")) == "all"


def test_what_the_server_says_is_safe_to_print(now, context) -> None:
    rule = NatRule(
        HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE,
        name=HOSTILE, private_address=HOSTILE, allowed_sources=(HOSTILE,),
    )  # fmt: skip
    thing = replace(THING, name=HOSTILE, ip=IpLease(HOSTILE))
    for known in (thing, None):
        shown = texts(rule, known, now, context)
        shown += [cell.text for cell in nat_troubles(rule, known, NETWORK, context, now)]
        assert not any("\x1b" in text or "\u202e" in text for text in shown)
