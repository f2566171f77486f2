"""Chains and route tables as lists of items, and what happened to each item.

An item is known by its id; one without an id is new.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from simtui.models.settings import Chain, RouteSettings, RouteTable, RuleSettings

Item: TypeAlias = RuleSettings | RouteSettings
Items: TypeAlias = Chain | RouteTable
Fate: TypeAlias = Literal["kept", "added", "removed", "changed", "moved"]

MARKS: Final[dict[Fate, str]] = {
    "kept": " ",
    "added": "+",
    "removed": "-",
    "changed": "~",
    "moved": "↕",
}
"""The sign of each fate."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item, what became of it, and its 1-based places before and after (0: not there).

    ``before`` and ``after`` are None where it is not there.
    """

    fate: Fate
    before: Item | None
    after: Item | None
    was_at: int = 0
    is_at: int = 0


def id_of(item: Item) -> str:
    """The id of an item; empty when it is new."""
    return (item.rule_id if isinstance(item, RuleSettings) else item.route_id) or ""


def items_of(items: Items) -> tuple[Item, ...]:
    """The items, whichever list it is."""
    return items.items


def identified(items: Iterable[Item], now: Iterable[Item]) -> tuple[Item, ...]:
    """``items`` with the ids that the server has given to the new ones since: those of the
    items of ``now`` that read the same and that ``items`` does not have yet."""
    items = tuple(items)
    known = {id_of(item) for item in items}
    free = [item for item in now if id_of(item) not in known]
    found: list[Item] = []
    for item in items:
        own = next((one for one in free if not id_of(item) and without_id(one) == item), None)
        if own is not None:
            free.remove(own)
        found.append(own or item)
    return tuple(found)


def aligned(
    base: Sequence[Item], theirs: Iterable[Item], mine: Sequence[Item]
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """``base`` and ``mine`` as `identified` by ``theirs``: what was new in both is still the
    same item. Each of ``mine`` is an object of its own, so that new ones that read the same
    can be told apart."""
    known = identified(base, theirs)
    given = [now for was, now in zip(base, known, strict=True) if not id_of(was)]
    return known, identified([replace(one) for one in mine], given)


def without_id(item: Item) -> Item:
    """The same item as a new one."""
    if isinstance(item, RuleSettings):
        return replace(item, rule_id=None)
    return replace(item, route_id=None)


def item_changes(before: Items, after: Items) -> tuple[ItemChange, ...]:
    """Every item of both lists: those of ``after`` in order, removed ones at their old place."""
    was, now = _keyed(items_of(before)), _keyed(items_of(after))
    staying = [key for key in now if key in was]
    moved = _moved([was[key][0] for key in staying])
    displaced = {key for key, is_moved in zip(staying, moved, strict=True) if is_moved}
    found = [
        _fate(item, place, was.get(key), is_displaced=key in displaced)
        for key, (place, item) in now.items()
    ]
    gone = [
        ItemChange("removed", item, None, place)
        for key, (place, item) in was.items()
        if key not in now
    ]
    return _interleaved(found, gone)


def _keyed(items: Iterable[Item]) -> dict[Hashable, tuple[int, Item]]:
    """Items and their places by what they are known by: the id, or what a new one says and
    the how manieth it is that says so."""
    times: Counter[Item] = Counter()
    found: dict[Hashable, tuple[int, Item]] = {}
    for place, item in enumerate(items, 1):
        times[item] += 1
        found[id_of(item) or (item, times[item])] = (place, item)
    return found


def _fate(
    item: Item, place: int, old: tuple[int, Item] | None, *, is_displaced: bool
) -> ItemChange:
    if old is None:
        return ItemChange("added", None, item, 0, place)
    was_at, was = old
    fate: Fate = "kept"
    if was != item:
        fate = "changed"
    elif is_displaced:
        fate = "moved"
    return ItemChange(fate, was, item, was_at, place)


def _interleaved(found: Sequence[ItemChange], gone: Sequence[ItemChange]) -> tuple[ItemChange, ...]:
    """Removed items stand behind what stood before them, as far as that is still there."""
    rows = list(found)
    for change in gone:
        before = [at for at, one in enumerate(rows) if one.was_at and one.was_at < change.was_at]
        rows.insert(before[-1] + 1 if before else 0, change)
    return tuple(rows)


def _moved(places: Sequence[int]) -> list[bool]:
    """Which of the old places are out of order, the fewest that can be said to have moved:
    all but a longest rising sequence."""
    tails: list[int] = []
    lengths: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
        lengths.append(at + 1)
    rising, longest = [False] * len(places), len(tails)
    for at in range(len(places) - 1, -1, -1):
        if lengths[at] == longest and longest:
            rising[at] = True
            longest -= 1
    return [not stays for stays in rising]
