"""An object that somebody else changed meanwhile: as it was, as it is, as I want it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simtui.models.settings import Chain, RouteTable, Settings
from simtui.views.amounts import NOTHING
from simtui.views.config.items import Item, Items, aligned, id_of, items_of
from simtui.views.config.values import Names, flat, item_text
from simtui.views.plan.three_way import FieldVersions

GONE = "deleted"
"""What stands in place of an item that a side deleted."""


def versions_of(
    base: Settings, theirs: Settings, mine: Settings, names: Names
) -> tuple[FieldVersions, ...]:
    """Every setting, or every rule or route, that either side changed."""
    lists = _lists(base, theirs, mine)
    if lists is not None:
        was, other, own = map(items_of, lists)
        was, own = aligned(was, other, own)
        return tuple(_of_items(was, other, own, names))
    return tuple(_of_fields(base, theirs, mine, names))


def _lists(base: Settings, theirs: Settings, mine: Settings) -> tuple[Items, Items, Items] | None:
    if (
        isinstance(base, (Chain, RouteTable))
        and isinstance(theirs, (Chain, RouteTable))
        and isinstance(mine, (Chain, RouteTable))
    ):
        return base, theirs, mine
    return None


def _of_fields(
    base: Settings, theirs: Settings, mine: Settings, names: Names
) -> Iterator[FieldVersions]:
    was, other, own = (flat(one, names) for one in (base, theirs, mine))
    for label in own:
        texts = tuple(some.get(label, NOTHING) for some in (was, other, own))
        if len(set(texts)) > 1:
            yield _versions(label, *texts)


def _of_items(
    base: Sequence[Item], theirs: Sequence[Item], mine: Sequence[Item], names: Names
) -> Iterator[FieldVersions]:
    """By place in my list, then what only theirs has; the order itself when it differs."""
    was, other, own = (_texts(some, names) for some in (base, theirs, mine))
    for identity in dict.fromkeys((*own, *other, *was)):
        texts = tuple(some.get(identity, _absent(identity, was)) for some in (was, other, own))
        if len(set(texts)) > 1:
            yield _versions(_label(identity, mine, theirs), *texts)
    common = set(was) & set(other) & set(own)
    orders = tuple(_order(some, was, common) for some in (base, theirs, mine))
    if len(set(orders)) > 1:
        yield _versions("order", *orders)


def _texts(items: Sequence[Item], names: Names) -> dict[str, str]:
    return {_key(item, at): item_text(item, names) for at, item in enumerate(items)}


def _key(item: Item, at: int) -> str:
    return id_of(item) or f"+{at}"


def _absent(identity: str, was: dict[str, str]) -> str:
    return GONE if identity in was else NOTHING


def _label(identity: str, mine: Sequence[Item], theirs: Sequence[Item]) -> str:
    for items in (mine, theirs):
        for at, item in enumerate(items):
            if _key(item, at) == identity:
                return "new" if not id_of(item) else f"no. {at + 1}"
    return "gone"


def _order(items: Sequence[Item], was: dict[str, str], common: set[str]) -> str:
    """The old places of the items that all have, in the present order, as ``2 1 3``."""
    places = {identity: at for at, identity in enumerate(was, 1)}
    return " ".join(str(places[id_of(item)]) for item in items if id_of(item) in common)


def _versions(label: str, was: str, theirs: str, mine: str) -> FieldVersions:
    return FieldVersions(label, was, theirs, mine, theirs != was and mine not in (was, theirs))
