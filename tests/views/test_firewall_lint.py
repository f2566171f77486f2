"""Each finding of the lint, in the words that a person reads."""

from __future__ import annotations

import pytest

from simtui.models.settings import RuleSettings
from simtui.views.firewall.finding import Finding, rules_text
from simtui.views.firewall.lint import lint


def rule(action="ALLOW", protocol="TCP", **fields) -> RuleSettings:
    return RuleSettings(action, protocol, **fields)


def found(*rules: RuleSettings, chain="INBOUND", pools=()) -> list[tuple[int, str, str]]:
    return [(one.index, one.code, one.severity) for one in lint(chain, rules, pools)]


def test_a_sound_chain_has_no_findings() -> None:
    chain = (
        rule(dst_ports="22", src_cidr="198.51.100.0/24"),
        rule("DROP", dst_ports="22,443"),
        rule("ALLOW", "ICMP"),
        rule("DROP", "ANY"),
    )
    assert lint("INBOUND", chain) == ()
    assert lint("INBOUND", ()) == ()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"protocol": "GRE"}, "GRE"),
        ({"src_cidr": "10.0.0.1/8"}, "host bits"),
        ({"dst_cidr": "fe80::1"}, "IPv6"),
        ({"src_ports": "9-8"}, "upside down"),
        ({"dst_ports": "0"}, "no port 0"),
        ({"dst_ports": ""}, "where ANY or a value should"),
        ({"dst_cidr": "\x1b[2J"}, "\\x1b[2J"),
    ],
)
@pytest.mark.parametrize("enabled", [True, False])
def test_what_cannot_be_read_says_why(fields, reason, enabled) -> None:
    (finding,) = lint("INBOUND", [RuleSettings("DROP", **fields, enabled=enabled)])
    assert (finding.code, finding.severity) == ("UNREADABLE", "bad")
    assert "cannot be read" in finding.text
    assert reason in finding.text


def test_an_unreadable_rule_hides_nothing() -> None:
    assert found(rule(dst_cidr="?"), rule()) == [(0, "UNREADABLE", "bad")]


def test_an_action_that_is_not_known_is_told() -> None:
    (finding,) = lint("INBOUND", [rule("LOG\n")])
    assert finding.code == "UNREADABLE"
    assert "LOG\\x0a is not ALLOW, DROP or REJECT" in finding.text


def test_one_rule_hides_another() -> None:
    chain = [rule(dst_ports="1"), rule(dst_cidr="10.0.0.0/8"), rule(dst_cidr="10.0.4.0/24")]
    assert lint("INBOUND", chain) == (
        Finding(2, "SHADOWED", "warn", "never reached: rule 2 matches all of it first", (1,)),
    )


def test_it_is_worse_when_the_hiding_rule_says_something_else() -> None:
    assert found(rule("DROP"), rule(dst_ports="22")) == [(1, "SHADOWED", "bad")]


def test_several_rules_together_hide_another_and_only_those_needed_are_named() -> None:
    chain = [
        rule(dst_ports="500"),
        rule(dst_ports="1-100"),
        rule(dst_ports="90-200"),
        rule(dst_ports="201-300"),
        rule(dst_ports="50-250"),
    ]
    assert lint("INBOUND", chain) == (
        Finding(
            4, "SHADOWED", "warn",
            "never reached: rules 2, 3 and 4 together match all of it first", (1, 2, 3),
        ),
    )  # fmt: skip


def test_halves_of_the_addresses_hide_all_of_them() -> None:
    chain = [rule(src_cidr="0.0.0.0/1"), rule(src_cidr="128.0.0.0/1"), rule()]
    (finding,) = lint("INBOUND", chain)
    assert (finding.index, finding.code, finding.others) == (2, "SHADOWED", (0, 1))


def test_nothing_gets_past_a_rule_that_matches_everything() -> None:
    chain = [rule("DROP", "ANY", src_cidr="0.0.0.0/0"), rule()]
    (finding,) = lint("INBOUND", chain)
    assert finding.text == "unreachable: nothing gets past rule 1"
    assert finding.others == (0,)


def test_ports_are_all_ports_for_a_protocol_that_has_them() -> None:
    assert found(rule(dst_ports="1-65535"), rule()) == [(1, "DUPLICATE", "warn")]
    assert found(rule(protocol="ANY", dst_ports="1-65535"), rule(protocol="UDP"))[1:] == [
        (1, "SHADOWED", "warn")
    ]


def test_all_protocols_one_by_one_hide_any() -> None:
    chain = [rule(protocol=str(number)) for number in range(256)]
    assert found(*chain[:-1], rule(protocol="ANY")) == [(255, "ANY_TO_ANY", "warn")]
    (finding,) = lint("INBOUND", [*chain, rule(protocol="ANY")])
    assert finding.code == "SHADOWED"
    assert len(finding.others) == 256
    assert "rules 1, 2, 3, 4, 5 and 251 more together" in finding.text


def test_the_same_again_is_a_duplicate_however_it_is_spelt() -> None:
    one = rule(dst_ports="80,81", dst_cidr="10.0.4.17/32")
    other = rule(protocol="6", dst_ports="80-81", dst_cidr="10.0.4.17", comment="web")
    (finding,) = lint("INBOUND", [one, rule("DROP", "UDP"), other])
    assert (finding.index, finding.code, finding.others) == (2, "DUPLICATE", (0,))
    assert "rule 1" in finding.text


