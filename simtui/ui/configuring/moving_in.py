"""Moving Things into a group: which ones, as a filter, and then the plan for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from simtui.errors import SimtuiError, UsageError
from simtui.models import ThingsGroup
from simtui.models.action import MoveToGroup
from simtui.ui.acting.showing import show
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.form_calls import FormCalls
from simtui.ui.screens.form_dialog import FormDialog
from simtui.views.filter.complete import complete
from simtui.views.filter.parser import parse
from simtui.views.filter.terms import FieldTerm
from simtui.views.filter.vocabulary import vocabulary_of
from simtui.views.forms.entry import refused
from simtui.views.forms.field import Answers, Choice, Field
from simtui.views.group.things_filter import things_filter
from simtui.views.plan.allowed import area_of
from simtui.views.plan.selection import Selection, select_filter
from simtui.views.plan.wording import named, things_text

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp

_MOST_OFFERS = 100


def ask_to_move_in(app: SimtuiApp, group: ThingsGroup) -> None:
    """Ask for a filter, and plan the move of the Things that pass it."""
    visit = app.visit
    if visit is None:
        return
    feed, action = visit.feed, MoveToGroup(group.things_group_id)
    try:
        visit.acting.check(area_of(action), "Moving Things")
    except SimtuiError as error:
        app.report(error)
        return

    def submit(answers: Answers) -> None:
        visit.acting.plan(action, _meant(answers["filter"], feed))

    fields = (
        Field(
            "filter",
            "Things",
            check=lambda text: parse(text, vocabulary_of(feed.context)),
            example="tag:depot-7 state:active",
            choices=_offers(feed, group),
        ),
    )
    title = f"Move Things into group {named(group.name)}"
    show(app, FormDialog(title, fields, FormCalls(submit)))


def _meant(text: str, feed: FleetFeed) -> Selection:
    """The Things that pass.

    Raises:
        FieldError: when it is no filter, or nothing passes it.
    """
    try:
        selection = select_filter(text, feed.index, feed.context)
    except UsageError as error:
        raise refused("filter", error) from None
    if not selection.things:
        none = UsageError(f"No Thing passes {selection.words}", "", "Say whom it is about")
        raise refused("filter", none)
    return selection


def _offers(feed: FleetFeed, group: ThingsGroup) -> Callable[[str], Sequence[Choice]]:
    """Groups and tags with their numbers at first; then whatever the filter could become."""
    counts = Counter(tag for thing in feed.index for tag in thing.tags)
    tags = sorted(counts, key=lambda tag: (-counts[tag], tag.casefold()))
    others = sorted(feed.context.groups.values(), key=lambda one: one.name.casefold())
    first = [
        *(Choice(FieldTerm("tag", (tag,)).canonical(), things_text(counts[tag])) for tag in tags),
        *(
            Choice(things_filter(one), things_text(one.thing_count or 0))
            for one in others
            if one.things_group_id != group.things_group_id
        ),
    ]
    notes = dict(first)
    vocabulary = vocabulary_of(feed.context, counts)

    def offer(text: str) -> Sequence[Choice]:
        if not text.strip():
            return first[:_MOST_OFFERS]
        found = complete(text, len(text), vocabulary)[:_MOST_OFFERS]
        return [Choice(one, notes.get(one, "")) for one in found]

    return offer
