"""Keeping the fleet current without using up the quota (contract §1.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from simtui.models import Thing
from simtui.store.cells import Cell
from simtui.store.entry import Progress
from simtui.store.fleet import Fleet
from simtui.store.fleet_catch_up import FleetCatchUp
from simtui.store.fleet_load import FleetLoad

if TYPE_CHECKING:
    from simtui.clock import Clock
    from simtui.store.source import Source

ONE_PAGE: Final = 500
SECONDS_A_THING: Final = 0.006
"""Loading everything this often costs about 20 requests a minute at any size."""
SHORTEST: Final = 60.0
LONGEST: Final = 3600.0


def full_load_every(count: int) -> float:
    """After how many seconds a fleet of ``count`` Things is loaded anew.

    One page costs no more than asking for changes, so it is always loaded; then a minute
    up to 10,000 Things, ten minutes at 100,000, an hour at most.
    """
    if count <= ONE_PAGE:
        return 0.0
    return min(max(count * SECONDS_A_THING, SHORTEST), LONGEST)


class FleetSync:
    """Decides how the fleet is brought up to date, and takes in what other reads saw.

    ``stretch`` is the present factor of the quota pace. Catching up sees every change of
    a Thing, but sessions and usage move without one: those are as new as the last full
    load, and on the visible rows as new as the last `WindowQuery`.
    """

    def __init__(
        self, cell: Cell[Fleet], clock: Clock, stretch: Callable[[], float | None]
    ) -> None:
        self.fleet = Fleet()
        self._cell = cell
        self._clock = clock
        self._stretch = stretch
        self._load = FleetLoad(self.fleet, clock, self._show)
        self._catch_up = FleetCatchUp(self.fleet)
        self._loaded_at: float | None = None
        self._surplus = 0
        self._all_wanted = False
        self._filled_all = False

    @property
    def knows_all(self) -> bool:
        """Whether all Things are known: loaded, or filled in to the end of a snapshot."""
        return self.loaded or self._filled_all

    @property
    def as_of(self) -> datetime | None:
        """When the fleet was last as the server had it; None when that was never."""
        return self._cell.entry.fetched_at

    @property
    def loaded(self) -> bool:
        """Whether all Things were loaded in this run."""
        return self._loaded_at is not None

    def want_all(self) -> bool:
        """Make the next update a full load; False when it is one anyway, or one runs."""
        if not self.loaded or self._load.running or self._all_wanted:
            return False
        self._all_wanted = True
        return True

    async def bring_up_to_date(self, source: Source) -> Fleet:
        """Load everything or catch up, whichever is due. Raises `SimtuiError`."""
        if self._full_load_due() or not await self._caught_up(source):
            await self._load_all(source)
        return self.fleet

    def absorb(self, things: Iterable[Thing], asked: int) -> None:
        """Take in Things that another question, sent at fleet revision ``asked``, brought."""
        seen = tuple(things)
        self._load.confirm(seen)
        if self.fleet.merge(seen, asked=asked):
            self._show()

    def drop(self, thing_id: str) -> None:
        """Forget a Thing that the server does not know."""
        if self.fleet.remove((thing_id,)):
            self._show()

    def fill(self, things: Iterable[Thing]) -> None:
        """Add Things from the snapshot, unannounced; what is here already is newer."""
        self._load.doubt(self.fleet.fill(things))

    def note_filled_all(self) -> None:
        """The snapshot was filled in to its end."""
        self._filled_all = True

    def show_filled(self, fetched_at: datetime) -> None:
        """Announce what the snapshot of ``fetched_at`` has filled in so far."""
        self.fleet.read_at = self.fleet.read_at or fetched_at
        self._show(known_at=fetched_at)

    def _full_load_due(self) -> bool:
        if self._loaded_at is None or self._all_wanted:
            return True
        age = self._clock.monotonic() - self._loaded_at
        return age >= full_load_every(len(self.fleet)) * (self._stretch() or 1.0)

    async def _caught_up(self, source: Source) -> bool:
        """Catch up; False when that cannot explain how many Things there are now."""
        total = await self._catch_up.run(source)
        return total is not None and total - len(self.fleet) == self._surplus

    async def _load_all(self, source: Source) -> None:
        asked_at = self._clock.now()
        progress = await self._load.run(source)
        self.fleet.read_at = asked_at
        self._surplus = (progress.total or 0) - len(self.fleet)
        self._loaded_at = self._clock.monotonic()
        self._all_wanted = False

    def _show(self, progress: Progress | None = None, *, known_at: datetime | None = None) -> None:
        """Announce the rows there are; the first ones are of ``known_at``, or of now."""
        entry = self._cell.entry
        self._cell.show(
            value=self.fleet,
            revision=self.fleet.revision,
            fetched_at=entry.fetched_at or known_at or self._clock.now(),
            progress=progress or entry.progress,
        )
