"""One change of the configuration as a value: of what, what it was, what it shall be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from simtui.models.settings import (
    Chain,
    GroupSettings,
    NatSettings,
    NetworkSettings,
    PoolSettings,
    ProfileSettings,
    RouteTable,
    Settings,
    TunnelSettings,
    UserSettings,
)
from simtui.secret import Secret


class Kind:
    """What can be configured."""

    GROUP: Final = "group"
    NETWORK: Final = "network"
    POOL: Final = "pool"
    ROUTES: Final = "routes"
    PROFILE: Final = "profile"
    CHAIN: Final = "chain"
    NAT_RULE: Final = "nat-rule"
    TUNNEL: Final = "tunnel"
    USER: Final = "user"


SETTINGS: Final[Mapping[str, type[Settings]]] = {
    Kind.GROUP: GroupSettings,
    Kind.NETWORK: NetworkSettings,
    Kind.POOL: PoolSettings,
    Kind.ROUTES: RouteTable,
    Kind.PROFILE: ProfileSettings,
    Kind.CHAIN: Chain,
    Kind.NAT_RULE: NatSettings,
    Kind.TUNNEL: TunnelSettings,
    Kind.USER: UserSettings,
}
"""The settings of each kind."""

WHOLE: Final = frozenset({Kind.ROUTES, Kind.CHAIN})
"""What is replaced as a whole, and is always there."""


YET_TO_BE_MADE: Final = "+"
"""What an id begins with that stands for an object of an earlier change of the same order,
such as ``+network/depots``; no id of the API does (contract §1, Names)."""


class Verb:
    """What is done to it."""

    CREATE: Final = "create"
    CHANGE: Final = "change"
    DELETE: Final = "delete"


@dataclass(frozen=True, slots=True)
class Ref:
    """Which object is meant.

    ``object_id`` is its id: ``INBOUND`` or ``OUTBOUND`` for a chain, empty for a route table.
    Of what is yet to be made it is empty, or a name that begins with ``YET_TO_BE_MADE``.
    ``parent_id`` is the id of its network or IP profile, if it is inside one.
    """

    kind: str
    object_id: str = ""
    parent_id: str = ""


@dataclass(frozen=True, slots=True)
class ConfigChange:
    """What to do to one object.

    ``title`` is what a person calls it, as ``NAT rule ssh of network depots``. ``before`` is
    None for what is to be made, ``after`` for what is to go. ``version`` is the one that the
    decision was made on (``If-Match``, contract §1.5), 0 when it is not known. ``known``
    are the ids of its kind that were there already, so that the new one can be told from
    them. ``psk`` is a new key of a tunnel; it is never written down.
    """

    ref: Ref
    title: str
    before: Settings | None
    after: Settings | None
    version: int = 0
    known: tuple[str, ...] = ()
    psk: Secret | None = field(default=None, repr=False)

    @property
    def verb(self) -> str:
        """Whether it makes, changes or deletes."""
        if self.before is None:
            return Verb.CREATE
        return Verb.CHANGE if self.after is not None else Verb.DELETE

    @property
    def changes_nothing(self) -> bool:
        """Whether it would leave everything as it is."""
        return self.before == self.after and self.psk is None
