"""What each preset permission level may do (contract §3.10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from simtui.models.config_change import Kind


class Area:
    """What a level may be allowed to change; the columns of the contract's table.

    A Thing's own settings (name, group, services, address, IMEI lock) stand with its state.
    """

    ACTIONS: Final = "state, SMS and reset"
    TAGS: Final = "tags"
    NETWORK: Final = "network, firewall, NAT and VPN"
    BILLING: Final = "billing"
    USERS: Final = "users"
    RETIRE: Final = "retire"


LEVELS: Final[Mapping[str, frozenset[str]]] = {
    "ADMINISTRATOR": frozenset(
        {Area.ACTIONS, Area.TAGS, Area.NETWORK, Area.BILLING, Area.USERS, Area.RETIRE}
    ),
    "NETWORK_MANAGER": frozenset({Area.ACTIONS, Area.TAGS, Area.NETWORK, Area.RETIRE}),
    "OPERATOR": frozenset({Area.ACTIONS, Area.TAGS}),
    "BILLING": frozenset({Area.BILLING}),
    "READ_ONLY": frozenset(),
}
"""The levels, the most powerful first."""


BILL_READERS: Final = frozenset({"ADMINISTRATOR", "BILLING", "READ_ONLY"})
"""The levels that see what things cost; changing is another matter (``Area.BILLING``)."""


def may_read_bill(level: str | None) -> bool:
    """Whether a user of ``level`` may; yes for a level that is not known, the server knows it."""
    return level is None or level not in LEVELS or level in BILL_READERS


_AREAS: Final[Mapping[str, str]] = {Kind.USER: Area.USERS}


def area_of_kind(kind: str) -> str:
    """The area that a change of an object of this kind belongs to."""
    return _AREAS.get(kind, Area.NETWORK)


def may_change(level: str | None, area: str) -> bool:
    """Whether a user of ``level`` may; yes for a level that is not known, the server knows it."""
    return level is None or level not in LEVELS or area in LEVELS[level]


def levels_that_may(area: str) -> tuple[str, ...]:
    """The levels that may, the least powerful first."""
    return tuple(level for level in reversed(tuple(LEVELS)) if area in LEVELS[level])
