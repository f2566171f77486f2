"""One account while it is on the screen: its fleet, its pages, and the way between them."""

from __future__ import annotations

from typing import Any

from textual.app import App

from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import History, Place, ThingPlace, ThingsPlace
from simtui.ui.page import Page
from simtui.ui.screens.dialog import Dialog
from simtui.ui.screens.raw import RawPage
from simtui.ui.screens.thing import ThingPage
from simtui.ui.screens.things import ThingsPage
from simtui.ui.workspace import Workspace

_THINGS = "things"


class Visit:
    """Shows the pages of one workspace. The list is one page for the whole visit, so that
    its cursor, marks and order are as they were left; the others are made when opened."""

    def __init__(self, app: App[Any], workspace: Workspace, start: ThingsPlace) -> None:
        self.workspace = workspace
        workspace.store.restore_first()
        self.feed = FleetFeed(workspace.store, workspace.clock)
        self.things = ThingsPage(self.feed)
        self.trail = History(start)
        self._app = app

    async def open(self) -> None:
        """Show the place to start at."""
        self._app.install_screen(self.things, _THINGS)
        await self._app.push_screen(self.things)
        await self._show()

    async def go(self, place: Place) -> None:
        """Go to a place; ``back`` comes back from it."""
        self.trail.go(place)
        await self._show()

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

    async def close(self) -> None:
        """Leave nothing running; the snapshot is written now. The pages are gone before."""
        self.feed.close()
        await self.things.remove()
        self._app.uninstall_screen(_THINGS)
        await self.workspace.close()

    async def _show(self) -> None:
        """Put the page of the present place on the screen."""
        place = self.trail.here
        if isinstance(place, ThingsPlace):
            await self._switch(self.things)
            self.things.arrive(place)
        elif isinstance(place, ThingPlace):
            await self._switch(ThingPage(self.feed, place.thing_id))
        else:
            await self._switch(RawPage(self.feed, place.thing_id))

    async def _switch(self, page: Page) -> None:
        """Replace the page; dialogs over it are closed."""
        while isinstance(self._app.screen, Dialog):
            self._app.screen.dismiss()
        if self._app.screen is not page:
            await self._app.switch_screen(page)
