"""The users of the account: who may do what."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from simtui.models import PermissionLevel
from simtui.models.config_change import Kind, Ref
from simtui.ui.config_list_page import ConfigListPage
from simtui.ui.configuring.own_user import look_for_own_user
from simtui.ui.configuring.switching import propose
from simtui.ui.configuring.user_edit import switched_user
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.people import People
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.level_pane import LevelPane
from simtui.ui.widgets.line import Line
from simtui.views.cell import Cell, Column, Row
from simtui.views.config.names import title_of
from simtui.views.detail.section import Section
from simtui.views.text import clean, fit
from simtui.views.users.access import access_line, counts_text
from simtui.views.users.detail import level_section, user_section
from simtui.views.users.lockout import why_user_stays
from simtui.views.users.rows import level_columns, level_row, user_columns, user_row

_OF_A_USER = ("open", "edit-user", "toggle-user", "delete-user")


class UsersPage(ConfigListPage):
    """Lists the users, with what the level of each may do below them; for whom may not see
    them, and with ``v``, the levels themselves."""

    scopes = ("table", "users")
    heading = "Users"
    screen_title = "Users"
    kind = Kind.USER
    BINDINGS = bindings("users")

    _people: People | None = None
    _wants_levels = False

    def compose_body(self) -> ComposeResult:
        """Who sees what, the table, and what the row may do."""
        yield Line(id="access", classes="head")
        yield from super().compose_body()
        yield LevelPane()

    def on_mount(self) -> None:
        """Follow them."""
        self._people = People(self.feed.store, self.show_rows)
        self._unlisten = self.follow_journal(self.show_rows)
        self.run_worker(self._look_for_ourselves(), exclusive=True)
        self.show_rows()

    def on_unmount(self) -> None:
        """Follow them no more."""
        self._unlisten()
        if self._people is not None:
            self._people.close()

    @property
    def shows_levels(self) -> bool:
        """Whether the rows are the levels."""
        return self._wants_levels or (self._people is not None and not self._people.may_see)

    async def _look_for_ourselves(self) -> None:
        await look_for_own_user(self.feed.store)
        self.show_rows()

    # What is shown

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns of users, or of levels."""
        return level_columns(width) if self.shows_levels else user_columns(width)

    def keys(self) -> Sequence[str]:
        """The ids in the order of invitation, or the names of the levels, the lowest first."""
        if self._people is None:
            return ()
        if self.shows_levels:
            return tuple(level.name for level in self._people.levels)
        return tuple(self._people.users)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One user, or one level."""
        people = self._people
        assert people is not None  # there are no keys without them
        if self.shows_levels:
            level = people.level_of(key) or PermissionLevel(key)
            lowest = people.levels[0].name == key
            return level_row(level, is_lowest=lowest, is_own=key == people.level)
        now = self.feed.context.now
        return user_row(people.users[key], columns, now, is_own=key == people.own_id)

    def why_empty(self) -> tuple[str, str]:
        """Why no user is shown."""
        people = self._people
        if people is None or people.entry.value is None:
            if people is None or people.error is None:
                return "Loading the users …", "They appear as soon as the server has answered."
            why = clean(str(people.error), limit=600)
            return "The users could not be loaded.", f"{why}\n\nr tries again now, ! shows all."
        return "The API tells of no user.", "n invites one; r asks again."

    def show_rows(self) -> None:
        """Bring the table and what stands around it up to date."""
        if self.is_mounted and self.query(LevelPane):  # else it is about to go away
            super().show_rows()
            self._show_pane()

    def show_top(self) -> None:
        """How many there are, who may see them, and what fails."""
        people, counts = self._people, ""
        if people is None:
            return
        if not self.shows_levels:
            counts = counts_text(people.entry.value, people.entry, self.feed.context.now)
        self.show_fleet_status(self.feed, ("Users",), counts=counts)
        self.show_nav()
        self.show_error(people.error)
        told = access_line(
            people.level, people.levels, may_see=people.may_see, levels_shown=self.shows_levels
        )
        line = self.query_one("#access", Line)
        line.show(lambda width: (Cell(fit(f" {told.text}", width), told.tone),))

    def _show_pane(self) -> None:
        key = self.table.cursor_key
        self.query_one(LevelPane).show_of(self._section(key) if key is not None else None)

    def _section(self, key: str) -> Section | None:
        people = self._people
        if people is None:
            return None
        if self.shows_levels:
            level = people.level_of(key)
            return level_section(level) if level is not None else None
        user = people.users.get(key)
        if user is None:
            return None
        return user_section(
            user,
            people.level_of(user.permission_level),
            self.feed.context.now,
            is_own=key == people.own_id,
            is_last=key == people.last_administrator,
        )

    @on(table_messages.Moved)
    def _moved(self, event: table_messages.Moved) -> None:
        self._show_pane()

    def tick(self) -> None:
        """Let ages grow."""
        super().tick()
        self._show_pane()

    def refresh_now(self) -> None:
        """Ask for all of it again."""
        if self._people is not None:
            self._people.refresh()

    @property
    def asking(self) -> bool:
        """Whether any of it is on its way."""
        return self._people is not None and self._people.loading

    def offers(self, key: Key) -> bool:
        """Nothing can be done to a level; who may not see users has nothing else to look at."""
        if key.id == "user-levels":
            return self._people is not None and self._people.may_see
        if key.id == "open" and self.simtui.read_only:  # what opens is the form
            return False
        return key.id not in _OF_A_USER or (bool(self.keys()) and not self.shows_levels)

    # What the keys do

    def title_of(self, key: str) -> str:
        """What a user is called."""
        user = self._people.users.get(key) if self._people is not None else None
        return title_of(Ref(Kind.USER, key), user.email if user is not None else key)

    def why_it_stays(self, key: str) -> str:
        """Why a user cannot be deleted."""
        people = self._people
        return why_user_stays(key, people.settable, people.own_id) if people is not None else ""

    def action_next_view(self) -> None:
        """The levels, or the users again."""
        if self._people is not None and self._people.may_see:
            self._wants_levels = not self._wants_levels
            self.show_rows()

    def action_edit(self) -> None:
        """The form of the row's user."""
        if self._is_about_a_user():
            super().action_edit()

    def action_toggle_row(self) -> None:
        """Disable the row's user, or enable them again, after the difference was shown."""
        key = self.table.cursor_key
        if self._is_about_a_user() and key is not None:
            propose(self.simtui, lambda: switched_user(self.feed, key), Kind.USER)

    def action_delete(self) -> None:
        """Ask whether to delete the row's user, or say why that cannot be."""
        if self._is_about_a_user():
            super().action_delete()

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        if not self.shows_levels:
            self.action_edit()

    def _is_about_a_user(self) -> bool:
        """Whether the row is a user; else the page says why nothing can be done to it."""
        if not self.shows_levels:
            return self.table.cursor_key is not None
        visit = self.simtui.visit
        if visit is not None and visit.configuring.may_write(Kind.USER):
            self.simtui.notice("A level cannot be changed; v shows the users")
        return False
