"""A message as a form: refused where it was typed, and counted while one types."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.models import IpLease, Thing
from simtui.models.action import SendSms
from simtui.models.sms_template import literal
from simtui.views.forms.field import FieldError, Form
from simtui.views.forms.new_lines import shown_in_field, typed_text
from simtui.views.forms.sms_form import Composing, mended, sms_form
from simtui.views.sms.price import Price
from simtui.views.text import UNSAFE

PUMP = Thing("t1", "8931086200000000019", "ACTIVE", name="pump-12", ip=IpLease("10.0.4.17", "p"))
VALVE = Thing("t2", "8931086200000000027", "ACTIVE", name="valve-2", ip=IpLease("10.0.4.18", "p"))
TEMPLATES = {
    "status": "STATUS",
    "restart": "RESET",
    "name": "SET NAME {name}",
    "two lines": "APN a\nID {iccid}",
}
SOUND = {"text": "STATUS", "valid": "1d", "sender": "", "verify": "no"}
FAMILY = "👨\u200d👩\u200d👧 ❤\ufe0f"


def form(start: SendSms | None = None, *things: Thing, **about) -> Form[SendSms]:
    composing = Composing(things or (PUMP,), "pump-12", TEMPLATES, **about)
    return sms_form(start or SendSms(""), composing)


def values(of: Form[SendSms]) -> dict[str, str]:
    return {field.name: field.value for field in of.fields}


def refusal(of: Form[SendSms], **answers: str) -> FieldError:
    given = MappingProxyType(SOUND | answers)  # nothing can be taken off it
    with pytest.raises(FieldError) as caught:
        of.read(given)
    assert caught.value.detail
    assert caught.value.hint
    return caught.value


def told(of: Form[SendSms], text: str) -> list[str]:
    return [cell.text for cell in of.remarks(SOUND | {"text": text})]


# What is read


def test_a_new_message_has_all_but_its_text() -> None:
    new = form()
    assert values(new) == {"text": "", "valid": "1d", "sender": "", "verify": "no"}
    assert new.title == "SMS to pump-12"
    assert new.read(values(new) | {"text": "STATUS"}) == SendSms("STATUS")
    assert all(len(field.label) <= 12 for field in new.fields)
    assert [field.name for field in new.fields if field.multiline] == ["text"]


def test_every_field_is_read() -> None:
    answers = {"text": "SET NAME {name}", "valid": "2h", "sender": " OPS ", "verify": "15m"}
    again = SendSms("", again_of="sms_7")
    assert form(again).read(answers) == SendSms("SET NAME {name}", 120, "OPS", "sms_7", 15)


def test_what_started_it_comes_out_as_it_was() -> None:
    start = SendSms("RESET {{now}}\nplease", 90, "31612345678", "sms_7", 7)
    again = form(start)
    assert values(again)["text"] == "RESET {{now}}⏎please"
    assert again.read(values(again)) == start


def test_many_are_not_verified() -> None:
    many = form(SendSms("RESET", verify_minutes=5), PUMP, VALVE)
    assert [field.name for field in many.fields] == ["text", "valid", "sender"]
    assert many.read(SOUND | {"verify": "5m"}).verify_minutes == 0


# What is refused


@pytest.mark.parametrize(
    ("field", "answer", "words"),
    [
        ("text", "", "nothing to send"),
        ("text", " ⏎ ", "nothing to send"),
        ("text", "a\x00", "control characters"),
        ("text", "a\ud800", "control characters"),
        ("text", "{phone}", "no such field"),
        ("text", "SET NAME {name", "not closed"),
        ("text", "a" * 1531, "too long"),
        ("valid", "", "No time is given"),
        ("valid", "soon", "no length of time"),
        ("valid", "4", "cannot be valid for 4 minutes"),
        ("valid", "1m", "cannot be valid for 1 minute."),
        ("valid", "4d", "cannot be valid for 5,760 minutes"),
        ("sender", "+31612345678", "cannot be a sender"),
        ("sender", "a\x1b", "cannot be a sender"),
        ("verify", "7m", "no answer"),
        ("verify", "", "No answer is chosen"),
    ],
)
def test_each_field_refuses_what_cannot_be(field: str, answer: str, words: str) -> None:
    error = refusal(form(), **{field: answer})
    assert error.field == field
    assert words in str(error)
    assert not UNSAFE.search(str(error))
    check = next(one.check for one in form().fields if one.name == field)
    with pytest.raises(UsageError):  # so already when the field is left
        check(answer)


def test_a_text_that_is_too_long_for_one_thing_names_it() -> None:
    long = Thing("t9", "8931086200000000035", "ACTIVE", name="a" * 40)
    error = refusal(form(None, PUMP, long), text="b" * 1500 + "{name}")
    assert (error.field, "too long for aaaa" in error.title) == ("text", True)


@given(
    st.fixed_dictionaries(
        {},
        optional={name: st.text(max_size=20) | st.just(SOUND[name]) for name in SOUND},
    )
)
def test_any_answers_are_read_or_refused_at_a_field(answers: dict[str, str]) -> None:
    asked = form()
    try:
        made = asked.read(answers)
    except FieldError as error:
        assert error.field in SOUND
        assert not UNSAFE.search(str(error))
    else:
        assert 5 <= made.validity_minutes <= 4320
    for cell in asked.remarks(answers):
        assert not UNSAFE.search(cell.text)


# What is said while one types


def test_nothing_typed_yet_says_where_the_templates_are() -> None:
    assert told(form(), "") == [
        "↓ offers your templates; {name}, {iccid} and {ip} are each Thing's own."
    ]
    assert sms_form(SendSms(""), Composing((PUMP,), "x")).remarks({}) == ()


def test_a_plain_text_is_counted_and_no_more() -> None:
    assert told(form(), "STATUS") == ["GSM-7 · 6 units · 1 segment, 154 left in it"]


def test_the_character_that_makes_it_longer_is_pointed_at() -> None:
    counted, odd = told(form(), "go “home”")
    assert counted == "UCS-2 · 9 units · 1 segment, 61 left in it"
    assert odd.startswith("““” at 4 and 1 more: go ▸“◂home”")
    assert odd.endswith('ctrl+r writes “"”')


def test_what_is_typed_in_two_parts_is_counted_as_it_is_sent() -> None:
    """As a Mac pastes it: e and its accent apart."""
    assert told(form(), "cafe\u0301") == ["GSM-7 · 4 units · 1 segment, 156 left in it"]
    assert mended("text", "cafe\u0301 “ok”") == 'café "ok"'


def test_a_template_reads_as_the_first_thing_gets_it() -> None:
    counted, reads = told(form(), "SET NAME {name}")
    assert counted == "GSM-7 · 16 units · 1 segment, 144 left in it"
    assert reads == "Reads, for pump-12: SET NAME pump-12"


def test_what_a_thing_fills_in_can_make_it_longer() -> None:
    odd = Thing("t9", "8931086200000000035", "ACTIVE", name="pompę")
    counted, why, _ = told(form(None, odd), "SET NAME {name}")
    assert counted.startswith("UCS-2")
    assert why == "What pompę fills in makes it UCS-2."


def test_a_new_line_is_explained_and_counts_as_one() -> None:
    counted, explained = told(form(), "a⏎b")
    assert counted == "GSM-7 · 3 units · 1 segment, 157 left in it"
    assert explained == "⏎ is a new line."


def test_too_long_is_said_before_it_is_refused() -> None:
    (counted,) = told(form(), "a" * 1531)
    assert counted.startswith("✗ GSM-7 · 1,531 units · 11 segments")


def test_how_much_goes_out_and_what_it_costs() -> None:
    price = Price("0.0450", "EUR")
    assert told(form(None, PUMP, VALVE), "a" * 161)[-1] == "2 Things: 4 segments"
    assert told(form(None, PUMP, VALVE, price=lambda: price), "STATUS")[-1] == (
        "2 Things: 2 segments · 0.0450 EUR a segment, 0.0900 EUR in all"
    )
    assert told(form(price=lambda: price), "STATUS")[-1] == (
        "1 Thing: 1 segment · 0.0450 EUR a segment, 0.0450 EUR in all"
    )


@pytest.mark.parametrize(
    ("unit_price", "words"),
    [
        ("free", "free EUR a segment"),
        ("NaN", "NaN EUR a segment"),
        ("1E999999", "1E999999 EUR a segment"),
        ("0", "0 EUR a segment, 0 EUR in all"),
        ("\x1b[2J", r"\x1b[2J EUR a segment"),
    ],
)
def test_a_price_that_is_no_number_is_shown_as_it_is(unit_price: str, words: str) -> None:
    priced = form(None, *(PUMP,) * 20, price=lambda: Price(unit_price, "EUR"))
    assert told(priced, "STATUS")[-1] == f"20 Things: 20 segments · {words}"


def test_of_very_many_with_fields_the_plan_counts() -> None:
    many = form(None, *(PUMP,) * 501)
    assert told(many, "{name}")[-1] == "501 Things: the plan says how many segments"
    assert told(many, "STATUS")[-1] == "501 Things: 501 segments"


# Stand-ins and new lines


@pytest.mark.parametrize(
    ("answer", "better"),
    [
        ("“it’s”", '"it\'s"'),
        ("a…⏎b", "a...⏎b"),
        ("naïve 我", "naive 我"),
        ("STATUS", "STATUS"),
        ("", ""),
    ],
)
def test_ctrl_r_replaces_what_is_not_gsm7(answer: str, better: str) -> None:
    assert mended("text", answer) == better
    assert mended("sender", answer) is None


@given(st.text(alphabet=st.sampled_from("aé€我😀{ }\n")))
def test_new_lines_stand_in_the_field_and_come_out_again(text: str) -> None:
    shown = shown_in_field(text)
    assert "\n" not in shown
    assert typed_text(shown) == text


@pytest.mark.parametrize("pasted", ["a\r\nb\rc\nd", "a\nb\nc\nd"])
def test_all_ends_of_lines_are_new_lines(pasted: str) -> None:
    assert shown_in_field(pasted) == "a⏎b⏎c⏎d"
    assert typed_text(shown_in_field(pasted)) == "a\nb\nc\nd"


@pytest.mark.parametrize("text", [FAMILY, "{{}} " + FAMILY, "a\r\nb", "a\fb", "a\u200bb"])
def test_a_text_that_cannot_be_shown_as_it_is_is_sent_again_as_it_was(text: str) -> None:
    """Not as the ``\\u200d`` that stands in the field."""
    again = form(SendSms(literal(text), again_of="sms_7"))
    shown = values(again)["text"]
    assert not UNSAFE.search(shown)
    assert again.read(SOUND | {"text": shown}).text == literal(text)


def test_what_cannot_be_sent_again_is_refused_as_what_it_is() -> None:
    again = form(SendSms("a\x1b[2Jb"))
    error = refusal(again, text=values(again)["text"])
    assert r"is \x1b" in str(error)


def test_a_sender_of_the_servers_is_safe_in_the_field() -> None:
    assert values(form(SendSms("x", sender="\x1b[2J")))["sender"] == r"\x1b[2J"


# Templates


def offered(typed: str) -> list[tuple[str, str]]:
    choices = form().fields[0].choices
    assert choices is not None
    return [tuple(choice) for choice in choices(typed)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["status", "restart", "name", "two lines"]),
        ("STAT", ["status"]),
        ("start", ["restart"]),
        ("reset", ["restart"]),
        (" set name ", ["name"]),
        ("{", ["name", "two lines"]),
        ("APN a⏎ID {iccid}", ["two lines"]),
        ("nothing such", []),
    ],
)
def test_templates_are_offered_by_name_and_by_text(typed: str, names: list[str]) -> None:
    assert [name for _, name in offered(typed)] == names


def test_a_template_is_taken_as_the_text_that_it_is() -> None:
    (taken,) = offered("two lines")
    assert taken[0] == "APN a⏎ID {iccid}"
    assert form().read(SOUND | {"text": taken[0]}).text == "APN a\nID {iccid}"


def test_a_template_that_cannot_be_shown_is_taken_as_it_is() -> None:
    about = Composing((PUMP,), "x", {"family\x1b": FAMILY, "tab": "a\tb"})
    own = sms_form(SendSms(""), about)
    choices = own.fields[0].choices
    assert choices is not None
    family, tab = choices("")
    assert not UNSAFE.search("".join((*family, *tab)))
    assert own.read(SOUND | {"text": family.text}).text == FAMILY
    assert r"is \x09" in str(refusal(own, text=tab.text))


def test_the_usual_times_are_offered_and_can_be_taken() -> None:
    fields = {field.name: field for field in form().fields}
    for name in ("valid", "verify"):
        choices = fields[name].choices
        assert choices is not None
        for choice in choices(""):
            fields[name].check(choice.text)
    assert [choice.text for choice in fields["verify"].choices("")] == ["no", "5m", "15m", "1h"]
    assert fields["verify"].strict


def test_words_for_whom_it_is_are_safe() -> None:
    assert sms_form(SendSms(""), Composing((PUMP,), "a\x1b")).title == r"SMS to a\x1b"
