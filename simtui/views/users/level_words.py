"""What a permission level may do, in plain words (contract §3.10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from simtui.models.permission_level import Access, LevelArea, PermissionLevel
from simtui.views.cell import Cell
from simtui.views.plan.wording import named

_CHANGED: Final[Mapping[str, str]] = {
    LevelArea.THINGS: "Things (name, group, services, IP and IMEI lock)",
    LevelArea.ACTIONS: "states, SMS and connections",
    LevelArea.TAGS: "tags",
    LevelArea.NETWORK: "networks, firewall, NAT and VPN",
    LevelArea.BILLING: "billing",
    LevelArea.USERS: "users",
    LevelArea.RETIRE: "retire Things for good",
}
_READ: Final[Mapping[str, str]] = {
    **_CHANGED,
    LevelArea.THINGS: "Things",
    LevelArea.RETIRE: "retiring Things",
}
_SHORT: Final[Mapping[str, str]] = {
    LevelArea.THINGS: "Things",
    LevelArea.ACTIONS: "state, SMS",
    LevelArea.TAGS: "tags",
    LevelArea.NETWORK: "networks",
    LevelArea.BILLING: "billing",
    LevelArea.USERS: "users",
    LevelArea.RETIRE: "retires",
}
NOTHING_KNOWN: Final = "What this level may do is not known here."
LOWEST: Final = "lowest"


def level_rows(level: PermissionLevel | None) -> tuple[tuple[str, Cell], ...]:
    """What it may change, what it may only read, and what is closed to it; safe to print."""
    if level is None or not level.permissions:
        return (("", Cell(NOTHING_KNOWN, "dim")),)
    changed, only_read = changed_areas(level), read_areas(level)
    closed = [area for area in LevelArea.ALL if area not in (*changed, *only_read)]
    rows = [
        ("May change", Cell(_listed(changed, _CHANGED) or "nothing", "" if changed else "dim")),
        ("May read", Cell(_too(changed, _listed(only_read, _READ)))),
    ]
    if closed:
        rows.append(("May not", Cell(_listed(closed, _READ), "dim")))
    return tuple(rows)


def level_sentences(level: PermissionLevel | None) -> tuple[str, ...]:
    """The same as sentences: ``OPERATOR may change: tags, …``."""
    if level is None:
        return ()
    name = named(level.name)
    return tuple(
        f"{name} {label[:1].lower()}{label[1:]}: {cell.text}" if label else f"{name}: {cell.text}"
        for label, cell in level_rows(level)
    )


def short_words(level: PermissionLevel) -> str:
    """``changes Things, tags; reads networks``: as the note of a choice."""
    if not level.permissions:
        return "not known here what it may do"
    changed, only_read = changed_areas(level), read_areas(level)
    if set(LevelArea.ALL) <= set(changed):
        return "changes everything, users too"
    changes = f"changes {_listed(changed, _SHORT) or 'nothing'}"
    reads = _listed(only_read, _SHORT)
    return f"{changes}; reads {reads}" if reads else changes


def changed_areas(level: PermissionLevel) -> list[str]:
    """The areas it may change, those that are known first."""
    return [area for area in _areas(level) if level.may(area, Access.WRITE)]


def read_areas(level: PermissionLevel) -> list[str]:
    """The areas it may only read."""
    return [
        area
        for area in _areas(level)
        if level.may(area, Access.READ) and not level.may(area, Access.WRITE)
    ]


def _areas(level: PermissionLevel) -> list[str]:
    others = sorted(area for area in level.permissions if area not in LevelArea.ALL)
    return [*LevelArea.ALL, *others]


def _listed(areas: Iterable[str], words: Mapping[str, str]) -> str:
    return ", ".join(words.get(area, named(area)) for area in areas)


def _too(changed: list[str], only_read: str) -> str:
    """What it may change it may read as well."""
    if not changed:
        return only_read or "nothing"
    return f"the same, and {only_read}" if only_read else "the same"
