"""The Thing detail."""

from __future__ import annotations

from simtui.models import Thing
from simtui.models.billing import Scope
from simtui.ui.acting.acting_page import ActingPage
from simtui.ui.acting.targets import Targets
from simtui.ui.changes_watch import ChangesWatch
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.gathering import Gathering
from simtui.ui.history import BillingPlace, RawPlace
from simtui.ui.keys import bindings
from simtui.ui.sections_page import SectionsPage
from simtui.ui.thing_watch import ThingWatch
from simtui.ui.widgets.scrolling_text import ScrollingText
from simtui.ui.widgets.section_view import SectionView
from simtui.views.detail.section import offered
from simtui.views.history.section import changes_section
from simtui.views.thing_detail import thing_sections

LISTS = frozenset(
    {"Usage", "Location", "Last sessions", "Last SMS", "Events", "IMEI history", "State history"}
)
"""What happened, apart from what is."""


class ThingPage(SectionsPage, ActingPage):
    """One Thing: what it is, what it does, and what happened to it."""

    scopes = ("text", "thing")
    heading = "Thing"
    BINDINGS = bindings("thing")

    def __init__(self, feed: FleetFeed, thing_id: str) -> None:
        super().__init__()
        self._feed = feed
        self._thing_id = thing_id
        self._gathering = Gathering(self, self.show_state)
        self._watch: ThingWatch | None = None

    def on_mount(self) -> None:
        """Ask for everything about the Thing."""
        self._unlisten = self._feed.listen(self._news)
        store = self._feed.store
        self._watch = ThingWatch(store, self._thing_id, self._gathering.soon)
        self._changes = ChangesWatch(self, store.history, self._thing_id, self._gathering.soon)
        self.show_nav()
        self.show_state()
        self.focus_body()

    def on_unmount(self) -> None:
        """Ask no more."""
        self._unlisten()
        self._changes.close()
        if self._watch is not None:
            self._watch.close()

    @property
    def thing(self) -> Thing | None:
        """The Thing as it is known best."""
        known = self._feed.thing(self._thing_id)
        return known or (self._watch.thing.value if self._watch is not None else None)

    def refresh_now(self) -> None:
        """Ask for all of it again."""
        if self._watch is not None:
            self._watch.refresh()

    @property
    def asking(self) -> bool:
        """Whether any of it is on its way."""
        return self._watch is not None and self._watch.loading

    def _news(self, news: News) -> None:
        self._gathering.soon()

    def show_state(self) -> None:
        """Bring the page up to date; what reads the same is not drawn."""
        if self._watch is None:
            return
        thing = self.thing
        self.show_error(self._watch.error)
        self._show_top(thing)
        if thing is not None:
            context = self._feed.context
            present = offered(thing_sections(thing, context, self._watch.parts))
            changes = changes_section(self._changes.changes, context.now)
            facts = [one for one in present if one.title not in LISTS]
            lists = [one for one in present if one.title in LISTS]
            self.show_sections(facts, [changes, *lists] if changes is not None else lists)

    def _show_top(self, thing: Thing | None) -> None:
        name = (thing.name or thing.iccid) if thing else self._thing_id
        self.show_fleet_status(self._feed, ("Things", name))

    # What the keys do

    def action_bill(self) -> None:
        """What it costs."""
        self.simtui.go_soon(BillingPlace(Scope.THING, self._thing_id))

    def action_next_pane(self) -> None:
        """To the next section."""
        self._to_section(+1)

    def action_previous_pane(self) -> None:
        """To the section before."""
        self._to_section(-1)

    def targets(self) -> Targets:
        """This Thing."""
        return Targets(row=self.thing)

    def action_raw(self) -> None:
        """The Thing's JSON."""
        self.simtui.go_soon(RawPlace(self._thing_id))

    def action_copy(self) -> None:
        """Offer the Thing's values."""
        if self.thing is not None:
            self.simtui.offer_copies(self.thing)

    def _to_section(self, step: int) -> None:
        """Bring the section after (or before) the topmost visible one to the top."""
        text = self.query_one(ScrollingText)
        views = list(self.query(SectionView))
        tops = [view.virtual_region_with_margin.y for view in views]
        here = text.scroll_offset.y
        ahead = [top for top in sorted(set(tops)) if (top > here if step > 0 else top < here)]
        if ahead:
            text.scroll_to(y=ahead[0] if step > 0 else ahead[-1], animate=False)
