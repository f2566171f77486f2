"""A list of groups, networks or IP profiles, which the fleet knows already."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from simtui.models.config_change import Ref
from simtui.ui.key import Key
from simtui.ui.list_page import ListPage
from simtui.views.amounts import count_text
from simtui.views.config.names import KIND_NAMES
from simtui.views.text import clean

_ON_A_ROW = ("open", "edit", "delete")


class ConfigListPage(ListPage):
    """Subclasses say what the rows are; making, changing and deleting is the same for all."""

    kind: ClassVar[str]

    @abstractmethod
    def title_of(self, key: str) -> str:
        """What the object of a row is called in sentences."""

    @abstractmethod
    def why_it_stays(self, key: str) -> str:
        """Why the object of a row cannot be deleted; empty when it can."""

    def fleet_changed(self, news: object) -> None:
        """Any of them may have come, gone or changed."""
        self.show_rows()

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        word = KIND_NAMES[self.kind]
        if self.feed.error is not None:
            why = clean(str(self.feed.error), limit=600)
            return f"The {word}s could not be loaded.", f"{why}\n\nr tries again now, ! shows all."
        return f"There is no {word} here yet.", "n makes one; r asks again."

    def show_top(self) -> None:
        """How many there are."""
        self.show_fleet_status(self.feed, (self.screen_title,), counts=count_text(len(self.keys())))
        self.show_nav()
        self.show_error(self.feed.error)

    def refresh_now(self) -> None:
        """Ask for them again."""
        self.feed.refresh()

    def offers(self, key: Key) -> bool:
        """Nothing can be done to a row where there is none."""
        return bool(self.keys()) or not key.id.startswith(_ON_A_ROW)

    def action_new(self) -> None:
        """A form for a new one."""
        if (visit := self.simtui.visit) is not None:
            visit.configuring.edit(Ref(self.kind))

    def action_edit(self) -> None:
        """The form of the row."""
        visit, key = self.simtui.visit, self.table.cursor_key
        if visit is not None and key is not None:
            visit.configuring.edit(Ref(self.kind, key))

    def action_delete(self) -> None:
        """Ask whether to delete the row, or say why that cannot be."""
        visit, key = self.simtui.visit, self.table.cursor_key
        if visit is not None and key is not None:
            ref = Ref(self.kind, key)
            visit.configuring.delete(ref, self.title_of(key), self.why_it_stays(key))
