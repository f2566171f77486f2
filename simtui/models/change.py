"""What was seen to change: of a Thing, of the configuration, of a tunnel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from simtui.models.config_change import Kind


class ChangeKind:
    """What changed. The first are about a Thing, the others about what is configured."""

    THING: Final = "thing"
    """It is there for the first time (``new``), or is not there any more (``gone``)."""
    STATE: Final = "state"
    GROUP: Final = "group"
    IMEI: Final = "imei"
    ADDRESS: Final = "address"
    SERVICES: Final = "services"
    SESSION: Final = "session"

    THINGS_GROUP: Final = "things-group"
    """The settings of a group; `GROUP` is a Thing that moved to another one."""
    NETWORK: Final = Kind.NETWORK
    POOL: Final = Kind.POOL
    ROUTES: Final = Kind.ROUTES
    PROFILE: Final = Kind.PROFILE
    CHAIN: Final = Kind.CHAIN
    NAT_RULE: Final = Kind.NAT_RULE
    TUNNEL: Final = Kind.TUNNEL
    TUNNEL_STATE: Final = "tunnel-state"
    """Up, down … (contract §3.7); `TUNNEL` are its settings."""


K = ChangeKind
OF_THINGS: Final = frozenset({K.THING, K.STATE, K.GROUP, K.IMEI, K.ADDRESS, K.SERVICES, K.SESSION})
RESTLESS: Final = frozenset({K.SESSION, K.ADDRESS, K.TUNNEL_STATE})
"""What may go to and fro by itself, so that it must not crowd out the rest."""
BY_PEOPLE: Final = frozenset(
    {
        K.STATE, K.GROUP, K.SERVICES, K.THINGS_GROUP, K.NETWORK, K.POOL,
        K.ROUTES, K.PROFILE, K.CHAIN, K.NAT_RULE, K.TUNNEL,
    }
)  # fmt: skip
"""What only changes because somebody, or a program, asked the API for it."""


class Fate:
    """What ``after`` says when an object came or went."""

    NEW: Final = "new"
    GONE: Final = "gone"


class By:
    """Who changed it, as far as the journal of this profile tells."""

    HERE: Final = "here"
    ELSEWHERE: Final = "elsewhere"
    NOBODY: Final = ""
    """The device, the network, or not known."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two looks at an object.

    ``parent_id`` and ``inside`` are the id and the name of its network or IP profile, ``name``
    and ``iccid`` what it was called then. ``before`` and ``after`` are values of the API, None
    where there is none, with the names of the groups that they are in ``…_name``.
    ``detail`` is a sentence of what is in neither: which rules, which error.

    ``seen_at`` is when simtui saw it and ``at`` when it happened, where the API tells that
    (``stateChangedAt``, ``imeiChangedAt``, ``session.since``, the ``since`` of a tunnel).
    ``last_looked`` is set when simtui had not looked for a while: it happened after that.
    One that goes to and fro has a ``count``, from ``first_seen_at`` to ``seen_at``. ``entry_id``
    is the write in the journal that it came from.
    """

    kind: str
    object_id: str
    seen_at: datetime
    parent_id: str = ""
    name: str = ""
    iccid: str = ""
    inside: str = ""
    before: str | None = None
    after: str | None = None
    before_name: str = ""
    after_name: str = ""
    detail: str = ""
    at: datetime | None = None
    last_looked: datetime | None = None
    count: int = 1
    first_seen_at: datetime | None = None
    by: str = By.NOBODY
    entry_id: str = ""
    change_id: int = 0

    @property
    def moment(self) -> datetime:
        """When it happened, as well as that is known; never after it was seen."""
        return min(self.at, self.seen_at) if self.at is not None else self.seen_at

    @property
    def of_thing(self) -> bool:
        """Whether it is about a Thing."""
        return self.kind in OF_THINGS


@dataclass(frozen=True, slots=True)
class ChangesWanted:
    """Which changes are asked for; what is not said does not matter.

    ``start`` and ``end`` are about when it was seen, start included, end not: what was seen
    since a visit is what is new to its visitor. An ``iccid`` may be the beginning of one.
    ``words`` must all be somewhere in it, those behind a ``!`` must not.
    """

    start: datetime | None = None
    end: datetime | None = None
    kinds: frozenset[str] | None = None
    thing_id: str = ""
    iccid: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ChangesFound:
    """The latest of what was asked for, the latest first, and how many there are in all."""

    changes: tuple[Change, ...] = ()
    total: int = 0
