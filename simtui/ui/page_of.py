"""From a place to the page that shows it."""

from __future__ import annotations

from datetime import datetime

from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import (
    EntryPlace,
    ImeiPlace,
    JobPlace,
    JobsPlace,
    JournalPlace,
    Place,
    RawPlace,
    ThingPlace,
)
from simtui.ui.page import Page


def page_of(place: Place, feed: FleetFeed, last_visit: datetime | None) -> Page:
    """A new page for a place; the Thing list, which is one page for the whole visit, is none.

    Pages are imported when they are opened: the first frame, which is the list, does without.

    Raises:
        ValueError: for the Thing list.
    """
    match place:
        case ThingPlace(thing_id):
            from simtui.ui.screens.thing import ThingPage

            return ThingPage(feed, thing_id)
        case RawPlace(thing_id):
            from simtui.ui.screens.raw import RawPage

            return RawPage(feed, thing_id)
        case JobsPlace():
            from simtui.ui.screens.jobs import JobsPage

            return JobsPage(feed)
        case JobPlace(job_id):
            from simtui.ui.screens.job import JobPage

            return JobPage(feed, job_id)
        case JournalPlace(filter_text):
            from simtui.ui.screens.journal import JournalPage

            return JournalPage(feed, filter_text)
        case EntryPlace(entry_id):
            from simtui.ui.screens.journal_entry import EntryPage

            return EntryPage(feed, entry_id)
        case ImeiPlace():
            from simtui.ui.screens.imei_changes import ImeiPage

            return ImeiPage(feed, last_visit)
    raise ValueError(f"{place} has no page of its own")
