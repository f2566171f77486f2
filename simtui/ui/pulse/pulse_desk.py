"""The Pulse in the app: where the app starts, what is said elsewhere, and who is alerted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simtui.config.pulse import PulseSettings
from simtui.ui.history import PulsePlace
from simtui.ui.notices import Notice, Rank
from simtui.ui.pulse.alerting import Alerts
from simtui.ui.pulse.pulse import Pulse, Visited
from simtui.ui.screens.dialog import Dialog
from simtui.ui.widgets.command_bar import CommandBar
from simtui.views.cell import Cell
from simtui.views.pulse.row import reds
from simtui.views.pulse.table import red_text

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp
    from simtui.ui.visit import Visit

OSC_9 = "\x1b]9;{}\x07"


class PulseDesk:
    """Makes the Pulse of a visit and acts on its judgement. ``greets``: whether the app may
    start on it, or say what is red; not for who asked for a place."""

    def __init__(
        self,
        app: SimtuiApp,
        visit: Visit,
        settings: PulseSettings,
        say: Callable[[Notice], None],
        *,
        greets: bool,
    ) -> None:
        workspace = visit.workspace
        self._app = app
        self._visit = visit
        self._clock = workspace.clock
        self._say = say
        self._greets = greets
        self._may_go = settings.start == "auto"
        self.pulse = Pulse(
            Visited(visit.feed, workspace.clock, settings.thresholds, workspace.last_visit.previous)
        )
        self._alerts = Alerts(
            settings.alert, workspace.name, app.bell, self._notify, self._nobody_types
        )
        self.pulse.listen(self._judged)

    def look(self) -> None:
        """Let it judge what is due."""
        self.pulse.look()
        self._alerts.go_on()

    def close(self) -> None:
        """Judge no more."""
        self.pulse.close()

    def _judged(self) -> None:
        self._alerts.hear(self.pulse.rows, self._clock.monotonic())
        if self._greets and self.pulse.is_current:
            self._greets = False
            self._greet()

    def _greet(self) -> None:
        """Once the fleet has come: go to the Pulse if anything is red and nobody has pressed a
        key yet, else say so on the page that is shown."""
        if not reds(self.pulse.rows) or isinstance(self._visit.trail.here, PulsePlace):
            return
        if self._may_go_there:
            self._app.call_next(self._go_there)
        else:
            self._say_red()

    async def _go_there(self) -> None:
        """A key may have been pressed since this was decided."""
        if self._may_go_there:
            await self._visit.go(PulsePlace())
        else:
            self._say_red()

    @property
    def _may_go_there(self) -> bool:
        app, page = self._app, self._app.page
        is_read = page is not None and not page.is_saying  # else what is said would be lost
        return self._may_go and not app.was_touched and self._visit.is_at_root and is_read

    def _say_red(self) -> None:
        cell = Cell(red_text(self.pulse.rows), "bad")
        self._say(Notice(Rank.RED, cell, lambda: bool(reds(self.pulse.rows))))

    def _nobody_types(self) -> bool:
        page = self._app.page
        bar = page.query(CommandBar) if page is not None else ()
        return not isinstance(self._app.screen, Dialog) and not any(one.is_open for one in bar)

    def _notify(self, text: str) -> None:
        driver = self._app._driver  # as Textual's own bell: there is no public way to it
        if driver is not None and not self._app.is_headless:
            driver.write(OSC_9.format(text))
