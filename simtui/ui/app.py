"""The app: which account and which page is shown, and what keys mean everywhere."""

from __future__ import annotations

from textual import events, on, work
from textual.app import App

from simtui.config.urls import DEFAULT_BASE_URL, DEFAULT_TOKEN_URL
from simtui.errors import SimtuiError
from simtui.models import Thing
from simtui.ui.finding import find_by_iccid
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import History, Place, ThingPlace, ThingsPlace
from simtui.ui.keys import Moved, bindings, keymap_of, keys_of
from simtui.ui.launcher import Launcher
from simtui.ui.orders import Orders
from simtui.ui.page import ALL_OF_IT, Page
from simtui.ui.screens.connect_form import ConnectForm
from simtui.ui.screens.dialog import Dialog
from simtui.ui.screens.error_dialog import ErrorDialog
from simtui.ui.screens.help_dialog import HelpDialog
from simtui.ui.screens.menu_dialog import MenuDialog
from simtui.ui.screens.raw import RawPage
from simtui.ui.screens.thing import ThingPage
from simtui.ui.screens.things import ThingsPage
from simtui.ui.screens.welcome import WelcomeScreen
from simtui.ui.styles import style_sheets
from simtui.ui.theme import THEME
from simtui.ui.workspace import Workspace
from simtui.views.copy_menu import copy_items
from simtui.views.text import clean

_THINGS = "things"


