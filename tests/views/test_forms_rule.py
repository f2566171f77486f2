"""Filter rules as a form, and on one line (contract §3.5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models.settings import RuleSettings
from simtui.sandbox.chains import write_rule
from simtui.sandbox.records import RuleRecord
from simtui.views.cell import Cell
from simtui.views.forms.field import FieldError
from simtui.views.forms.rule_form import rule_form
from simtui.views.forms.rule_text import rule_sentence, rule_text

RULE = RuleSettings("DROP", "TCP", "10.0.0.0/8", "ANY", "ANY", "22", True, "no ssh", "r1")
LINT = Cell("hides rule 4", "warn")
NEW = {"action": "drop", "protocol": "tcp", "dst_cidr": "10.0.0.0/8", "dst_ports": "22"}
ANYTHING = st.text(max_size=15)


def form(settings: RuleSettings | None = None):
    return rule_form(settings, lambda rule: (LINT,))


def values(settings: RuleSettings | None = None) -> dict[str, str]:
    return {one.name: one.value for one in form(settings).fields}


def refusal(**answers: str) -> FieldError:
    with pytest.raises(FieldError) as caught:
        form().read(values() | NEW | answers)
    return caught.value


def test_a_new_rule_is_open_where_nothing_is_typed() -> None:
    assert set(values().values()) == {"", "on"}
    assert form().read(values() | NEW) == RuleSettings(
        "DROP", "TCP", dst_cidr="10.0.0.0/8", dst_ports="22"
    )
    assert form().read(values() | {"action": "ALLOW"}) == RuleSettings("ALLOW")
    assert all(len(one.label) <= 12 for one in form().fields)


def test_a_rule_keeps_its_id() -> None:
    assert form(RULE).read(values(RULE) | {"comment": "why"}).rule_id == "r1"
    assert form(RULE).read(values(RULE)) == RULE


@pytest.mark.parametrize(
    ("field", "text", "title"),
    [
        ("action", "", "No action is chosen"),
        ("action", "LOG", "There is no action “LOG”"),
        ("protocol", "IGMP", "“IGMP” is no protocol"),
        ("src_cidr", "10.0.0.1/8", "10.0.0.1/8 has host bits set"),
        ("dst_cidr", "10.0.0.0/33", "The prefix of 10.0.0.0/33 is too large"),
        ("src_ports", "0", "There is no port 0"),
        ("dst_ports", "90-80", "The range 90-80 is upside down"),
        ("dst_ports", "80;81", "“80;81” is no list of ports"),
        ("comment", "x" * 129, "A comment is too long"),
        ("comment", "a\x07", "A comment cannot have control characters"),
    ],
)
def test_what_cannot_be_a_rule(field: str, text: str, title: str) -> None:
    error = refusal(**{field: text})
    assert (error.field, error.title) == (field, title)


@pytest.mark.parametrize(
    ("protocol", "title"),
    [
        ("icmp", "Protocol ICMP has no ports"),
        ("1", "Protocol 1 has no ports"),
        ("any", "Every protocol together has no ports"),
    ],
)
@pytest.mark.parametrize("field", ["src_ports", "dst_ports"])
def test_ports_only_where_there_are_ports(protocol: str, title: str, field: str) -> None:
    error = refusal(protocol=protocol, **{"dst_ports": "", field: "22"})
    assert (error.field, error.title) == (field, title)
    assert "ANY" in error.hint


def test_an_action_that_nobody_knows_stays() -> None:
    odd = RuleSettings("MIRROR", "TCP", "fe80::/64", "ANY", "host\x1b", "http", rule_id="r9")
    assert form(odd).read(values(odd)) == odd
    assert "\x1b" not in "".join(values(odd).values())
    assert [one.text for one in form(odd).fields[0].choices("MIR")] == ["MIRROR"]


def test_what_is_said_of_a_rule_while_it_is_typed() -> None:
    assert form().remarks(values() | NEW) == (
        Cell("DROP tcp from anywhere to 10.0.0.0/8 port 22", "strong"),
        LINT,
    )
    assert form().remarks(values() | NEW | {"dst_ports": "0"}) == ()
    assert form().remarks({}) == ()


def test_a_rule_on_one_line() -> None:
    assert rule_text(RULE) == "DROP TCP 10.0.0.0/8 → ANY :22 # no ssh"
    off = RuleSettings("ALLOW", "47", src_ports="1-2,5", enabled=False)
    assert rule_text(off) == "ALLOW 47 ANY :1-2,5 → ANY (off)"
    assert rule_sentence(off) == "ALLOW protocol 47 from anywhere ports 1-2,5 to anywhere (off)"
    assert rule_sentence(RuleSettings("DROP")) == "DROP everything from anywhere to anywhere"


def test_a_rule_of_the_servers_is_safe_to_print() -> None:
    hostile = "a\x1b\u202e"
    rule = RuleSettings(hostile, hostile, hostile, hostile, hostile, hostile, True, hostile)
    for text in (rule_text(rule), rule_sentence(rule)):
        assert "\x1b" not in text
        assert "\u202e" not in text


@given(
    st.builds(
        RuleSettings, ANYTHING, st.just("TCP"), ANYTHING, ANYTHING, ANYTHING, ANYTHING,
        st.booleans(), ANYTHING, st.sampled_from([None, "r1"]),
    )
)  # fmt: skip
def test_untouched_settings_come_out_as_they_went_in(rule: RuleSettings) -> None:
    assert form(rule).read(values(rule)) == rule


@given(
    st.fixed_dictionaries(
        {
            "action": st.sampled_from(["ALLOW", "drop", "x", ""]),
            "protocol": st.sampled_from(["TCP", "icmp", "any", "17", "256", "\ud800"]),
            "src_cidr": st.one_of(st.just("10.0.0.0/8"), ANYTHING),
            "dst_ports": st.one_of(st.sampled_from(["", "22,80"]), ANYTHING),
            "enabled": st.sampled_from(["on", "off"]),
            "comment": ANYTHING,
        }
    )
)
def test_any_texts_are_a_rule_for_the_server_or_refused(answers: dict[str, str]) -> None:
    form().remarks(answers)
    try:
        rule = form().read(answers)
    except FieldError as error:
        assert error.field in answers
        return
    record = RuleRecord("r1", "", "")
    write_rule(
        record,
        {
            "action": rule.action, "protocol": rule.protocol, "srcCidr": rule.src_cidr,
            "srcPorts": rule.src_ports, "dstCidr": rule.dst_cidr, "dstPorts": rule.dst_ports,
            "enabled": rule.enabled, "comment": rule.comment,
        },
    )  # fmt: skip
    assert (record.dst_ports, record.comment) == (rule.dst_ports, rule.comment)
