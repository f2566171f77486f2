from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.views.filter.fields import FIELDS
from simtui.views.filter.parser import parse
from simtui.views.filter.problem import FilterError, caret
from simtui.views.filter.quantities import parse_quantity, quantity_text
from simtui.views.filter.terms import CompareTerm, FieldTerm, Filter, TextTerm
from simtui.views.filter.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    groups=("depot-7", "North yard"), networks=("factory",), ids=frozenset({"g1"})
)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Pump", TextTerm(("pump",))),
        ("!pump,Valve", TextTerm(("pump", "valve"), negated=True)),
        ('"two words"', TextTerm(("two words",))),
        ('"state:active"', TextTerm(("state:active",))),
        ("00:11:22", TextTerm(("00:11:22",))),
        ("state:active,SUSP", FieldTerm("state", ("active", "suspended"))),
        ("State:a,act", FieldTerm("state", ("active",))),
        ("!tag:test", FieldTerm("tag", ("test",), negated=True)),
        ("tag:site:nl", FieldTerm("tag", ("site:nl",))),
        ('group:"North yard"', FieldTerm("group", ("North yard",))),
        (r'name:"say \"hi\", \\o"', FieldTerm("name", ('say "hi", \\o',))),
        ("ip:10.0.4.0/24", FieldTerm("ip", ("10.0.4.0/24",))),
        ("ip:10.0.4.17/32", FieldTerm("ip", ("10.0.4.17",))),
        ("ip:10.0.", FieldTerm("ip", ("10.0.",))),
        ('iccid:"8931 0862-F"', FieldTerm("iccid", ("89310862",))),
        ("imei:4901542032375177", FieldTerm("imei", ("49015420323751",))),
        ("online:u", FieldTerm("online", ("unknown",))),
        ("seen>2h", CompareTerm("seen", ">", 7200)),
        ("seen<1.5h", CompareTerm("seen", "<", 5400)),
        ("data>50MB", CompareTerm("data", ">", 50_000_000)),
        ("data>50mb", CompareTerm("data", ">", 50_000_000)),
        ("sms>10", CompareTerm("sms", ">", 10)),
        ("!imei-changed<24h", CompareTerm("imei-changed", "<", 86_400, negated=True)),
    ],
)
def test_one_term(text: str, term: object) -> None:
    assert parse(text).terms == (term,)


