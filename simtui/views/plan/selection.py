"""Which Things a write is about, and how a person would say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.views.amounts import count_text
from simtui.views.filter.evaluate import compile_filter
from simtui.views.filter.parser import parse
from simtui.views.filter.terms import FieldTerm, Filter
from simtui.views.filter.vocabulary import vocabulary_of
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named, plural, thing_name
from simtui.views.text import clean


@dataclass(frozen=True, slots=True)
class Selection:
    """Which Things a person meant, each once, and the words for them.

    ``words`` is safe to print: ``pump-12``, ``12 marked Things``, ``tag depot-7``.
    ``tag`` or ``things_group_id`` is set when the selection is exactly that, so that the
    server can be asked in the same terms.
    """

    words: str
    things: tuple[Thing, ...]
    tag: str | None = None
    things_group_id: str | None = None


def select_thing(thing: Thing) -> Selection:
    """One Thing, called by its name."""
    return Selection(thing_name(thing), (thing,))


def select_marked(things: Iterable[Thing]) -> Selection:
    """The rows that were marked; a single one is called by its name."""
    every = tuple(things)
    if len(every) == 1:
        return select_thing(every[0])
    return Selection(f"{count_text(len(every))} marked Things", every)


def select_filter(text: str, things: Iterable[Thing], context: FleetContext) -> Selection:
    """The Things that pass a filter; one that is just a tag or a group is selected as that.

    Raises:
        FilterError: the filter is not understood, or names a group that is not known.
        UsageError: the filter is empty: it would mean the whole fleet by accident.
    """
    query = parse(text, vocabulary_of(context))
    if not query:
        raise UsageError(
            "The filter is empty",
            "It would mean every Thing of the account",
            "Say which ones are meant, for example tag:depot-7",
        )
    passes = compile_filter(query, context)
    passing = tuple(thing for thing in things if passes(thing))
    if tag := _only_value(query, "tag"):
        return Selection(f"tag {named(tag)}", passing, tag=tag)
    if group_id := _group_id(_only_value(query, "group"), context):
        name = context.groups[group_id].name
        return Selection(f"group {named(name)}", passing, things_group_id=group_id)
    return Selection(f"filter {clean(query.canonical())}", passing)


def select_iccids(things: tuple[Thing, ...]) -> Selection:
    """Things whose ICCIDs were pasted."""
    count = len(things)
    words = f"{count_text(count)} pasted {plural(count, 'ICCID', 'ICCIDs')}"
    return Selection(words, things)


def _only_value(query: Filter, field: str) -> str | None:
    """The value of a filter that asks for one value of ``field`` and nothing else."""
    if len(query.terms) != 1:
        return None
    (term,) = query.terms
    if not isinstance(term, FieldTerm) or term.negated or term.field != field:
        return None
    return term.values[0] if len(term.values) == 1 else None


def _group_id(value: str | None, context: FleetContext) -> str | None:
    """The one group that a filter's value means; None when it means several, or none."""
    if value is None:
        return None
    wanted = value.lower()
    meant = {
        group_id
        for group_id, group in context.groups.items()
        if value == group_id or group.name.lower() == wanted
    }
    return meant.pop() if len(meant) == 1 else None
