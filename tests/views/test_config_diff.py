"""What a change does, line by line, as a person confirms it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.models import IpProfile, Network, Phase2, ThingsGroup
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.settings import Chain, GroupSettings, NatSettings, RouteTable, RuleSettings
from simtui.views.config.diff import DiffLine, diff_lines
from simtui.views.config.names import KIND_NAMES, name_of, names_of, title_of
from simtui.views.config.summary import summary_of
from simtui.views.fleet_context import FleetContext
from simtui.views.text import UNSAFE
from tests.config_samples import AFTER, ANY, BEFORE, CHANGES, PSK, REFS, WITH_KEY, some

HOSTILE = "a\x1b[2J\u202eb\nc"
NAMES = {"n_1": "depots", "n_2": "other", "tun_1": "hq"}


def texts(change: ConfigChange) -> list[str]:
    return [f"{line.mark} {line.text}" for line in diff_lines(change, NAMES)]


def test_a_group_that_goes_to_another_network() -> None:
    assert texts(CHANGES["change-group"]) == ["~ network: depots → other"]
    assert texts(CHANGES["create-group"]) == [
        "+ name: depot-7",
        "+ description: the yard",
        "+ network: other",
        "+ IP profile: ip_1",
    ]
    assert texts(CHANGES["delete-group"])[2] == "- network: depots"


def test_what_nothing_means_is_said_where_it_means_something() -> None:
    assert texts(CHANGES["change-nat-rule"]) == [
        "~ allowed sources: 0.0.0.0/0 → 203.0.113.0/24",
        "~ enabled: on → off",
        "~ expires: 2026-12-01T08:30:00Z → never",
    ]
    assert "+ expires: never" in texts(CHANGES["create-nat-rule"])
    empty = ConfigChange(
        Ref(Kind.PROFILE), "x", None, replace(BEFORE[Kind.PROFILE], description="")
    )
    assert texts(empty) == ["+ name: closed"]


def test_the_parts_of_a_tunnel_have_their_names() -> None:
    assert texts(CHANGES["change-tunnel"]) == [
        "~ local ID: 198.51.100.129 → –",
        "~ phase 1 DH groups: 14 → 19, 20",
        "~ phase 2 PFS groups: 14 → off",
        "~ phase 2 lifetime: 3600 s → 1800 s",
        "~ DPD action: RESTART → CLEAR",
        "~ remote nets: 192.168.0.0/24 → 192.168.0.0/24, 192.168.2.0/24",
    ]
    aead = replace(BEFORE[Kind.TUNNEL], phase2=Phase2(("AES256_GCM_16",), ()))
    assert "~ phase 2 integrity: SHA2_256 → none" in texts(
        replace(CHANGES["change-tunnel"], after=aead)
    )


def test_a_chain_shows_what_was_added_removed_changed_and_moved() -> None:
    assert texts(CHANGES["change-chain"]) == [
        "↕ 2 → 1 ALLOW TCP 10.0.0.0/8 → ANY :80,443",
        "+  2 ALLOW UDP ANY → ANY :53 # names",
        "-  1 DROP TCP ANY → ANY :22 # no ssh",
        "+  3 REJECT TCP ANY → ANY :22 # no ssh",
        "-  3 DROP ANY ANY → ANY (off)",
    ]


def test_a_route_table_names_its_tunnels() -> None:
    assert texts(CHANGES["change-routes"]) == [
        "-  1 10.8.0.0/16 → tunnel hq, metric 50",
        "+  1 10.8.0.0/16 → tunnel hq, metric 60",
        "-  2 10.9.0.0/16 → blackhole, metric 100",
        "+  2 172.16.0.0/12 → internet, metric 200",
    ]


def long_chain(count: int) -> Chain:
    return Chain(
        tuple(
            RuleSettings("DROP", "TCP", dst_ports=str(n), rule_id=f"r_{n}")
            for n in range(1, count + 1)
        )
    )


def of_chain(before: Chain, after: Chain) -> list[str]:
    return texts(ConfigChange(REFS[Kind.CHAIN], "it", before, after, 7))


def test_of_what_did_not_change_only_the_neighbours_are_shown() -> None:
    before = long_chain(12)
    items = list(before.items)
    items[5] = replace(items[5], action="ALLOW")
    assert of_chain(before, Chain(tuple(items))) == [
        "  … 4 others unchanged",
        "   5 DROP TCP ANY → ANY :5",
        "-  6 DROP TCP ANY → ANY :6",
        "+  6 ALLOW TCP ANY → ANY :6",
        "   7 DROP TCP ANY → ANY :7",
        "  … 5 others unchanged",
    ]


def test_one_other_is_one() -> None:
    before = long_chain(3)
    assert of_chain(before, Chain(before.items[1:])) == [
        "-  1 DROP TCP ANY → ANY :1",
        "   1 DROP TCP ANY → ANY :2",
        "  … 1 other unchanged",
    ]


def test_two_changes_far_apart_have_a_gap_between_them() -> None:
    before = long_chain(1200)
    lines = of_chain(before, Chain(before.items[1:-1]))
    assert lines == [
        "-  1 DROP TCP ANY → ANY :1",
        "   1 DROP TCP ANY → ANY :2",
        "  … 1,196 others unchanged",
        "  1198 DROP TCP ANY → ANY :1199",
        "- 1200 DROP TCP ANY → ANY :1200",
    ]


def test_a_list_that_is_emptied_or_filled() -> None:
    chain = long_chain(2)
    assert of_chain(chain, Chain()) == [f"-  {n} DROP TCP ANY → ANY :{n}" for n in (1, 2)]
    assert of_chain(Chain(), chain) == [f"+  {n} DROP TCP ANY → ANY :{n}" for n in (1, 2)]
    new = ConfigChange(REFS[Kind.CHAIN], "it", None, chain)
    assert texts(new) == of_chain(Chain(), chain)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("create-tunnel", "+ a pre-shared key (not shown)"),
        ("change-tunnel", "+ another pre-shared key (not shown)"),
        ("key-only", "+ another pre-shared key (not shown)"),
    ],
)
def test_a_key_is_told_and_not_shown(name: str, line: str) -> None:
    lines = texts(WITH_KEY[name])
    assert lines[-1] == line
    assert PSK not in " ".join(lines)
    assert "key" not in " ".join(texts(replace(WITH_KEY[name], psk=None)))


def test_the_meaning_of_a_line_is_not_in_its_colour_alone() -> None:
    tones = {mark: DiffLine(mark, "x").cell for mark in "+-~↕ "}
    assert [cell.tone for cell in tones.values()] == ["ok", "bad", "warn", "accent", "dim"]
    assert [cell.text for cell in tones.values()] == ["+ x", "- x", "~ x", "↕ x", "  x"]


@settings(deadline=None, max_examples=200)
@given(some.flatmap(lambda one: st.tuples(st.just(one[0]), st.just(one[1]), ANY[one[0]])))
def test_every_difference_has_a_line_and_every_line_is_safe(case) -> None:
    kind, before, after = case
    for change in (
        ConfigChange(REFS[kind], "it", before, after),
        ConfigChange(REFS[kind], "it", None, after),
        ConfigChange(REFS[kind], "it", before, None),
    ):
        for line in diff_lines(change, {}):
            assert not UNSAFE.search(line.text)
            assert "\n" not in line.text
    marks = {line.mark for line in diff_lines(ConfigChange(REFS[kind], "it", before, after), {})}
    assert bool(marks - {" "}) is (before != after)


def test_hostile_names_are_harmless() -> None:
    rule = RuleSettings(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, True, HOSTILE)
    nat = NatSettings(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,))
    for after in (Chain((rule,)), nat, GroupSettings(HOSTILE, HOSTILE, HOSTILE, HOSTILE)):
        lines = diff_lines(ConfigChange(Ref("x"), "it", None, after))
        assert lines
        assert not any(UNSAFE.search(line.text) for line in lines)
        assert any("\\x1b" in line.text for line in lines)


# Names


def context_of(now, *networks: Network) -> FleetContext:
    return FleetContext(
        now,
        groups={"g_1": ThingsGroup("g_1", "depots")},
        networks={network.network_id: network for network in networks},
        ip_profiles={"ip_1": IpProfile("ip_1", HOSTILE)},
    )


def test_two_networks_of_one_name_are_told_apart(now) -> None:
    """Only the names of groups are unique (contract §3.3): a change between two others of the
    same name would read as none."""
    names = names_of(context_of(now, Network("n_1", "depots"), Network("n_2", "depots")))
    assert (names["n_1"], names["n_2"]) == ("depots (n_1)", "depots (n_2)")
    assert names["g_1"] == "depots"
    assert [line.text for line in diff_lines(CHANGES["change-group"], names)] == [
        "network: depots (n_1) → depots (n_2)"
    ]


def test_names_are_safe(now) -> None:
    names = names_of(context_of(now, Network("n_1", "depots")))
    assert names["n_1"] == "depots"
    assert not UNSAFE.search(names["ip_1"])


@pytest.mark.parametrize(
    ("ref", "inside", "title"),
    [
        (REFS[Kind.GROUP], "", "group ssh"),
        (REFS[Kind.NETWORK], "", "network ssh"),
        (REFS[Kind.POOL], "depots", "IP pool ssh of network depots"),
        (REFS[Kind.ROUTES], "depots", "routes of network depots"),
        (REFS[Kind.PROFILE], "", "IP profile ssh"),
        (REFS[Kind.CHAIN], "closed", "INBOUND chain of IP profile closed"),
        (REFS[Kind.NAT_RULE], "depots", "NAT rule ssh of network depots"),
        (REFS[Kind.NAT_RULE], "", "NAT rule ssh"),
        (REFS[Kind.TUNNEL], "depots", "IPsec tunnel ssh of network depots"),
    ],
)
def test_what_an_object_is_called(ref: Ref, inside: str, title: str) -> None:
    assert title_of(ref, "ssh", inside) == title
    assert not UNSAFE.search(title_of(ref, HOSTILE, HOSTILE))


def test_every_kind_has_a_word_and_a_name_to_tell_it_by() -> None:
    assert KIND_NAMES.keys() == REFS.keys()
    assert [name_of(BEFORE[kind]) for kind in REFS] == [
        "depot-7",
        "depots",
        "10.0.0.0/24",
        "",
        "closed",
        "",
        "ssh",
        "hq",
        "Zoe Claes",
    ]
    assert name_of(replace(BEFORE[Kind.NAT_RULE], name="")) == "TCP 8022"
    assert name_of(None) == ""


# In one sentence


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("create-group", "Create group of mine"),
        ("delete-tunnel", "Delete tunnel of mine"),
        ("change-group", "Change group of mine: network"),
        ("change-nat-rule", "Change nat-rule of mine: allowed sources, enabled, expires"),
        (
            "change-chain",
            "Change chain of mine: 1 rule added, 1 rule changed, 1 rule moved, 1 rule removed",
        ),
        (
            "change-routes",
            "Change routes of mine: 1 route added, 1 route changed, 1 route removed",
        ),
        (
            "change-tunnel",
            "Change tunnel of mine: local ID, phase 1 DH groups, phase 2 PFS groups, "
            "phase 2 lifetime and 2 more",
        ),
        ("key-only", "Change tunnel of mine: pre-shared key"),
    ],
)
def test_a_change_in_one_sentence(name: str, sentence: str) -> None:
    assert summary_of((CHANGES | {"key-only": WITH_KEY["key-only"]})[name]) == sentence


def test_several_of_a_kind_are_counted() -> None:
    after = Chain((*long_chain(3).items, RuleSettings("DROP"), RuleSettings("ALLOW")))
    change = ConfigChange(REFS[Kind.CHAIN], "it", long_chain(5), after)
    assert summary_of(change) == "Change it: 2 rules added, 2 rules removed"
    assert summary_of(replace(CHANGES["change-routes"], after=RouteTable())).endswith(
        ": 2 routes removed"
    )


def test_the_samples_differ_in_every_kind() -> None:
    assert all(BEFORE[kind] != AFTER[kind] for kind in REFS)
