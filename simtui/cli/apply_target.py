"""Which Things an order is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from simtui.cli.apply_order import Order
from simtui.cli.filter_option import parsed_filter
from simtui.cli.habits import with_habits
from simtui.cli.iccid_option import checked_iccid
from simtui.cli.load_progress import load_progress
from simtui.errors import UsageError
from simtui.models import Thing
from simtui.store.find_thing import find_thing
from simtui.store.queries import FleetQuery
from simtui.store.store import Store
from simtui.views.amounts import count_text
from simtui.views.filter.vocabulary import vocabulary_of
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.pasted import PastedProblem, select_pasted
from simtui.views.plan.selection import Selection, select_filter, select_iccids, select_thing
from simtui.views.text import clean


async def select(store: Store, order: Order, context: FleetContext) -> Selection:
    """The Things of the order; the whole fleet is only loaded to be searched.

    Raises:
        UsageError: for a filter or a list that is not understood, or has unknown ICCIDs.
        NotFound: for a single ICCID that no Thing has.
    """
    if order.iccids:
        return await _by_iccid(store, order.iccids)
    if order.pasted is not None:
        return _from_paste(order.pasted, await _fleet(store))
    fleet = await _fleet(store)
    return _by_filter(order.filter or "", fleet, with_habits(context, fleet, order.filter))


async def _fleet(store: Store) -> Collection[Thing]:
    async with load_progress(store):
        fleet = await store.fetch(FleetQuery())
    return fleet.things.values()


async def _by_iccid(store: Store, iccids: Iterable[str]) -> Selection:
    numbers = [checked_iccid(text) for text in iccids]
    found: dict[str, Thing] = {}
    for number in numbers:
        thing = await find_thing(store, number.value, is_prefix=number.is_prefix)
        found[thing.thing_id] = thing
    things = tuple(found.values())
    return select_thing(things[0]) if len(things) == 1 else select_iccids(things)


def _from_paste(text: str, fleet: Collection[Thing]) -> Selection:
    pasted = select_pasted(text, fleet)
    if pasted.problems:
        raise _refused(pasted.problems)
    if len(pasted.selection.things) == 1:
        return select_thing(pasted.selection.things[0])
    return pasted.selection


def _refused(problems: Collection[PastedProblem]) -> UsageError:
    """All of the list or nothing: who would notice which one was left out?"""
    error = UsageError(
        "The list of ICCIDs is not used",
        f"{count_text(len(problems))} of it cannot be found",
        "Nothing was sent; correct the list and try again",
    )
    for problem in problems:
        error.add_note(clean(f"  line {problem.line}: {problem.text}: {problem.reason}"))
    return error


def _by_filter(text: str, fleet: Iterable[Thing], context: FleetContext) -> Selection:
    parsed_filter(text, vocabulary_of(context))  # for the finger on what is wrong
    return select_filter(text, fleet, context)
