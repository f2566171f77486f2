"""Names that have to differ, and items of chains and route tables that have to be there."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from simtui.models.config_change import WHOLE, Kind
from simtui.views.config.items import id_of
from simtui.views.config.names import KIND_NAMES, name_of
from simtui.views.files.intended import Intended, Meant, list_items
from simtui.views.files.mistakes import Mistakes
from simtui.views.plan.wording import named

_KEYS: Final[Mapping[str, Callable[[str], str]]] = {
    Kind.GROUP: str.casefold,
    Kind.NETWORK: str,
    Kind.PROFILE: str,
    Kind.TUNNEL: str,
}
"""The kinds whose names have to differ, and how they are compared (contract §3.3)."""


def refuse_double_names(intended: Intended, mistakes: Mistakes) -> None:
    """Note new names that something else has; those that the account has twice can stay."""
    for one in intended.meant:
        kind, parent = one.ref.kind, one.ref.parent_id
        if kind not in _KEYS or not _is_new_name(one):
            continue
        key = _KEYS[kind]
        names = Counter(key(_plain(name_of(each))) for _, each in intended.settings(kind, parent))
        names.update(key(_plain(name_of(each))) for _, each in intended.going(kind, parent))
        if names[key(_plain(name_of(one.settings)))] > 1:
            what = f"{KIND_NAMES[kind]} {named(name_of(one.settings))}"
            mistakes.add(
                one.place,
                "name",
                f"there is another {what}. Names differ, so that each can be referred to. "
                "Choose another name, or give the id of the one that is meant",
            )


def refuse_unknown_items(intended: Intended, mistakes: Mistakes) -> None:
    """Note rules and routes with an id that their chain or table does not have, or has once."""
    for one in intended.meant:
        if one.ref.kind not in WHOLE or not one.is_touched:
            continue
        known = set(map(id_of, list_items(one.before.settings if one.before else None)))
        seen: set[str] = set()
        for number, item in enumerate(list_items(one.settings), 1):
            own = id_of(item)
            place = one.place.item(number)
            if own and own not in known:
                what = "rule" if one.ref.kind == Kind.CHAIN else "static route"
                where = one.ref.object_id or "this network"
                mistakes.add(
                    place,
                    "id",
                    f"{where} has no {what} {named(own)}. Remove the id to create it anew",
                )
            elif own in seen:
                mistakes.add(place, "id", f"{named(own)} is there twice. Keep one")
            seen |= {own} if own else set()


def _is_new_name(one: Meant) -> bool:
    return one.before is None or name_of(one.before.settings) != name_of(one.settings)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()