def test_the_same_with_another_action_is_a_contradiction() -> None:
    (finding,) = lint("INBOUND", [rule("DROP"), rule("ALLOW")])
    assert (finding.code, finding.severity, finding.others) == ("CONTRADICTION", "bad", (0,))
    assert "comes first and says DROP" in finding.text


def test_a_rule_that_is_never_reached_hides_nothing_itself() -> None:
    chain = [rule(dst_ports=ports) for ports in ("1-5", "5-9", "2-8", "3-7")]
    assert [(one.index, one.others) for one in lint("INBOUND", chain)] == [(2, (0, 1)), (3, (0, 1))]


@pytest.mark.parametrize("hidden", [True, False])
def test_disabled_rules_hide_nothing_and_are_not_hidden(hidden) -> None:
    assert found(rule("DROP", enabled=hidden), rule(enabled=not hidden)) == []


@pytest.mark.parametrize("anywhere", ["ANY", "0.0.0.0/0"])
def test_any_to_any(anywhere) -> None:
    (finding,) = lint("OUTBOUND", [rule("ALLOW", "ANY", src_cidr=anywhere, dst_cidr=anywhere)])
    assert (finding.code, finding.text) == ("ANY_TO_ANY", "lets everything through")
    assert lint("OUTBOUND", [rule("ALLOW", "ANY", enabled=False)]) == ()
    assert lint("OUTBOUND", [rule("DROP", "ANY")]) == ()


@pytest.mark.parametrize(
    ("protocol", "words"),
    [("ICMP", "ICMP has no ports"), ("47", "protocol 47 has no ports"), ("ANY", "API refuses")],
)
@pytest.mark.parametrize("enabled", [True, False])
def test_ports_where_there_are_none(protocol, words, enabled) -> None:
    (finding,) = lint("INBOUND", [rule("DROP", protocol, dst_ports="80", enabled=enabled)])
    assert (finding.code, finding.severity) == ("PORTS_WITHOUT_PORTS", "bad")
    assert words in finding.text


def test_what_matches_nothing_is_not_called_hidden_as_well() -> None:
    chain = [rule("DROP", "ANY"), rule("DROP", "ICMP", dst_ports="80")]
    assert found(*chain) == [(1, "PORTS_WITHOUT_PORTS", "bad")]


@pytest.mark.parametrize(
    ("ports", "words"),
    [("80,80-90", "80 and 80-90"), ("5,7,5", "5 and 5"), ("1-9,20,4-30", "1-9 and 4-30")],
)
def test_ranges_of_one_list_that_overlap(ports, words) -> None:
    (finding,) = lint("INBOUND", [rule(src_ports=ports)])
    assert (finding.code, finding.severity) == ("OVERLAPPING_RANGES", "note")
    assert finding.text == f"source ports {words} overlap"
    assert lint("INBOUND", [rule(dst_ports="1-9,10-12")]) == ()


def test_rules_that_overlap_partly_and_say_something_else() -> None:
    chain = [rule("DROP", dst_ports="1-100"), rule("ALLOW", dst_ports="50-150")]
    (finding,) = lint("INBOUND", chain)
    assert (finding.index, finding.code, finding.others) == (1, "OVERLAPPING_RANGES", (0,))
    assert "overlaps rule 1 of another action, which comes first and decides" in finding.text
    assert found(rule(dst_ports="1-100"), rule(dst_ports="50-150")) == []


def test_an_exception_before_its_rule_is_no_overlap() -> None:
    assert found(rule("ALLOW", dst_ports="22"), rule("DROP")) == []


@pytest.mark.parametrize(("chain", "side"), [("INBOUND", "dst_cidr"), ("OUTBOUND", "src_cidr")])
def test_rules_that_no_pool_can_meet(chain, side) -> None:
    pools = ("10.0.4.0/24", "10.0.5.0/24")
    wrong, right = rule(**{side: "10.0.6.0/24"}), rule(**{side: "10.0.0.0/16"})
    (finding,) = lint(chain, [wrong], pools)
    assert (finding.code, finding.severity) == ("NEVER_MATCHES_POOLS", "warn")
    assert "10.0.6.0/24 is in none of the pools 10.0.4.0/24, 10.0.5.0/24" in finding.text
    assert lint(chain, [right, rule("DROP", "UDP")], pools) == ()
    assert lint(chain, [wrong], ()) == ()
    assert lint(chain, [wrong], ("10.0.4.0/24", "?")) == ()


def test_findings_come_by_the_order_of_the_rules() -> None:
    chain = [rule("ALLOW", "ANY"), rule(dst_ports="80,80"), rule(dst_cidr="?")]
    assert [(one.index, one.code) for one in lint("INBOUND", chain)] == [
        (0, "ANY_TO_ANY"),
        (1, "OVERLAPPING_RANGES"),
        (1, "SHADOWED"),
        (2, "UNREADABLE"),
    ]


def test_names_of_rules() -> None:
    assert rules_text([2]) == "rule 3"
    assert rules_text([0, 1]) == "rules 1 and 2"
    assert rules_text(range(6)) == "rules 1, 2, 3, 4, 5 and 6"
    assert rules_text(range(7)) == "rules 1, 2, 3, 4, 5 and 2 more"
