"""How long a filter and a sort take: until a screenful is there, and until all is.

The yardstick is the least Python can do: one comprehension over joined lower-case strings,
one ``sorted``.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence

from benchmarks.job import Job
from benchmarks.loading import pages
from benchmarks.report import Figure
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.screens.things import FIRST_SORT
from simtui.views.filter.parser import parse
from simtui.views.filter.search_text import search_text
from simtui.views.listing import Listing

SECTION = "filter and sort"
WORD, NARROWER, STRUCTURED = "meter", "meter-1", "state:active seen>2h"
SORTS = (("name", False), ("last_seen", True))

Change = Callable[[Listing], None]
Timing = tuple[float, float, float]
"""Seconds to the first screen, seconds to all rows, seconds of the longest step."""


def timing(listing: Listing, change: Change) -> Timing:
    """What one change of a listing takes, worked off in steps as the app does."""
    version, first, longest = listing.version, None, 0.0
    begun = time.perf_counter()
    change(listing)
    step_begun = begun
    while True:
        now = time.perf_counter()
        longest, step_begun = max(longest, now - step_begun), now
        if first is None and listing.version != version:
            first = now - begun
        if not listing.busy:
            break
        listing.step()
    whole = time.perf_counter() - begun
    return (whole if first is None else first), whole, longest


def median_timing(listing: Listing, before: Change, change: Change, repeats: int) -> Timing:
    """The medians of ``change``, with ``before`` done each time and not counted."""
    found: list[Timing] = []
    for _ in range(repeats):
        before(listing)
        listing.refresh()
        found.append(timing(listing, change))
    first, whole, longest = (statistics.median(each) for each in zip(*found, strict=True))
    return first, whole, longest


def filtering(text: str) -> Change:
    """The change to a filter."""
    query = parse(text)
    return lambda listing: listing.set_filter(query)


def sorting(column: str, descending: bool) -> Change:
    """The change to an order."""
    return lambda listing: listing.set_sort(column, descending)


def figures_of(name: str, measured: Timing, bare: float | None, note: str = "") -> list[Figure]:
    """One change as three lines."""
    first, whole, longest = measured
    bare_ms = None if bare is None else bare * 1000
    return [
        Figure(SECTION, f"{name}: first screen", first * 1000, "ms"),
        Figure(SECTION, f"{name}: all rows", whole * 1000, "ms", bare_ms, note),
        Figure(SECTION, f"{name}: longest step", longest * 1000, "ms"),
    ]


def _median(act: Callable[[], Sequence[object]], repeats: int) -> float:
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def filters(feed: FleetFeed, repeats: int) -> list[Figure]:
    """A word, a longer one after it, and a filter that asks the Things themselves."""
    listing = Listing(feed.index, feed.context, column=FIRST_SORT)
    texts = [search_text(thing) for thing in feed.index]
    bare = _median(lambda: [at for at, text in enumerate(texts) if WORD in text], repeats)
    everything, word = filtering(""), filtering(WORD)
    cases = (
        (WORD, everything, word, bare, "a comprehension over strings"),
        (f"{NARROWER} after it", word, filtering(NARROWER), None, ""),
        (STRUCTURED, everything, filtering(STRUCTURED), None, ""),
    )
    return [
        figure
        for name, before, change, beside, note in cases
        for figure in figures_of(
            name, median_timing(listing, before, change, repeats), beside, note
        )
    ]


def sorts(feed: FleetFeed, repeats: int) -> list[Figure]:
    """By a text and by a moment, the latest first."""
    listing = Listing(feed.index, feed.context, column="iccid")
    names = [thing.name.lower() for thing in feed.index]
    bare = {"name": _median(lambda: sorted(names), repeats)}
    return [
        figure
        for column, descending in SORTS
        for figure in figures_of(
            f"sort by {column}",
            median_timing(listing, sorting("iccid", False), sorting(column, descending), repeats),
            bare.get(column),
            "sorted() of the names" if column in bare else "",
        )
    ]


async def _measure(job: Job) -> list[Figure]:
    async with pages(job.snapshot) as restored:
        restored.store.restore_first()
        await restored.store.restore_rest()
        await restored.settled(job.things)
        return filters(restored.feed, job.repeats) + sorts(restored.feed, job.repeats)


def measure(job: Job) -> list[Figure]:
    """Filters and sorts of a fleet that comes from the snapshot."""
    return asyncio.run(_measure(job))
