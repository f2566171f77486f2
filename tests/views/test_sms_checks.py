"""Messages and templates as input: what cannot be is refused with the rule (contract §3.8)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.models import IpLease, Thing
from simtui.models.sms_template import FIELDS, constant, fields_in, filled, literal
from simtui.views.fields.minutes import minutes_text, parse_minutes
from simtui.views.sms.checked_sms import (
    checked_for,
    checked_length,
    checked_sender,
    checked_sms_text,
    checked_validity,
    lacking,
    spoilt,
)
from simtui.views.sms.segments import count
from simtui.views.text import UNSAFE

PUMP = Thing("t1", "8931086200000000019", "ACTIVE", name="pump-12", ip=IpLease("10.0.4.17", "p"))
BARE = Thing("t2", "", "ACTIVE")

BRACKETS = st.lists(
    st.sampled_from(["{", "}", "{{", "}}", "{name}", "{ ip }", "{x}", "{}", "a", "€ ", "\n"])
).map("".join)
TEXTS = st.one_of(BRACKETS, st.text(max_size=40))


def refusal(call, *arguments) -> UsageError:
    with pytest.raises(UsageError) as caught:
        call(*arguments)
    assert caught.value.detail
    assert not UNSAFE.search(str(caught.value))
    return caught.value


# Templates


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("STATUS", "STATUS"),
        ("SET NAME {name}", "SET NAME pump-12"),
        ("{iccid}/{ip}", "8931086200000000019/10.0.4.17"),
        ("{ name }", "pump-12"),
        ("{name}{name}", "pump-12pump-12"),
        ("{{name}}", "{name}"),
        ("{{{name}}}", "{pump-12}"),
        ("{name}}", "pump-12}"),
        ("a } b", "a } b"),
        ('{{"id": 1}}', '{"id": 1}'),
        ("{NAME}", "{NAME}"),
    ],
)
def test_a_thing_fills_in_what_is_its_own(template: str, text: str) -> None:
    assert filled(template, PUMP) == text


@pytest.mark.parametrize(
    ("template", "fields"),
    [
        ("STATUS", ()),
        ("{name} {ip} {name}", ("name", "ip")),
        ("{{name}}", ()),
        ("{{{name}}}", ("name",)),
        ("{{}}", ()),
        ("{}", ("",)),
        ("{", ("",)),
        ("{name", ("",)),
        ("{na{me}", ("", "me")),
        ("{phone}", ("phone",)),
        ("}", ()),
    ],
)
def test_the_fields_of_a_template(template: str, fields: tuple[str, ...]) -> None:
    assert fields_in(template) == fields


@given(st.text(max_size=60) | BRACKETS)
def test_a_literal_text_has_no_fields_and_comes_out_as_it_went_in(text: str) -> None:
    template = literal(text)
    assert fields_in(template) == ()
    assert filled(template, PUMP) == constant(template) == text


@given(TEXTS)
def test_without_fields_every_thing_gets_the_same_text(template: str) -> None:
    if not fields_in(template):
        assert filled(template, PUMP) == filled(template, BARE) == constant(template)


@given(TEXTS, st.text(max_size=20))
def test_what_a_thing_is_called_is_never_taken_for_a_field(template: str, name: str) -> None:
    """A Thing that is called {iccid} gets its name, not its ICCID."""
    thing = Thing("t3", "8931086200000000027", "ACTIVE", name=name)
    marked = Thing("t3", "8931086200000000027", "ACTIVE", name="\ue000")
    assert filled(template, thing) == filled(template, marked).replace("\ue000", name)


# Texts


@pytest.mark.parametrize("text", ["STATUS", " a ", "a\nb", "a\r\nb\f", "{name}", "{{x}}", "é 😀"])
def test_texts_that_can_be_sent(text: str) -> None:
    assert checked_sms_text(text) == text


def test_letters_and_their_marks_become_one() -> None:
    """So what a Mac pastes is GSM-7 as what is typed is."""
    decomposed = unicodedata.normalize("NFD", "café")
    assert count(decomposed).encoding == "UCS2"
    assert checked_sms_text(decomposed) == "café"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is nothing to send"),
        ("  \n ", "There is nothing to send"),
        ("RE\x00SET", r"Character 3 of “RE\x00SET” is \x00"),
        ("\x1b", r"is \x1b"),
        ("a\tb", r"Character 2 of “a\x09b” is \x09"),
        ("a\x85", r"is \x85"),
        ("a\ud83d", r"Character 2 of “a\ud83d” is \ud83d"),
        ("{phone}", "“{phone}” stands for nothing; the fields are {name}, {iccid}, {ip}"),
        ("{name} {\u202e}", r"“{\u202e}” stands for nothing"),
        ("{}", "A bracket is not closed"),
        ("SET {name", "A bracket is not closed"),
        ("{NAME}", "There is no such field"),
        ("a" * 1531, "It takes 11 segments (1,531 units); a message has at most 10"),
        ("我" * 671, "It takes 11 segments (671 units)"),
    ],
)
def test_texts_that_cannot_be_sent(text: str, words: str) -> None:
    assert words in str(refusal(checked_sms_text, text))


def test_a_bracket_says_how_it_is_meant_as_it_is() -> None:
    assert "Write {{" in refusal(checked_sms_text, "{").hint


def test_brackets_that_stand_for_themselves_count_once() -> None:
    """Ten segments as they are sent, though more as they are typed."""
    text = "{{" * 760
    assert checked_sms_text(text) == text
    assert "11 segments" in str(refusal(checked_sms_text, "{{" * 761))


def test_a_template_is_too_long_only_where_it_is() -> None:
    text = "a" * 1520 + "{name}"
    assert checked_sms_text(text) == text
    long = Thing("t9", "8931086200000000035", "ACTIVE", name="a" * 11)
    checked_for(text, (PUMP, BARE))
    error = refusal(checked_for, text, (PUMP, long, BARE))
    assert error.title == f"The text is too long for {'a' * 11}"
    assert "11 segments (1,531 units)" in error.detail


def test_a_name_that_is_not_gsm7_makes_it_longer() -> None:
    text = "a" * 700 + "{name}"
    checked_for(text, (PUMP,))
    odd = Thing("t9", "8931086200000000035", "ACTIVE", name="ç\x1b")
    error = refusal(checked_for, text, (odd,))
    assert "11 segments" in error.detail


def test_what_is_the_same_for_all_is_not_looked_at_again() -> None:
    checked_for("a" * 2000, (PUMP,))
    assert refusal(checked_length, "a" * 2000).title == "The text is too long"
    assert checked_length("a").segments == 1


@given(TEXTS)
@example("\ud800")
def test_any_text_is_taken_or_refused_in_a_sentence(text: str) -> None:
    try:
        taken = checked_sms_text(text)
    except UsageError as error:
        assert error.detail
        assert error.hint
        assert not UNSAFE.search(str(error))
    else:
        assert checked_sms_text(taken) == taken
        assert set(fields_in(taken)) <= FIELDS.keys()
        taken.encode()  # can leave as JSON
        assert fields_in(taken) or 1 <= count(constant(taken)).segments <= 10


# What a Thing has


@pytest.mark.parametrize(
    ("text", "thing", "words"),
    [
        ("{name} {ip}", PUMP, ""),
        ("STATUS", BARE, ""),
        ("{ip}{name}", BARE, "an IP address"),
        ("{name}", BARE, "a name"),
        ("{iccid}", BARE, "an ICCID"),
        ("{ip}", Thing("t", "8", "ACTIVE", ip=IpLease(None, "p")), "an IP address"),
        ("{phone}", BARE, ""),
    ],
)
def test_what_is_lacking(text: str, thing: Thing, words: str) -> None:
    assert lacking(text, thing) == words


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("pump", "{name}", ""),
        ("two\nlines", "{name}", ""),
        ("a\x1b]0;x\x07", "{name}", r"\x1b"),
        ("a\ud800", "{name}", r"\ud800"),
        ("a\x1b", "{iccid}", ""),
        ("a\x1b", "STATUS", ""),
    ],
)
def test_control_characters_that_a_thing_would_bring(name: str, text: str, shown: str) -> None:
    assert spoilt(text, Thing("t", "8931", "ACTIVE", name=name)) == shown


# Senders and validity


@pytest.mark.parametrize(
    ("typed", "sender"),
    [
        ("", ""),
        ("  ", ""),
        ("OPS", "OPS"),
        (" OPS ", "OPS"),
        ("A", "A"),
        ("31612345678", "31612345678"),
        ("1" * 15, "1" * 15),
        ("North yard1", "North yard1"),
        ("a" * 11, "a" * 11),
    ],
)
def test_senders(typed: str, sender: str) -> None:
    assert checked_sender(typed) == sender


@pytest.mark.parametrize(
    "sender",
    [
        "1" * 16,
        "a" * 12,
        "+31612345678",
        "caf\u00e9",
        "a-b",
        "a\x1bb",
        "٣",
        "North yard 12",
        "a\nb",
    ],
)
def test_what_cannot_be_a_sender(sender: str) -> None:
    error = refusal(checked_sender, sender)
    assert "up to 15 digits" in error.detail
    assert "empty leaves it to the platform" in error.hint


@given(st.text(alphabet=st.sampled_from("aZ09 -é\n"), max_size=17))
def test_a_sender_that_is_taken_is_one_that_the_server_takes(text: str) -> None:
    try:
        sender = checked_sender(text)
    except UsageError:
        return
    assert sender == sender.strip()
    assert len(sender) <= (15 if sender.isdigit() else 11)
    assert sender.replace(" ", "a").isalnum() or not sender
    assert sender.isascii()


@pytest.mark.parametrize("minutes", [5, 1440, 4320])
def test_validity(minutes: int) -> None:
    assert checked_validity(minutes) == minutes


@pytest.mark.parametrize("minutes", [-1, 0, 4, 4321, 10**12])
def test_what_cannot_be_a_validity(minutes: int) -> None:
    error = refusal(checked_validity, minutes)
    assert "5 to 4,320 minutes" in error.detail
    assert "1440" in error.hint


# Lengths of time


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        (" 90m ", 90),
        ("90 min", 90),
        ("2h", 120),
        ("1D", 1440),
        ("1 day", 1440),
        ("3 days", 4320),
        ("0", 0),
        ("007", 7),
    ],
)
def test_a_length_of_time(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize(
    "text", ["soon", "-5", "1.5h", "2 weeks", "h", "1h30m", "٣", "1  h", "1000000", "5s", "5\x1bm"]
)
def test_no_length_of_time(text: str) -> None:
    error = refusal(parse_minutes, text)
    assert "is no length of time" in error.title
    assert "2h" in error.hint


@pytest.mark.parametrize("text", ["", "   "])
def test_no_time_at_all(text: str) -> None:
    assert refusal(parse_minutes, text).title == "No time is given"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0m"), (5, "5m"), (60, "1h"), (90, "90m"), (1440, "1d"), (1500, "25h")],
)
def test_the_shortest_text(minutes: int, text: str) -> None:
    assert minutes_text(minutes) == text


@given(st.integers(0, 999_999))
def test_what_is_shown_is_what_is_read(minutes: int) -> None:
    assert parse_minutes(minutes_text(minutes)) == minutes


@given(st.text(max_size=12))
def test_any_length_is_taken_or_refused_in_a_sentence(text: str) -> None:
    try:
        assert parse_minutes(text) >= 0
    except UsageError as error:
        assert not UNSAFE.search(str(error))
