"""All that the Pulse is judged from, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from simtui.errors import CapabilityAbsent, Forbidden, NotFound, SimtuiError
from simtui.models import BillingReport, Job, Sms, Tunnel
from simtui.models.journal import JournalEntry
from simtui.models.quota import Quota
from simtui.views.fleet_context import FleetContext
from simtui.views.pulse.fleet_facts import FleetFacts
from simtui.views.pulse.row import Trend
from simtui.views.pulse.thresholds import DEFAULTS, Thresholds

T_co = TypeVar("T_co", covariant=True)

KNOWN_FOR: Final = timedelta(hours=1)
"""How long the fleet is known as it is after it was read as a whole: the largest ones are read
once an hour."""


@dataclass(frozen=True, slots=True)
class Told(Generic[T_co]):
    """An answer as it is known; with neither value nor error it was not asked for yet."""

    value: T_co | None = None
    as_of: datetime | None = None
    error: SimtuiError | None = None

    @property
    def absent(self) -> bool:
        """Whether this API, or our level, has no such thing: there is nothing to show then."""
        gone = isinstance(self.error, (CapabilityAbsent, Forbidden, NotFound))
        return gone and self.value is None


@dataclass(frozen=True, slots=True)
class PoolSeen:
    """What this session has seen of the addresses in use of a pool: its trend, and by how many
    they grew in how many seconds."""

    trend: Trend | None = None
    growth: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bills:
    """The open cycle and the one before, by day. ``is_first``: there is none before."""

    now: Told[BillingReport] = Told()
    before: Told[BillingReport] = Told()
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known at ``context.now``.

    ``fleet_as_of`` is when all Things were last read; ``fleet_error`` why not since then, and
    ``facts`` what was counted then. ``tunnels`` are by network, None where
    there is none or our level may not see any, ``tunnels_left_out`` the networks whose tunnels
    are not looked at, because there are so many. ``flaps`` are changes of state
    within the time that counts, by tunnel. ``bills`` is None where our level may not see them.
    ``changes`` is how many there were since the last visit.
    """

    context: FleetContext
    thresholds: Thresholds = DEFAULTS
    fleet_as_of: datetime | None = None
    fleet_error: SimtuiError | None = None
    facts: FleetFacts | None = None
    session_trends: Mapping[str, Trend] = field(default_factory=dict)
    networks_as_of: datetime | None = None
    pools: Mapping[str, PoolSeen] = field(default_factory=dict)
    tunnels: Mapping[str, Told[tuple[Tunnel, ...]]] | None = field(default_factory=dict)
    tunnels_left_out: int = 0
    flaps: Mapping[str, float] = field(default_factory=dict)
    tunnel_changes: tuple[tuple[str, datetime], ...] = ()
    sms: Told[Sequence[Sms]] = Told()
    jobs: Told[Sequence[Job]] = Told()
    quota: Quota | None = None
    quota_trend: Trend | None = None
    bills: Bills | None = None
    journal: Sequence[JournalEntry] = ()
    last_visit: datetime | None = None
    changes: int | None = None

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.context.now

    @property
    def fleet_is_known(self) -> bool:
        """Whether the fleet is known as it is now, as far as silence goes. What nobody has
        asked for some time is not silent but unknown."""
        if self.fleet_as_of is None or self.facts is None:
            return False
        return self.fleet_error is None and self.now - self.fleet_as_of <= KNOWN_FOR