class SimtuiApp(App[None], inherit_bindings=False):
    """Holds one workspace, the trail of places in it, and the last error."""

    CSS_PATH = list(style_sheets())
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = bindings("everywhere")
    TITLE = "simtui"

    def __init__(
        self, launcher: Launcher, workspace: Workspace | None, start: ThingsPlace | None = None
    ) -> None:
        """Start in ``workspace`` at ``start``; without one, at the first-run screen.

        Raises:
            ConfigError: when the configured keymap cannot be.
        """
        super().__init__()
        self.launcher = launcher
        self.workspace = workspace
        self.feed: FleetFeed | None = None
        self.trail = History(start or ThingsPlace())
        self.last_error: SimtuiError | None = None
        self._unsaid: SimtuiError | None = None
        self.orders = Orders(self)
        self._things: ThingsPage | None = None
        launcher.notice = self.report
        self.register_theme(THEME)
        self.theme = THEME.name
        self.set_keymap(keymap_of(self.moved_keys))

    @property
    def read_only(self) -> bool:
        """Whether no key may write."""
        return self.workspace is not None and self.workspace.read_only

    @property
    def moved_keys(self) -> Moved:
        """Which keys the configuration has moved."""
        return self.launcher.keymap

    @property
    def page(self) -> Page | None:
        """The page that is shown, also while a dialog lies over it."""
        return next(
            (screen for screen in reversed(self.screen_stack) if isinstance(screen, Page)), None
        )

    async def on_mount(self) -> None:
        """Show the fleet as it was last known, or the offers of the first run."""
        if self.workspace is None:
            await self.push_screen(WelcomeScreen(self.launcher.config_file))
        else:
            await self.enter(self.workspace)

    async def on_unmount(self) -> None:
        """Leave nothing running."""
        await self._leave_workspace()

    async def enter(self, workspace: Workspace) -> None:
        """Show another account from its root; the network comes behind the first frame."""
        if self.feed is not None:
            self.trail = History(ThingsPlace())
            self.last_error = None
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self._leave_workspace()
        self.workspace = workspace
        self.set_keymap(keymap_of(self.moved_keys, read_only=self.read_only))
        if workspace.theme and workspace.theme in self.available_themes:
            self.theme = workspace.theme
        workspace.store.restore_first()
        self.feed = FleetFeed(workspace.store, workspace.clock)
        self._things = ThingsPage(self.feed)
        self.install_screen(self._things, _THINGS)
        await self.push_screen(self._things)
        await self._show(self.trail.here)
        if self._unsaid is not None:
            self.report(self._unsaid)
        self.call_after_refresh(self._connect, workspace)

    def enter_soon(self, workspace: Workspace) -> None:
        """Show another account when the page that asked for it is done with asking."""
        self.call_next(self.enter, workspace)

    @property
    def profile_name(self) -> str:
        """What the top line calls this account."""
        return self.workspace.name if self.workspace is not None else ""

    @property
    def refresh_seconds(self) -> float:
        """How often what is on the screen is asked for."""
        return self.workspace.refresh if self.workspace is not None else 10.0

    async def go(self, place: Place) -> None:
        """Go to a place; ``[`` comes back from it."""
        self.trail.go(place)
        await self._show(place)

    def go_soon(self, place: Place) -> None:
        """Go to a place when the present message has been dealt with."""
        self.call_next(self.go, place)

    async def open_iccid(self, iccid: str) -> None:
        """Open the Thing with this ICCID, also one that the list does not have yet.

        Raises:
            UsageError: when it is no ICCID.
            SimtuiError: when the API does not know it or does not answer.
        """
        if self.feed is None:
            return
        thing = await find_by_iccid(self.feed, iccid)
        await self.go(ThingPlace(thing.thing_id))

    def offer_copies(self, thing: Thing) -> None:
        """Let one of the Thing's values be chosen and put it on the clipboard (OSC 52)."""
        if self.feed is None:
            return
        choices = copy_items(thing, self.feed.context)

        def chosen(index: int | None) -> None:
            if index is not None:
                self.copy_to_clipboard(choices[index].text)
                label, text = choices[index]
                self.notice(
                    f"Copied {label}: {clean(text)}" if "\n" not in text else f"Copied {label}"
                )

        self.push_screen(MenuDialog("Copy", choices), chosen)

    def report(self, error: SimtuiError) -> None:
        """Say an error once on the page, as soon as there is one, and keep it for ``!``."""
        self.last_error = error
        self._unsaid = error if self.page is None else None
        if self.page is not None:
            self.page.show_notice(f"✗ {error}", "bad", ALL_OF_IT)

    def notice(self, text: str) -> None:
        """Say on the page that something was done."""
        if self.page is not None:
            self.page.show_notice(text)

    @on(WelcomeScreen.Chosen)
    async def _welcome_chosen(self, event: WelcomeScreen.Chosen) -> None:
        if event.what == "demo":
            await self.enter(self.launcher.demo())
        else:
            await self.push_screen(
                ConnectForm(self.launcher.try_and_save, DEFAULT_BASE_URL, DEFAULT_TOKEN_URL)
            )

    @on(ConnectForm.Cancelled)
    async def _connect_cancelled(self) -> None:
        await self.pop_screen()

    @on(ConnectForm.Connected)
    async def _connected(self, event: ConnectForm.Connected) -> None:
        await self.enter(self.launcher.of_profile(event.profile))
        self.notice(f"Connected to {event.account_name}; saved as profile {event.profile.name}")

    def on_key(self, event: events.Key) -> None:
        """Whatever was said has been read; what was typed ahead is not lost."""
        if self.page is not None:
            self.page.clear_notice()
            if event.is_printable and self.page.typed_ahead(event.character):
                event.prevent_default()

    async def action_go_things(self) -> None:
        """The Thing list as it was left."""
        if self._things is not None:
            await self.go(ThingsPlace(self._things.filter_text))

    def action_command(self) -> None:
        """Open the command line."""
        if self.page is not None:
            self.page.open_bar(":")

    def action_help(self) -> None:
        """The keys of this page."""
        if self.page is not None:
            scopes = (*self.page.scopes, "everywhere")
            rows = keys_of(scopes, read_only=self.read_only, moved=self.moved_keys)
            self.push_screen(HelpDialog(self.page.heading, rows))

    def action_refresh_now(self) -> None:
        """Ask the API again for what is shown."""
        if self.page is not None:
            page = self.page
            self._reconnect()
            page.refresh_now()
            page.show_notice("Asking again …", holds=lambda: page.asking)

    def action_last_error(self) -> None:
        """All of the last error."""
        if self.last_error is None:
            self.notice("Nothing has failed")
        else:
            self.push_screen(ErrorDialog(self.last_error))

    async def action_back(self) -> None:
        """One place back."""
        if self.trail.back():
            await self._show(self.trail.here)

    async def action_forward(self) -> None:
        """One place forward."""
        if self.trail.forward():
            await self._show(self.trail.here)

    async def action_escape(self) -> None:
        """Clear, close or go back; never quit."""
        if self.page is not None and not self.page.escape():
            await self.action_back()

    async def action_quit_or_back(self) -> None:
        """Back; at the root quit."""
        if self.page is self._things or not self.trail.back():
            self.exit()
        else:
            await self._show(self.trail.here)

    def action_leave(self) -> None:
        """Quit from anywhere."""
        self.exit()

    async def _show(self, place: Place) -> None:
        """Put the page of a place on the screen."""
        if self.feed is None or self._things is None:
            return
        if isinstance(place, ThingsPlace):
            await self._switch(self._things)
            self._things.arrive(place)
        elif isinstance(place, ThingPlace):
            await self._switch(ThingPage(self.feed, place.thing_id))
        else:
            await self._switch(RawPage(self.feed, place.thing_id))

    async def _switch(self, page: Page) -> None:
        """Replace the page; dialogs over it are closed."""
        while self.screen_stack and isinstance(self.screen, Dialog):
            self.screen.dismiss()
        if self.screen is not page:
            await self.switch_screen(page)

    def _reconnect(self) -> None:
        """Try once more to have a client, after that has failed."""
        if self.workspace is not None and self.workspace.refused:
            self._connect(self.workspace)

    @work(exclusive=True, group="connect")
    async def _connect(self, workspace: Workspace) -> None:
        """Fill in what the snapshot has, and open the network behind it."""
        await workspace.store.restore_rest()
        try:
            await workspace.connect()
        except SimtuiError as error:
            self.report(error)

    async def _leave_workspace(self) -> None:
        """Close what is open; the snapshot is written then."""
        self.workers.cancel_group(self, "connect")
        if self.feed is not None:
            self.feed.close()
            self.feed = None
        if self._things is not None:
            await self._things.remove()
            self.uninstall_screen(_THINGS)
            self._things = None
        if self.workspace is not None and not self._closed:
            await self.workspace.close()
