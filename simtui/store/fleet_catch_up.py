"""What changed in the fleet lately, for one request instead of all pages (contract §1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from simtui.api.things_query import ThingsQuery
from simtui.models import Thing
from simtui.store.fleet import Fleet

if TYPE_CHECKING:
    from simtui.store.source import Reading

FIRST_PAGE: Final = 100
LATER_PAGE: Final = 500
MOST: Final = 5_000
"""How many changes are read this way; with more, a full load is the better question."""


class FleetCatchUp:
    """Reads the list, latest ``modifiedAt`` first, until it meets what it knows.

    The watermark is the newest modification that an earlier catch-up saw: all that came
    later stands before it in the list. Other reads do not move it, because they know one
    Thing's change and not the ones before it.
    """

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self._watermark: datetime | None = None

    async def run(self, source: Reading) -> int | None:
        """Merge what changed; how many Things the server has, None when too much changed.

        None asks for a full load; the next catch-up starts from this one all the same.
        Raises `SimtuiError`; then the next one starts where this one did.
        """
        asked, newest = self._fleet.revision, self._watermark
        offset, limit, total = 0, FIRST_PAGE, None
        while offset < MOST:
            page = await source.things(
                ThingsQuery(sort=("-modified_at",), offset=offset, limit=limit)
            )
            if offset == 0 and page.items:
                newest = page.items[0].modified_at
            done = not page.items or self._meets_known(page.items)
            self._fleet.merge(page.items, asked=asked)
            offset, limit = offset + max(page.limit, 1), LATER_PAGE
            if done or offset >= page.total:
                total = page.total
                break
        self._watermark = newest
        return total

    def _meets_known(self, things: Sequence[Thing]) -> bool:
        """Whether nothing after these can be news.

        At the watermark itself, or without one, only a page of nothing but known Things
        tells: one bulk action stamps many Things with the same moment.
        """
        last, mark = things[-1].modified_at, self._watermark
        if last is not None and mark is not None and last != mark:
            return last < mark
        return all(self._knows(thing) for thing in things)

    def _knows(self, thing: Thing) -> bool:
        known = self._fleet.things.get(thing.thing_id)
        return (
            known is not None
            and known.version == thing.version
            and known.modified_at == thing.modified_at
        )
