"""My edit put on top of what somebody else made of the same object meanwhile.

What only one side touched stays as that side wants it; what both touched becomes mine. A
person looks at the result before anything is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from simtui.models import Dpd, Phase1, Phase2
from simtui.models.settings import Chain, RouteSettings, RouteTable, RuleSettings, Settings
from simtui.views.config.items import Item, aligned, id_of, without_id


def merged(base: Settings, theirs: Settings, mine: Settings) -> Settings:
    """``theirs`` with what I changed since ``base``; all three are of one kind."""
    if isinstance(mine, Chain) and isinstance(theirs, Chain) and isinstance(base, Chain):
        return Chain(tuple(_rules(_merged_items(base.items, theirs.items, mine.items))))
    if (
        isinstance(mine, RouteTable)
        and isinstance(theirs, RouteTable)
        and isinstance(base, RouteTable)
    ):
        return RouteTable(tuple(_routes(_merged_items(base.items, theirs.items, mine.items))))
    settings: Settings = _merged_fields(base, theirs, mine)
    return settings


def _merged_fields(base: Any, theirs: Any, mine: Any) -> Any:
    wanted = {}
    for member in fields(mine):
        was, other, own = (getattr(one, member.name) for one in (base, theirs, mine))
        if isinstance(own, (Phase1, Phase2, Dpd)):
            wanted[member.name] = _merged_fields(was, other, own)
        else:
            wanted[member.name] = other if own == was else own
    return replace(mine, **wanted)


def _merged_items(
    base: tuple[Item, ...], theirs: tuple[Item, ...], mine: tuple[Item, ...]
) -> list[Item]:
    """In my order where I changed it, else in theirs; what only the other list has stands
    behind what it stood behind there."""
    base, mine = aligned(base, theirs, mine)
    versions = _Versions(_by_id(base), _by_id(theirs), _by_id(mine))
    leads, follows = (mine, theirs) if _reordered(base, mine) else (theirs, mine)
    found = {_key(one): versions.of(one) for one in leads}
    keys = [key for key, item in found.items() if item is not None]
    for at, one in enumerate(follows):
        if _key(one) not in found:
            found[_key(one)] = versions.of(one)
            if found[_key(one)] is not None:
                _insert_behind(keys, _key(one), [_key(other) for other in follows[:at]])
    return [item for key in keys if (item := found[key]) is not None]


@dataclass(frozen=True, slots=True)
class _Versions:
    """The items of the three lists that have an id, by it."""

    was: dict[str, Item]
    other: dict[str, Item]
    own: dict[str, Item]

    def of(self, item: Item) -> Item | None:
        """An item as it is afterwards; None when it is gone: I deleted it, or they did and
        I have not changed it. One that they deleted is a new one for the server."""
        identity = id_of(item)
        if not identity or (identity in self.other and identity not in self.was):
            return item
        if identity not in self.was:
            return without_id(item)
        was, other, own = (some.get(identity) for some in (self.was, self.other, self.own))
        if own is None:
            return None
        if other is None:
            return without_id(own) if own != was else None
        merged_item: Item = _merged_fields(was, other, own)
        return merged_item


def _by_id(items: Iterable[Item]) -> dict[str, Item]:
    return {id_of(item): item for item in items if id_of(item)}


def _key(item: Item) -> str | int:
    """What an item is known by within a merge; one without an id is itself."""
    return id_of(item) or id(item)


def _insert_behind(keys: list[str | int], key: str | int, before: Sequence[str | int]) -> None:
    """Behind the nearest that stood before it and is there, else in front."""
    for other in reversed(before):
        if other in keys:
            keys.insert(keys.index(other) + 1, key)
            return
    keys.insert(0, key)


def _reordered(base: tuple[Item, ...], mine: tuple[Item, ...]) -> bool:
    own = {id_of(one) for one in mine if id_of(one)}
    was = {id_of(one) for one in base if id_of(one)}
    kept = [id_of(one) for one in base if id_of(one) in own]
    return kept != [id_of(one) for one in mine if id_of(one) in was]


def _rules(items: Iterable[Item]) -> Iterable[RuleSettings]:
    return (item for item in items if isinstance(item, RuleSettings))


def _routes(items: Iterable[Item]) -> Iterable[RouteSettings]:
    return (item for item in items if isinstance(item, RouteSettings))
