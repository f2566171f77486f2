"""One account while it is on the screen: its fleet, its pages, and the way between them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from simtui.errors import SimtuiError
from simtui.models.runbook import Run
from simtui.ui.arrival import Arrival
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import History, JobPlace, Place, ThingsPlace
from simtui.ui.journal_news import JournalNews
from simtui.ui.late_imports import import_late
from simtui.ui.notices import Notices
from simtui.ui.page import Page
from simtui.ui.page_of import page_of
from simtui.ui.screens.dialog import Dialog
from simtui.ui.screens.things import ThingsPage
from simtui.ui.sunset_news import SunsetNews
from simtui.ui.workspace import Workspace

if TYPE_CHECKING:
    from simtui.ui.acting.acting import Acting
    from simtui.ui.app import SimtuiApp
    from simtui.ui.configuring.configuring import Configuring
    from simtui.ui.messaging.messaging import Messaging
    from simtui.ui.pulse.pulse import Pulse
    from simtui.ui.pulse.pulse_desk import PulseDesk
    from simtui.ui.runbook.runbooks import Runbooks

_THINGS = "things"
_RELOADING = "reloading"
TICK_SECONDS = 2.0
"""How often is looked whether there is something to say, to note or to read anew."""


class Visit:
    """Shows the pages of one workspace. The list is one page for the whole visit, so that
    its cursor, marks and order are as they were left; the others are made when opened."""

    def __init__(
        self, app: SimtuiApp, workspace: Workspace, start: ThingsPlace | None = None
    ) -> None:
        """Begin at ``start``; without one in the list, or on the Pulse when anything is red."""
        self.workspace = workspace
        store = workspace.store
        store.restore_first()
        self.feed = FleetFeed(store, workspace.clock)
        self.things = ThingsPage(self.feed)
        self.trail = History(start or ThingsPlace())
        self.cursors: dict[str, str] = {}
        """Where the cursor was on the pages that are made anew."""
        self._app = app
        self._acting: Acting | None = None
        self._configuring: Configuring | None = None
        self._messaging: Messaging | None = None
        self._runbooks: Runbooks | None = None
        self._pulse: PulseDesk | None = None
        self._greets = start is None
        self._notices = Notices(app)
        self._news = JournalNews(store.journal, self._notices.say, self._job_on_screen)
        self._sunset = SunsetNews(self.feed, self._notices.say, lambda: app.page)
        self._arrival = Arrival(workspace, self.feed, self._news, self._notices.say)

    @property
    def acting(self) -> Acting:
        """Acting on Things; it watches our permission level."""
        return self._open_acting()

    @property
    def configuring(self) -> Configuring:
        """Editing the configuration."""
        if self._configuring is None:
            from simtui.ui.configuring.configuring import Configuring

            self._configuring = Configuring(self._app, self)
        return self._configuring

    @property
    def messaging(self) -> Messaging:
        """Writing messages, and following those that are verified."""
        if self._messaging is None:
            from simtui.ui.messaging.messaging import Messaging

            self._messaging = Messaging(self._app, self)
        return self._messaging

    @property
    def runbooks(self) -> Runbooks:
        """Runbooks, and following those that go on by themselves."""
        if self._runbooks is None:
            from simtui.ui.runbook.runbooks import Runbooks

            self._runbooks = Runbooks(self._app, self, self._notices.say)
        return self._runbooks

    @property
    def runs_under_way(self) -> tuple[Run, ...]:
        """The runs that go on by themselves now."""
        return self._runbooks.under_way if self._runbooks is not None else ()

    @property
    def pulse(self) -> Pulse:
        """What is wrong now."""
        return self._open_pulse().pulse

    async def open(self) -> None:
        """Show the place to start at."""
        self._app.install_screen(self.things, _THINGS)
        await self._app.push_screen(self.things)
        await self._show()
        self._timer = self._app.set_interval(TICK_SECONDS, self.tick)

    async def connect(self) -> None:
        """Open the network, and take up what earlier runs have left open.

        Raises:
            SimtuiError: when the journal cannot be read, or the credentials cannot be had.
        """
        await asyncio.to_thread(import_late)
        self._open_acting()
        try:
            await self._arrival.connect()
        finally:
            self._open_pulse().look()

    def tick(self) -> None:
        """Say what waits to be said, read what another simtui wrote, note the visit."""
        self._notices.go_on()
        if self._messaging is not None:
            self._messaging.look()
        if self._runbooks is not None:
            self._runbooks.look()
        if self._pulse is not None:
            self._pulse.look()
        self._note_visit()
        self._app.run_worker(self._reload_journal(), group=_RELOADING, exclusive=True)

    async def _reload_journal(self) -> None:
        try:
            await self.workspace.store.journal.reload_if_changed()
        except SimtuiError as error:
            self._app.report(error)

    async def go(self, place: Place) -> None:
        """Go to a place; ``back`` comes back from it."""
        self.trail.go(place)
        await self._show()

    async def replace(self, place: Place) -> None:
        """Go to another part of the same place: ``back`` passes over it."""
        self.trail.replace(place)
        await self._show()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._app.page

    async def back(self) -> bool:
        """One place back; False at the root."""
        moved = self.trail.back()
        if moved:
            await self._show()
        return moved

    async def forward(self) -> bool:
        """One place forward; False at the front."""
        moved = self.trail.forward()
        if moved:
            await self._show()
        return moved

    @property
    def is_at_root(self) -> bool:
        """Whether the Thing list is shown."""
        return self._app.page is self.things

    async def close(self) -> None:
        """Leave nothing running; the snapshot is written now. The pages are gone before."""
        self._timer.stop()
        self._app.workers.cancel_group(self._app, _RELOADING)
        self._arrival.close()
        self._news.close()
        self._sunset.close()
        if self._pulse is not None:
            self._pulse.close()
        if self._acting is not None:
            self._acting.close()
        if self._messaging is not None:
            self._messaging.close()
        if self._runbooks is not None:
            await self._runbooks.close()
        self._note_visit()
        self.workspace.last_visit.end()
        self.feed.close()
        await self.things.remove()
        self._app.uninstall_screen(_THINGS)
        await self.workspace.close()

    async def _show(self) -> None:
        """Put the page of the present place on the screen."""
        place, shown = self.trail.here, self._app.page
        if isinstance(place, ThingsPlace):
            await self._switch(self.things)
            self.things.arrive(place)
        elif shown is not None and shown.takes(place):
            await self._switch(shown)
        else:
            await self._switch(self._page_of(place))

    def _page_of(self, place: Place) -> Page:
        return page_of(place, self.feed, self.workspace.last_visit.previous)

    async def _switch(self, page: Page) -> None:
        """Replace the page; dialogs over it are closed."""
        while isinstance(self._app.screen, Dialog):
            self._app.screen.dismiss()
        if self._app.screen is not page:
            await self._app.switch_screen(page)
        self._sunset.page_shown()

    def _open_acting(self) -> Acting:
        """Make it once; the import is here because the first frame does without."""
        if self._acting is None:
            from simtui.ui.acting.acting import Acting

            self._acting = Acting(self._app, self)
        return self._acting

    def _open_pulse(self) -> PulseDesk:
        """Make it once; the first frame does without."""
        if self._pulse is None:
            from simtui.ui.pulse.pulse_desk import PulseDesk

            settings, say = self._app.launcher.pulse, self._notices.say
            self._pulse = PulseDesk(self._app, self, settings, say, greets=self._greets)
        return self._pulse

    def _note_visit(self) -> None:
        """Only who sees the fleet as it is now has looked at it."""
        entry = self.feed.entry
        if entry.value is not None and not entry.stale:
            self.workspace.last_visit.keep()

    def _job_on_screen(self) -> str | None:
        place = self.trail.here
        return place.job_id if isinstance(place, JobPlace) else None
