"""The Things Groups, which tie Things to a network and to an IP profile."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from simtui.models import ThingsGroup
from simtui.models.billing import Scope
from simtui.models.config_change import Kind, Ref
from simtui.ui.config_list_page import ConfigListPage
from simtui.ui.history import BillingPlace, GroupPlace, ThingsPlace
from simtui.ui.keys import bindings
from simtui.ui.widgets import table_messages
from simtui.views.cell import Column, Row
from simtui.views.config.names import title_of
from simtui.views.config.undeletable import why_group_stays
from simtui.views.group.rows import group_columns, group_row
from simtui.views.group.things_filter import things_filter


class GroupsPage(ConfigListPage):
    """Lists them with what they tie together and how their Things are."""

    scopes = ("table", "groups")
    heading = "Groups"
    screen_title = "Groups"
    kind = Kind.GROUP
    BINDINGS = bindings("groups")

    @property
    def groups(self) -> dict[str, ThingsGroup]:
        """All of them by id."""
        return dict(self.feed.context.groups)

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return group_columns(width)

    def keys(self) -> Sequence[str]:
        """The ids by name, the default group first."""
        groups = self.groups
        return sorted(
            groups, key=lambda one: (not groups[one].is_default, groups[one].name.casefold(), one)
        )

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One group."""
        return group_row(self.groups[key], columns, self.feed.context)

    def title_of(self, key: str) -> str:
        """What a group is called."""
        return title_of(Ref(Kind.GROUP, key), self.groups[key].name)

    def why_it_stays(self, key: str) -> str:
        """Why it cannot be deleted."""
        return why_group_stays(self.groups[key])

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(GroupPlace(event.key))

    def action_bill(self) -> None:
        """What the row's group costs."""
        if (key := self.table.cursor_key) is not None:
            self.simtui.go_soon(BillingPlace(Scope.GROUP, key))

    def action_things(self) -> None:
        """The Things of the row's group, in the list."""
        if (key := self.table.cursor_key) is not None and key in self.groups:
            self.simtui.go_soon(ThingsPlace(things_filter(self.groups[key])))
