"""What every page has: two lines on top, one below, the command bar, and its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from simtui.errors import SimtuiError, UsageError
from simtui.ui.command_line import Order
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.fleet_status import fleet_status
from simtui.ui.history import Place
from simtui.ui.key import Key, Scope
from simtui.ui.keys import footer_keys, spelled
from simtui.ui.widgets.command_bar import CommandBar, Complete, Mode
from simtui.ui.widgets.line import Line
from simtui.views.ages import STEP_SECONDS
from simtui.views.cell import Cell, Tone
from simtui.views.lines import ScreenName, key_line, nav_line, notice_line
from simtui.views.status_line import status_line
from simtui.views.text import clean

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp

SCREENS = (
    ScreenName("1", "Pulse"),
    ScreenName("2", "Things"),
    ScreenName("3", "Groups"),
    ScreenName("4", "Networks", "Nets"),
    ScreenName("5", "Firewall", "FW"),
    ScreenName("6", "SMS"),
    ScreenName("7", "Billing", "Bill"),
    ScreenName("8", "Jobs"),
    ScreenName("9", "Users"),
    ScreenName("0", "Journal"),
)
"""The screens that a digit opens."""

ALL_OF_IT = "! all of it"
ORDERS = "orders"
"""The group of workers that carry out what was typed behind ``:``."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """One sentence, the key that says more, and whether it is still true."""

    cell: Cell
    more: str
    holds: Callable[[], bool]


class Page(Screen[None]):
    """A place of the app. Subclasses show data and say what ``scopes`` their keys have."""

    scopes: ClassVar[tuple[Scope, ...]] = ()
    heading: ClassVar[str] = ""
    screen_title: ClassVar[str] = "Things"
    """The screen of the digits that this page belongs to."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Textual repaints a whole screen when the focus moves; nothing here needs that."""
    _notice: _Notice | None = None
    _lasting: SimtuiError | None = None

    @property
    def simtui(self) -> SimtuiApp:
        """The app, as what it is."""
        return cast("SimtuiApp", self.app)

    def compose(self) -> ComposeResult:
        """The frame around the page's own body."""
        yield Line(id="status")
        yield Line(id="nav")
        yield from self.compose_body()
        yield Line(id="hints")
        yield CommandBar()

    def compose_body(self) -> ComposeResult:
        """The data; subclasses say."""
        return iter(())

    def on_mount(self) -> None:
        """Show the frame at once and keep its ages true."""
        self.set_interval(STEP_SECONDS, self.tick)
        self.show_hints()

    # What subclasses do in their own way

    def tick(self) -> None:
        """Ages have grown; nothing is sent when they read the same."""

    def refresh_now(self) -> None:
        """Ask the API again for what is on this page."""

    @property
    def asking(self) -> bool:
        """Whether an answer that this page waits for is on its way."""
        return False

    def focus_body(self) -> None:
        """Give the keys to the data."""

    def escape(self) -> bool:
        """Clear or close what this page can; False when there was nothing."""
        return False

    def takes(self, place: Place) -> bool:
        """Be at another place that this very page shows; False when it takes another page."""
        return False

    def undo_edit(self) -> bool:
        """Take back the last step of an edit that is not saved; False when there is none."""
        return False

    def order(self, order: Order) -> None:
        """Carry out a command that only means something on some pages.

        Raises:
            UsageError: when it means nothing here.
        """
        lists = "the journal, the bill and the changes"
        where = lists if order.name == "export" else "the Thing list"
        raise UsageError(f":{order.name} means nothing here", "", f"It works in {where}")

    def candidates(self, name: str, argument: str) -> Sequence[str]:
        """What the argument of a command could become."""
        return ()

    def complete(self, mode: Mode) -> Complete:
        """Completion of what is typed behind ``mode``."""
        return self.simtui.orders.complete

    def typed(self, text: str, bar: CommandBar) -> None:
        """The text behind ``/`` changed."""

    def entered(self, text: str, bar: CommandBar) -> None:
        """Enter behind ``/``."""

    def given_up(self) -> None:
        """Escape behind ``/``."""

    def offers(self, key: Key) -> bool:
        """Whether a key of this page does something as things are; else it is not shown."""
        return True

    def target_of(self, key: Key) -> DOMNode:
        """Whose action a key of this page is: the focused widget's or the page's."""
        of_widget = key.scope in ("table", "marks", "text") and self.focused is not None
        return cast("DOMNode", self.focused if of_widget else self)

    # The lines

    def show_fleet_status(
        self,
        feed: FleetFeed,
        crumbs: tuple[str, ...],
        *,
        marked: int = 0,
        counts: str = "",
        troubles: int = 0,
    ) -> None:
        """Bring the top line up to date; ``crumbs`` say where in the fleet we are."""
        status = fleet_status(
            self.simtui.profile_name,
            crumbs,
            feed.entry,
            feed.age,
            feed.store.quota,
            pace=feed.store.pace.now,
            marked=marked,
            counts=counts,
            troubles=troubles,
            read_only=self.simtui.read_only,
        )
        self.query_one("#status", Line).show(lambda width: status_line(status, width))

    def show_nav(self, remarks: Sequence[str] = ()) -> None:
        """Bring the line of screens up to date."""
        told = (*remarks, self._unsaved_remark())
        self.query_one("#nav", Line).show(
            lambda width: nav_line(SCREENS, self.screen_title, told, width)
        )

    def _unsaved_remark(self) -> str:
        visit = self.simtui.visit
        count = len(visit.workspace.drafts.all) if visit is not None else 0
        return f"U {count} unsaved" if count else ""

    def show_error(self, error: SimtuiError | None) -> None:
        """Say for as long as it lasts that something failed; None: it is over."""
        if error is not None:
            self.simtui.last_error = error
        if error is not self._lasting:
            self._lasting = error
            self._notice = None
        self.show_hints()

    def show_notice(
        self,
        text: str,
        tone: Tone = "ok",
        more: str = "",
        holds: Callable[[], bool] = lambda: True,
    ) -> None:
        """Say one sentence until the next key or error, as long as it ``holds``."""
        self._notice = _Notice(Cell(clean(text), tone), more, holds)
        self.show_hints()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is said that has not been read, and nothing fails."""
        return not self.is_saying and self._lasting is None

    @property
    def is_saying(self) -> bool:
        """Whether something is said that has not been read."""
        return self._notice is not None and self._notice.holds()

    def clear_notice(self) -> None:
        """A key was pressed, so what was said has been read."""
        if self._notice is not None:
            self._notice = None
            self.show_hints()

    def show_hints(self) -> None:
        """The bottom line: what was just said, else what fails, else the keys."""
        line = self.query_one("#hints", Line)
        notice = self._notice if self._notice is not None and self._notice.holds() else None
        self._notice = notice
        if notice is not None:
            line.show(lambda width: notice_line(notice.cell, notice.more, width))
        elif self._lasting is not None:
            sentence = Cell(f"✗ {clean(str(self._lasting))}", "bad")
            line.show(lambda width: notice_line(sentence, ALL_OF_IT, width))
        else:
            app, scopes = self.simtui, (*self.scopes, "everywhere")
            rows = footer_keys(scopes, read_only=app.read_only, moved=app.moved_keys)
            offered = (key for key in rows if self.offers(key))
            pairs = [(spelled(key.keys).split(" ", 1)[0], key.label) for key in offered]
            line.show(lambda width: key_line(pairs, width))

    # The command bar

    def open_bar(self, mode: Mode, text: str = "") -> None:
        """Let a line be typed."""
        self.query_one(CommandBar).open(mode, text, self.complete(mode))

    def typed_ahead(self, key: events.Key) -> bool:
        """Take a character that was on its way when the bar opened; False if it is closed."""
        bar = self.query_one(CommandBar)
        if not (key.character and bar.is_open and self.is_current):
            return False
        if not bar.keeps(key):
            bar.insert(key.character)
        return True

    def close_bar(self) -> None:
        """Give the keys back to the data."""
        self.query_one(CommandBar).close()
        self.focus_body()

    @on(CommandBar.Changed)
    def _bar_changed(self, event: CommandBar.Changed) -> None:
        if event.mode == "/":
            self.typed(event.text, self.query_one(CommandBar))

    @on(CommandBar.Cancelled)
    def _bar_cancelled(self, event: CommandBar.Cancelled) -> None:
        self.close_bar()
        if event.mode == "/":
            self.given_up()
        else:
            self.simtui.workers.cancel_group(self.simtui, ORDERS)

    @on(CommandBar.Submitted)
    def _bar_submitted(self, event: CommandBar.Submitted) -> None:
        if event.mode == "/":
            bar = self.query_one(CommandBar)
            self.entered(event.text, bar)
            bar.let_go()
        elif event.text.strip():
            self.simtui.run_worker(self._carry_out(event.text), group=ORDERS, exclusive=True)
        else:
            self.close_bar()

    async def _carry_out(self, text: str) -> None:
        """Do what was typed; as a worker of the app, because it may close this very page."""
        bar = self.query_one(CommandBar)
        try:
            await self.simtui.orders.run(text)
        except SimtuiError as error:
            bar.refuse(str(error))
        else:
            if self.is_attached:
                self.close_bar()
