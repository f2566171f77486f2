"""What each permission level may do (contract §3.10), as one table.

Areas are the columns of the contract: ``things`` (reading, and writing a Thing's own
settings), ``actions`` (state, SMS, reset), ``tags``, ``network`` (networks, firewall,
NAT, VPN), ``billing``, ``users`` and ``retire``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Access: TypeAlias = Literal["READ", "WRITE"]

READ: tuple[Access, ...] = ("READ",)
FULL: tuple[Access, ...] = ("READ", "WRITE")

PRESETS: Mapping[str, Mapping[str, tuple[Access, ...]]] = {
    "ADMINISTRATOR": {
        "things": FULL,
        "actions": FULL,
        "tags": FULL,
        "network": FULL,
        "billing": FULL,
        "users": FULL,
        "retire": FULL,
    },
    "NETWORK_MANAGER": {
        "things": FULL,
        "actions": FULL,
        "tags": FULL,
        "network": FULL,
        "retire": FULL,
    },
    "OPERATOR": {"things": FULL, "actions": FULL, "tags": FULL, "network": READ},
    "BILLING": {"things": READ, "billing": FULL},
    "READ_ONLY": {"things": READ, "network": READ, "billing": READ},
}


def permits(level: str, area: str, access: Access) -> bool:
    """Whether a user of ``level`` may read or write in ``area``; an unknown level may not."""
    return access in PRESETS.get(level, {}).get(area, ())


def levels_for(area: str, access: Access) -> tuple[str, ...]:
    """The levels that have ``access`` to ``area``, for the text of a 403."""
    return tuple(level for level in PRESETS if permits(level, area, access))
