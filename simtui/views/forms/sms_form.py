"""A message as a form, which counts while one types (contract §3.8, §9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from simtui.models import Thing
from simtui.models.action import SendSms
from simtui.models.sms_template import fields_in, filled
from simtui.views.cell import Cell
from simtui.views.fields.minutes import minutes_text, parse_minutes
from simtui.views.forms.entry import Entry, shown_text
from simtui.views.forms.field import Answers, Choice, Field, Form
from simtui.views.forms.new_lines import NEW_LINE, shown_in_field, typed_text
from simtui.views.forms.options import Options, choice_entry, suggestions
from simtui.views.plan.sms_remarks import total_segments
from simtui.views.plan.wording import named, thing_name, things_text
from simtui.views.sms.checked_sms import (
    DEFAULT_VALIDITY,
    checked_for,
    checked_sender,
    checked_sms_text,
    checked_validity,
    composed,
)
from simtui.views.sms.counting_words import counted_cell, foreign_cell
from simtui.views.sms.price import Price, price_text
from simtui.views.sms.segments import foreign, without_foreign
from simtui.views.text import clean

TEXT: Final = "text"
_EXAMPLE: Final = "STATUS"
_COUNTED: Final = 500
_WAITS: Final = (0, 5, 15, 60)


@dataclass(frozen=True, slots=True)
class Composing:
    """Whom the message is for, and what is known for writing it; the ``price`` of a segment may
    become known while one writes."""

    things: tuple[Thing, ...]
    words: str
    templates: Mapping[str, str] = field(default_factory=dict)
    price: Callable[[], Price | None] = lambda: None


def sms_form(start: SendSms, about: Composing) -> Form[SendSms]:
    """The message as it stands; ``start`` has an empty text for a new one."""
    meant = _meaning((*about.templates.values(), start.text))
    text = _text_entry(start.text, about, meant)
    valid = _valid_entry(start.validity_minutes)
    whose = shown_text(start.sender)
    sender = Entry(
        Field("sender", "Sender", whose, checked_sender, "the platform's"), checked_sender
    )
    verify = _verify_entry(start.verify_minutes)
    single = len(about.things) == 1

    def read(answers: Answers) -> SendSms:
        return SendSms(
            text.read(answers),
            valid.read(answers),
            sender.read(answers),
            start.again_of,
            verify.read(answers) if single else 0,
        )

    def remarks(answers: Answers) -> Sequence[Cell]:
        return tuple(_remarks(meant(answers.get(TEXT, "")), about))

    fields = (text.field, valid.field, sender.field, *((verify.field,) if single else ()))
    return Form(f"SMS to {clean(about.words)}", fields, read, remarks)


def mended(field_name: str, answer: str) -> str | None:
    """The text with stand-ins for what is not in GSM-7; None for another field."""
    if field_name != TEXT:
        return None
    return shown_in_field(without_foreign(composed(typed_text(answer))))


def _meaning(texts: Iterable[str]) -> Callable[[str], str]:
    """A reader of what stands in the field. One of ``texts`` is meant as it is, though not
    all of it can be shown."""
    as_they_are = {shown_in_field(text): text for text in texts}

    def meant(answer: str) -> str:
        return composed(as_they_are.get(answer, typed_text(answer)))

    return meant


def _text_entry(text: str, about: Composing, meant: Callable[[str], str]) -> Entry[str]:
    def parse(answer: str) -> str:
        found = checked_sms_text(meant(answer))
        checked_for(found, about.things)
        return found

    def offers(typed: str) -> Sequence[Choice]:
        part = typed.strip().casefold()
        shown = ((name, shown_in_field(own)) for name, own in about.templates.items())
        return tuple(
            Choice(own, named(name))
            for name, own in shown
            if part in name.casefold() or part in own.casefold()
        )

    own = Field(TEXT, "Text", shown_in_field(text), parse, _EXAMPLE, choices=offers, multiline=True)
    return Entry(own, parse)


def _valid_entry(minutes: int) -> Entry[int]:
    def parse(answer: str) -> int:
        return checked_validity(parse_minutes(answer))

    offers = suggestions(
        Choice(minutes_text(DEFAULT_VALIDITY), "the usual"),
        Choice("1h", "what must arrive soon or not at all"),
        Choice("3d", "the longest"),
        Choice("5m", "the shortest"),
    )
    own = Field("valid", "Valid for", minutes_text(minutes), parse, "1d", choices=offers)
    return Entry(own, parse)


def _verify_entry(minutes: int) -> Entry[int]:
    """Whether to look for the Thing to come back online, and for how long."""
    items = tuple((_wait_choice(one), one) for one in sorted({*_WAITS, minutes}))
    options = Options("answer", items)
    return choice_entry("verify", "Then verify", options, options.text_of(minutes))


def _wait_choice(minutes: int) -> Choice:
    if not minutes:
        return Choice("no", "only follow the delivery")
    return Choice(minutes_text(minutes), "look whether the Thing comes back online")


def _remarks(text: str, about: Composing) -> Iterator[Cell]:
    if not text:
        if about.templates:
            yield Cell(
                "↓ offers your templates; {name}, {iccid} and {ip} are each Thing's own.", "dim"
            )
        return
    first = about.things[0]
    reads = filled(text, first)
    yield counted_cell(reads)
    if (odd := foreign_cell(text)) is not None:
        yield odd
    elif foreign(reads):
        yield Cell(f"What {thing_name(first)} fills in makes it UCS-2.", "warn")
    if fields_in(text):
        yield Cell(f"Reads, for {thing_name(first)}: {clean(reads)}")
    price = about.price()
    if price is not None or len(about.things) > 1:
        yield Cell(_sum_text(text, about, price), "dim")
    if NEW_LINE in shown_in_field(text):
        yield Cell(f"{NEW_LINE} is a new line.", "dim")


def _sum_text(text: str, about: Composing, price: Price | None) -> str:
    """How much goes out; with fields only for as many Things as can be gone through while one
    types."""
    whom = things_text(len(about.things))
    if fields_in(text) and len(about.things) > _COUNTED:
        return f"{whom}: the plan says how many segments"
    segments = total_segments(text, about.things)
    parts = [f"{whom}: {segments:,} {'segment' if segments == 1 else 'segments'}"]
    if price is not None:
        parts.append(price_text(price, segments))
    return " · ".join(parts)
