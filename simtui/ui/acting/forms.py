"""From the questions of an action to the lines of its form, and from the answers back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.models.action import Action, Describe, SetTags
from simtui.ui.acting.offers import Known, offers_of
from simtui.views.forms.field import Field
from simtui.views.plan.action_words import ActionWord, Question

_OF_THEM = {"remove-tag": 0, "rename-tag": 0}
"""Words of which this question is about tags that the Things have already."""


def form_fields(word: ActionWord, known: Known) -> tuple[Field, ...]:
    """The lines to fill in for an action; what one Thing has now stands in them."""
    return tuple(
        Field(
            str(number),
            question.label,
            _value_now(word, known),
            example=question.hint + (" (may stay empty)" if _said_optional(question) else ""),
            choices=offers_of(question.kind, known, of_them=_OF_THEM.get(word.name) == number),
            strict=question.kind in ("group", "services"),
            several=question.kind == "tags",
        )
        for number, question in enumerate(word.form)
    )


def arguments_of(word: ActionWord, answers: Sequence[str]) -> tuple[str, ...]:
    """The answers as the arguments of the word; optional ones at the end may be missing."""
    arguments = [answer.strip() for answer in answers]
    optional = [question.optional for question in word.form]
    while arguments and not arguments[-1] and optional[len(arguments) - 1]:
        arguments.pop()
    return tuple(arguments)


def edit_fields(thing: Thing, known: Known) -> tuple[Field, ...]:
    """Name, description and tags of one Thing."""
    return (
        Field("name", "Name", thing.name, example="none"),
        Field("description", "Description", thing.description, example="none"),
        Field(
            "tags",
            "Tags",
            ", ".join(thing.tags),
            example="none",
            choices=offers_of("tags", known),
            several=True,
        ),
    )


def edits_of(thing: Thing, answers: Sequence[str]) -> tuple[Action, ...]:
    """What was changed in the form of `edit_fields`; what is as it was is not sent.

    Raises:
        UsageError: when nothing was changed.
    """
    edits = tuple(_edits(thing, *(answer.strip() for answer in answers)))
    if not edits:
        raise UsageError("Nothing is changed", "All of it reads as it is", "esc leaves it")
    return edits


def _edits(thing: Thing, name: str, description: str, tags: str) -> Iterator[Action]:
    new_name = name if name != thing.name.strip() else None
    new_description = description if description != thing.description.strip() else None
    if new_name is not None or new_description is not None:
        yield Describe(new_name, new_description)
    wanted = tuple(tag.strip() for tag in tags.split(",") if tag.strip())
    if {tag.casefold() for tag in wanted} != {tag.casefold() for tag in thing.tags}:
        yield SetTags(wanted)


def _said_optional(question: Question) -> bool:
    return question.optional and not question.hint.startswith("empty")


def _value_now(word: ActionWord, known: Known) -> str:
    if not word.single or len(known.things) != 1:
        return ""
    (thing,) = known.things
    values = {"name": thing.name, "describe": thing.description, "tags": ", ".join(thing.tags)}
    return values.get(word.name, "")
