"""How to revive silent Things, as a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simtui.errors import UsageError
from simtui.models.runbook import ReviveSettings
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.fields.minutes import minutes_text, parse_minutes
from simtui.views.forms.entry import Entry
from simtui.views.forms.field import Answers, Choice, Field, Form
from simtui.views.forms.new_lines import shown_in_field, typed_text
from simtui.views.forms.options import suggestions
from simtui.views.plan.wording import named, things_text
from simtui.views.runbook.revive_fit import DEFAULT_AT_ONCE, MOST_AT_ONCE, Sorted
from simtui.views.sms.checked_sms import checked_sms_text
from simtui.views.sms.counting_words import counted_cell, foreign_cell

LONGEST_WAIT: Final = 60
"""Minutes; who waits longer had better look again another time."""


@dataclass(frozen=True, slots=True)
class Reviving:
    """What the form answers."""

    settings: ReviveSettings
    at_once: int


def revive_form(
    words: str, sort_out: Callable[[int], Sorted], templates: Mapping[str, str]
) -> Form[Reviving]:
    """The form for the Things that ``words`` calls; ``sort_out`` tells which of them fit."""
    usual = ReviveSettings()
    reset = _wait_entry("reset", "Reset, wait", usual.reset_minutes)
    text = _text_entry(usual.text, templates)
    sms = _wait_entry("sms", "SMS, wait", usual.sms_minutes)
    most = _most_entry()

    def read(answers: Answers) -> Reviving:
        settings = ReviveSettings(reset.read(answers), text.read(answers), sms.read(answers))
        return Reviving(settings, most.read(answers))

    def remarks(answers: Answers) -> Sequence[Cell]:
        return tuple(_remarks(answers, sort_out))

    fields = (reset.field, text.field, sms.field, most.field)
    return Form(f"Revive {words}", fields, read, remarks)


def _wait_entry(name: str, label: str, minutes: int) -> Entry[int]:
    def parse(answer: str) -> int:
        wait = parse_minutes(answer)
        if not 1 <= wait <= LONGEST_WAIT:
            raise UsageError(
                f"It cannot wait for {minutes_text(wait)}",
                f"A wait is 1 to {LONGEST_WAIT} minutes",
                "For example 5m",
            )
        return wait

    offers = suggestions(Choice(minutes_text(minutes), "the usual"), Choice("10m"), Choice("30m"))
    own = Field(name, label, minutes_text(minutes), parse, minutes_text(minutes), choices=offers)
    return Entry(own, parse)


def _text_entry(text: str, templates: Mapping[str, str]) -> Entry[str]:
    def parse(answer: str) -> str:
        return checked_sms_text(typed_text(answer)) if answer.strip() else ""

    offers = suggestions(
        *(Choice(shown_in_field(own), named(name)) for name, own in templates.items())
    )
    own = Field("text", "Then SMS", shown_in_field(text), parse, "empty: no SMS", choices=offers)
    return Entry(own, parse)


def _most_entry() -> Entry[int]:
    def parse(answer: str) -> int:
        told = answer.strip()
        if not (told.isascii() and told.isdigit() and 1 <= int(told) <= MOST_AT_ONCE):
            raise UsageError(
                f"“{named(told)}” is no number of Things" if told else "No number is given",
                f"It is 1 to {count_text(MOST_AT_ONCE)}: as many as one request can name",
                f"For example {DEFAULT_AT_ONCE}",
            )
        return int(told)

    own = Field("most", "Most at once", str(DEFAULT_AT_ONCE), parse, str(DEFAULT_AT_ONCE))
    return Entry(own, parse)


def _remarks(answers: Answers, sort_out: Callable[[int], Sorted]) -> Iterator[Cell]:
    text = typed_text(answers.get("text", ""))
    if not text.strip():
        yield Cell("Without a text no SMS is sent; what is not back after the reset is not.", "dim")
    else:
        yield counted_cell(text)
        if (odd := foreign_cell(text)) is not None:
            yield odd
    told = answers.get("most", "").strip()
    if told.isascii() and told.isdigit() and 1 <= int(told) <= MOST_AT_ONCE:
        found = sort_out(int(told))
        left = f", {count_text(len(found.left_alone))} left alone" if found.left_alone else ""
        yield Cell(f"{things_text(len(found.fits))} can be revived{left}: the plan says why.")
