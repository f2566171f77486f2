"""A permission level and what it may read and change, area by area (contract §3.10).

``GET /permission-levels`` tells them; where it does not, the contract's own table stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final


class Access:
    """What can be done in an area."""

    READ: Final = "READ"
    WRITE: Final = "WRITE"


class LevelArea:
    """The areas by the API's own names; the columns of the contract's table."""

    THINGS: Final = "things"
    ACTIONS: Final = "actions"
    TAGS: Final = "tags"
    NETWORK: Final = "network"
    BILLING: Final = "billing"
    USERS: Final = "users"
    RETIRE: Final = "retire"
    ALL: Final = (THINGS, ACTIONS, TAGS, NETWORK, BILLING, USERS, RETIRE)


@dataclass(frozen=True, slots=True)
class PermissionLevel:
    """A level by its name; an area that is not in ``permissions`` is closed to it."""

    name: str
    permissions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def may(self, area: str, access: str) -> bool:
        """Whether it has this access; who may change may read."""
        granted = self.permissions.get(area, ())
        return access in granted or (access == Access.READ and Access.WRITE in granted)

    @property
    def power(self) -> tuple[int, int, str]:
        """By what levels are compared: how much each may change, then how much it reads."""
        areas = self.permissions
        return (
            sum(self.may(area, Access.WRITE) for area in areas),
            sum(self.may(area, Access.READ) for area in areas),
            self.name,
        )


_READ: Final = (Access.READ,)
_FULL: Final = (Access.READ, Access.WRITE)

PRESETS: Final[tuple[PermissionLevel, ...]] = (
    PermissionLevel("ADMINISTRATOR", dict.fromkeys(LevelArea.ALL, _FULL)),
    PermissionLevel(
        "NETWORK_MANAGER",
        {
            LevelArea.THINGS: _FULL,
            LevelArea.ACTIONS: _FULL,
            LevelArea.TAGS: _FULL,
            LevelArea.NETWORK: _FULL,
            LevelArea.RETIRE: _FULL,
        },
    ),
    PermissionLevel(
        "OPERATOR",
        {
            LevelArea.THINGS: _FULL,
            LevelArea.ACTIONS: _FULL,
            LevelArea.TAGS: _FULL,
            LevelArea.NETWORK: _READ,
        },
    ),
    PermissionLevel("BILLING", {LevelArea.THINGS: _READ, LevelArea.BILLING: _FULL}),
    PermissionLevel(
        "READ_ONLY",
        {LevelArea.THINGS: _READ, LevelArea.NETWORK: _READ, LevelArea.BILLING: _READ},
    ),
)
"""The levels as the contract has them, the most powerful first."""


def known_levels(told: Iterable[PermissionLevel] | None) -> tuple[PermissionLevel, ...]:
    """The levels that the API tells, the least powerful first; the contract's where it tells
    none, or not what one of them may do."""
    presets = {preset.name: preset for preset in PRESETS}
    levels = [
        level if level.permissions else presets.get(level.name, level) for level in told or ()
    ]
    return tuple(sorted(levels or PRESETS, key=lambda level: level.power))


def level_named(name: str | None, levels: Iterable[PermissionLevel]) -> PermissionLevel | None:
    """The level of this name; None when nothing is known of it."""
    return next((level for level in levels if level.name == name), None)
