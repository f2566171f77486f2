"""A page on which a list is edited row by row and saved as a whole."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import on

from simtui.errors import SimtuiError
from simtui.ui.acting.showing import close_dialogs, show
from simtui.ui.configuring.configuring import Configuring
from simtui.ui.configuring.list_edit import ListEdit
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.form_calls import FormCalls
from simtui.ui.key import Key
from simtui.ui.page import Page
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.fleet_table import ListTable
from simtui.views.config.items import Item, items_of, without_id
from simtui.views.forms.field import Answers, Form

_NOT_WHOLE = SimtuiError(
    "This cannot be edited here",
    "Some of its rows could not be read, and saving it as a whole would delete them",
    "Change it in the vendor's portal, or with a later version of simtui",
)
_NEEDS_ROW = frozenset({"edit-editor", "delete-editor", "duplicate", "toggle-editor", "open"})
_NEEDS_UNSAVED = frozenset({"save", "revert"})


class EditorPage(Page):
    """Subclasses say which list, which table, and which form a row has. Rows are known by
    their index in the list, as text."""

    item_word: ClassVar[str] = "row"

    def __init__(self, feed: FleetFeed) -> None:
        super().__init__()
        self.feed = feed
        self._typed: dict[tuple[str, str], dict[str, str]] = {}

    # What subclasses say

    @property
    @abstractmethod
    def editing(self) -> ListEdit[Any]:
        """The list that the keys are about."""

    @property
    @abstractmethod
    def table(self) -> ListTable:
        """Its table."""

    @abstractmethod
    def form_of(self, item: Item | None, index: int) -> Form[Any]:
        """The form of a row, or of a new one that will be at ``index``."""

    @abstractmethod
    def show_rows(self) -> None:
        """Bring the page up to date."""

    @property
    def names(self) -> Mapping[str, str]:
        """Readable names by id, for differences."""
        return {}

    # What the keys do

    def focus_body(self) -> None:
        """The table has the keys."""
        self.table.focus()

    def offers(self, key: Key) -> bool:
        """What needs a row, and what needs something unsaved."""
        if key.id in _NEEDS_ROW:
            return self.index is not None
        return self.editing.is_unsaved if key.id in _NEEDS_UNSAVED else True

    @property
    def items(self) -> tuple[Item, ...]:
        """The rows as they are edited."""
        return items_of(self.editing.mine)

    @property
    def index(self) -> int | None:
        """The index of the row under the cursor; None when it is none that can be edited."""
        key = self.table.cursor_key or ""
        return int(key) if key.isdigit() and int(key) < len(self.items) else None

    @on(table_messages.Opened)
    def _opened(self) -> None:
        self.action_edit()

    def action_new(self) -> None:
        """A form for a row below the cursor's."""
        at = len(self.items) if self.index is None else self.index + 1
        if self._may_write():
            self._ask(None, at)

    def action_edit(self) -> None:
        """The form of the row."""
        if self.index is not None and self._may_write():
            self._ask(self.items[self.index], self.index)

    def action_duplicate(self) -> None:
        """The same row again, as a new one."""
        if self.index is not None and self._may_write():
            self._insert(self.index + 1, without_id(self.items[self.index]))

    def action_toggle_row(self) -> None:
        """Switch the row off, or on again."""
        if self.index is not None and self._may_write():
            item = self.items[self.index]
            self._put(self.index, replace(item, enabled=not item.enabled))

    def action_delete(self) -> None:
        """Take the row out; nothing is sent before it is saved."""
        if self.index is not None and self._may_write():
            at = self.index
            self._take((*self.items[:at], *self.items[at + 1 :]), at)

    def action_move(self, by: int) -> None:
        """Move the row up or down."""
        if self.index is None or not 0 <= self.index + by < len(self.items):
            return
        if self._may_write():
            items, to = list(self.items), self.index + by
            items.insert(to, items.pop(self.index))
            self._take(items, to)

    def action_save(self) -> None:
        """Show the difference, and save the whole list."""
        if not self.editing.is_unsaved:
            self.show_notice("Nothing is unsaved here")
        elif (configuring := self._configuring) is not None and self._may_write():
            self._propose(configuring)

    def _propose(self, configuring: Configuring) -> None:
        then = self.editing.then(lambda: close_dialogs(self.app), self._saved)
        configuring.proposing.propose(self.editing.plan(self.names), then)

    def action_redo(self) -> None:
        """Do again what was undone."""
        if not self.editing.redo():
            self.show_notice("There is nothing to do again")

    def action_revert(self) -> None:
        """As it is saved."""
        if self.editing.is_unsaved:
            self.editing.revert()
            self.show_notice("As it is saved; z brings the edit back")

    def undo_edit(self) -> bool:
        """One step back."""
        return self.editing.undo()

    # How it is done

    @property
    def _configuring(self) -> Configuring | None:
        visit = self.simtui.visit
        return visit.configuring if visit is not None else None

    def _may_write(self) -> bool:
        if not self.editing.is_whole:
            self.simtui.report(_NOT_WHOLE)
            return False
        return self._configuring is not None and self._configuring.may_write(self.editing.ref.kind)

    def _saved(self) -> None:
        self.show_rows()

    def _ask(self, item: Item | None, at: int) -> None:
        form = self.form_of(item, at)
        name = (self.editing.ref.object_id, "new" if item is None else str(at))

        def submit(answers: Answers) -> None:
            wanted = form.read(answers)
            self._typed.pop(name, None)
            close_dialogs(self.app)
            if item is None:
                self._insert(at, wanted)
            else:
                self._put(at, wanted)

        def changed(answers: Answers) -> None:
            self._typed[name] = dict(answers)

        note = "What you typed before is back" if name in self._typed else ""
        calls = FormCalls(submit, form.remarks, changed)
        typed = self._typed.get(name)
        show(self.app, FormDialog(form.title, form.fields, calls, answers=typed, note=note))

    def _insert(self, at: int, item: Item) -> None:
        self._take((*self.items[:at], item, *self.items[at:]), at)

    def _put(self, at: int, item: Item) -> None:
        self._take((*self.items[:at], item, *self.items[at + 1 :]), at)

    def _take(self, items: Sequence[Item], cursor: int) -> None:
        """One step of the edit; the cursor goes to the row that it was about."""
        self._typed.clear()
        self.editing.change(replace(self.editing.mine, items=tuple(items)))
        self.table.move_to(str(min(cursor, len(items) - 1)))