def test_words_are_joined_with_and_whatever_stands_between() -> None:
    assert len(parse("  pump \t state:active\u3000!test ").terms) == 3
    assert parse("   ") == Filter()


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("state:", 6, "one of provisioned, active, suspended, retired"),
        ("pump state:on", 11, "one of provisioned"),
        ("state:active,", 13, "one of provisioned"),
        ("online:maybe", 7, "one of yes, no, unknown"),
        ("session:o", 8, "one of online, offline"),
        ("nope:1", 0, "one of state:, tag:"),
        ("!nope:1", 1, "one of state:, tag:"),
        ("seen:2h", 4, "> or <"),
        ("state>active", 5, ":"),
        ("seen>", 5, "a length of time such as 2h"),
        ("seen>2", 5, "a length of time such as 2h"),
        ("seen>0.5s", 5, "a length of time such as 2h"),
        ("seen>=2h", 5, "a length of time such as 2h"),
        ("seen>99999999w", 5, "a length of time such as 2h"),
        ("seen>2h,3h", 8, "a blank"),
        ("data>50", 5, "an amount of data such as 50MB"),
        ("sms>ten", 4, "a whole number"),
        ("ip:10.0.4.17/24", 3, "host bits are zero"),
        ("ip:10.0.4.0/33", 3, "a CIDR"),
        ("ip:fe80::1", 3, "an IPv4 address"),
        ("ip:10.0.0.256", 3, "an IPv4 address"),
        ("iccid:89x", 6, "first digits of an ICCID"),
        ('x group:"North', 8, 'a closing "'),
        ('"a"b', 3, "a blank or a comma"),
        ("a,,b", 2, "text to search for"),
        ('""', 0, "text to search for"),
        ("!", 1, "a word or a field"),
        ("x ! y", 3, "a word or a field"),
        ("!!x", 1, "a word or a field"),
        ("na\x1bme", 2, "a letter"),
        ("group:nord", 6, "one of depot-7, North yard"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, position: int, expected: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse(text, VOCABULARY)
    assert caught.value.position == position
    assert expected in caught.value.expected
    assert f"Column {position + 1}:" in caught.value.detail
    assert isinstance(caught.value, UsageError)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("stat:active", "state:"),
        ("network:x", "net:"),
        ("imei_changed<2h", "imei-changed>24h"),
        ("state:acitve", "active"),
        ("group:depot7", "depot-7"),
        ("ip:10.0.4.17/24", "10.0.4.0/24"),
    ],
)
def test_a_near_miss_is_suggested(text: str, suggestion: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse(text, VOCABULARY)
    assert caught.value.suggestion == suggestion
    assert f"Did you mean {suggestion}?" in str(caught.value)


def test_an_unknown_field_lists_all_that_are_known() -> None:
    with pytest.raises(FilterError) as caught:
        parse("zzzz:1")
    assert all(name in caught.value.expected for name in FIELDS)
    assert '"zzzz:1"' in caught.value.hint


def test_names_are_not_refused_while_the_vocabulary_is_unknown() -> None:
    assert parse("group:nord") == parse("group:nord", Vocabulary())
    assert parse("group:g1 group:DEPOT-7", VOCABULARY)


def test_the_caret_stands_under_the_mistake_in_cells() -> None:
    text = "한국 \u202e state:x"
    with pytest.raises(FilterError) as caught:
        parse(text)
    above, below = caret(text, caught.value)
    assert above == "한국 \\u202e state:x"
    assert below == " " * (4 + 1 + 6 + 1 + 6) + "^"


def test_an_error_carries_nothing_to_the_terminal() -> None:
    with pytest.raises(FilterError) as caught:
        parse("state:\u202eabc")
    assert "\u202e" not in str(caught.value)


@pytest.mark.parametrize(
    ("new", "old", "narrower"),
    [
        ("pump", "", True),
        ("pump", "pum", True),
        ("pum", "pump", False),
        ("pump state:active", "pump", True),
        ("state:active", "state:active,suspended", True),
        ("state:active,suspended", "state:active", False),
        ("!tag:a,b", "!tag:a", True),
        ("!tag:a", "!tag:a,b", False),
        ("!pu", "!pump", True),
        ("!pump", "!pu", False),
        ("pump,valve", "pu,va", True),
        ("pump,valve", "pump", False),
        ("seen>3h", "seen>2h", False),
    ],
)
def test_a_filter_knows_when_it_only_narrows(new: str, old: str, narrower: bool) -> None:
    assert parse(new).narrows(parse(old)) is narrower


WORD = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8)
NAME = WORD.filter(lambda word: word.strip())


def _values(name: str) -> st.SearchStrategy[str]:
    field = FIELDS[name]
    if field.choices:
        return st.sampled_from(field.choices)
    if field.kind == "digits":
        return st.text("0123456789", min_size=1, max_size=14)
    if field.kind == "address":
        return st.sampled_from(["10.", "10.0.4", "10.0.4.17", "10.0.0.0/8", "0.0.0.0/0"])
    return NAME


@st.composite
def field_terms(draw: st.DrawFn) -> FieldTerm:
    name = draw(st.sampled_from([name for name, field in FIELDS.items() if not field.quantity]))
    values = draw(st.lists(_values(name), min_size=1, max_size=3, unique=True))
    return FieldTerm(name, tuple(values), draw(st.booleans()))


TEXT_TERMS = st.builds(
    TextTerm,
    st.lists(WORD.map(str.lower), min_size=1, max_size=3, unique=True).map(tuple),
    st.booleans(),
)
COMPARE_TERMS = st.builds(
    CompareTerm,
    st.sampled_from([name for name, field in FIELDS.items() if field.quantity]),
    st.sampled_from("<>"),
    st.integers(0, 10**9),
    st.booleans(),
)
FILTERS = st.lists(st.one_of(TEXT_TERMS, field_terms(), COMPARE_TERMS), max_size=5).map(
    lambda terms: Filter(tuple(terms))
)


@given(FILTERS)
def test_the_canonical_text_means_the_same_filter(query: Filter) -> None:
    assert parse(query.canonical()) == query


@given(st.text(max_size=40))
def test_any_text_is_a_filter_or_an_error_with_a_place_in_it(text: str) -> None:
    try:
        query = parse(text)
    except FilterError as error:
        assert 0 <= error.position <= len(text)
        assert error.expected
        caret(text, error)
    else:
        assert parse(query.canonical()) == query


@given(st.integers(0, 36_500 * 86_400))
def test_durations_round_trip(seconds: int) -> None:
    assert parse_quantity(quantity_text(seconds, "duration"), "duration") == seconds
