"""The app: which account is visited, and what keys mean everywhere."""

from __future__ import annotations

import rich
from rich.segment import Segments
from rich.traceback import Traceback
from textual import events, on, work

from simtui.config.urls import DEFAULT_BASE_URL, DEFAULT_TOKEN_URL
from simtui.errors import ConfigError, SimtuiError
from simtui.models import Thing
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import ThingsPlace
from simtui.ui.keys import Moved, bindings, keymap_of, keys_of
from simtui.ui.launcher import REFRESH_SECONDS, Launcher
from simtui.ui.navigation import NavigatingApp
from simtui.ui.orders import Orders
from simtui.ui.page import ALL_OF_IT, Page
from simtui.ui.screens.connect_form import ConnectForm
from simtui.ui.screens.dialog import Dialog
from simtui.ui.screens.error_dialog import ErrorDialog
from simtui.ui.screens.help_dialog import HelpDialog
from simtui.ui.screens.menu_dialog import MenuDialog
from simtui.ui.screens.welcome import WelcomeScreen
from simtui.ui.styles import style_sheets
from simtui.ui.theme import THEME
from simtui.ui.visit import Visit
from simtui.ui.workspace import Workspace
from simtui.views.copy_menu import copy_items
from simtui.views.text import clean


class SimtuiApp(NavigatingApp, inherit_bindings=False):
    """Visits one account at a time, and remembers the last error."""

    CSS_PATH = list(style_sheets())
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = bindings("everywhere")
    TITLE = "simtui"

    def __init__(
        self, launcher: Launcher, workspace: Workspace | None, start: ThingsPlace | None = None
    ) -> None:
        """Start in ``workspace`` at ``start``; without it in the list, and on the Pulse as soon
        as the fleet has come and anything is red; without a workspace at the first-run screen.

        Raises:
            ConfigError: when the configured keymap cannot be.
        """
        super().__init__()
        self.launcher = launcher
        self._first = workspace
        self._start = start
        self.was_touched = False
        """Whether a key was pressed: who has begun to work is not taken elsewhere."""
        self.last_error: SimtuiError | None = None
        self._unsaid: SimtuiError | None = None
        self.orders = Orders(self)
        launcher.notice = self.report
        self.register_theme(THEME)
        self.theme = THEME.name
        self.set_keymap(keymap_of(self.moved_keys))

    @property
    def read_only(self) -> bool:
        """Whether no key may write."""
        return self.visit is not None and self.visit.workspace.read_only

    @property
    def feed(self) -> FleetFeed | None:
        """The fleet of the account that is visited."""
        return self.visit.feed if self.visit is not None else None

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

    def _fatal_error(self) -> None:
        """End with a traceback that has no values: a key or a token may be among them."""
        self.bell()
        trace = Traceback(show_locals=False, width=None, suppress=[rich])
        self._exit_renderables.append(Segments(self.console.render(trace, self.console.options)))
        self._close_messages_no_wait()

    async def on_mount(self) -> None:
        """Show the fleet as it was last known, or the offers of the first run."""
        if self._first is None:
            await self.push_screen(WelcomeScreen(self.launcher.config_file))
        else:
            await self.enter(self._first, self._start)

    async def on_unmount(self) -> None:
        """Leave nothing running."""
        await self._leave()

    async def enter(self, workspace: Workspace, start: ThingsPlace | None = None) -> None:
        """Show another account from its root; the network comes behind the first frame."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self._leave()
        self.visit = Visit(self, workspace, start)
        self.set_keymap(keymap_of(self.moved_keys, read_only=self.read_only))
        await self.visit.open()
        self._dress(workspace.theme)
        if self._unsaid is not None:
            self.report(self._unsaid)
        self.call_after_refresh(self._connect, self.visit)

    def _dress(self, theme: str | None) -> None:
        """Put on the theme of the profile, or say that there is none of that name."""
        if theme is None or theme in self.available_themes:
            self.theme = theme or THEME.name
            return
        known = ", ".join(sorted(self.available_themes))
        self.report(
            ConfigError(f"There is no theme called {theme}", f"There are {known}", "Choose one")
        )

    def enter_soon(self, workspace: Workspace) -> None:
        """Show another account when the page that asked for it is done with asking."""
        self.call_next(self.enter, workspace)

    @property
    def profile_name(self) -> str:
        """What the top line calls this account."""
        return self.visit.workspace.name if self.visit is not None else ""

    @property
    def refresh_seconds(self) -> float:
        """How often what is on the screen is asked for."""
        return self.visit.workspace.refresh if self.visit is not None else REFRESH_SECONDS

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
        self.was_touched = True
        if self.page is not None:
            self.page.clear_notice()
            if event.is_printable and self._typed_ahead(event):
                event.prevent_default()

    def _typed_ahead(self, key: events.Key) -> bool:
        """Take a character that was on its way when something to type in opened."""
        if isinstance(self.screen, Dialog):
            return self.screen.typed_ahead(key.character or "")
        return self.page is not None and self.page.typed_ahead(key)

    def action_command(self) -> None:
        """Open the command line."""
        if self.page is not None:
            self.orders.begin()
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

    async def action_escape(self) -> None:
        """Clear, close or go back; never quit."""
        if self.page is not None and not self.page.escape():
            await self.action_back()

    def _reconnect(self) -> None:
        """Try once more to have a client, after that has failed."""
        if self.visit is not None and self.visit.workspace.refused:
            self._connect(self.visit)

    @work(exclusive=True, group="connect")
    async def _connect(self, visit: Visit) -> None:
        """Open the network behind what is shown already."""
        try:
            await visit.connect()
        except SimtuiError as error:
            self.report(error)

    async def _leave(self) -> None:
        """End the visit; the snapshot is written then."""
        self.workers.cancel_group(self, "connect")
        visit, self.visit = self.visit, None
        self.last_error = None
        if visit is not None:
            await visit.close()
