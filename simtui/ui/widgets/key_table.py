"""A table of any length that is fed with the keys of its rows and draws only what is seen.

It is written on Textual's line API: nothing is done for a row that is not on the screen, and
a line is sent to the terminal only when it looks different from what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.binding import Binding

from simtui.ui.widgets import table_messages
from simtui.ui.widgets.table_layout import Layout, arrange
from simtui.ui.widgets.table_view import HEADER_LINES, TableView
from simtui.ui.widgets.table_window import locate
from simtui.views.cell import Column, RowSource

WHEEL_ROWS = 3


class KeyTable(TableView, can_focus=True):
    """Rows by key: cursor and marks belong to keys and follow them through sort and filter.

    The cursor stays on the first row until somebody moves it, so that a list that is still
    loading does not run away; from then on it follows the key of its row. It is always in
    view. Cells and titles must be safe to print (``views.text.clean``).
    """

    ALLOW_SELECT = False
    BINDINGS = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("left", "scroll_left", show=False),
        Binding("right", "scroll_right", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "top", show=False),
        Binding("end", "bottom", show=False),
        Binding("enter", "open", show=False),
    ]

    Opened = table_messages.Opened
    Moved = table_messages.Moved
    Marked = table_messages.Marked
    Viewport = table_messages.Viewport

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """An empty table; ``show`` fills it."""
        super().__init__(id=id, classes=classes)
        self._held: str | None = None
        self._told: tuple[str | None, int, tuple[str, ...]] = (None, 0, ())

    # What the screen gives

    def show(self, keys: Sequence[str], source: RowSource, columns: Sequence[Column]) -> None:
        """Show the rows of ``keys`` in this order. Call it as often as you like.

        ``keys`` is held, not copied: call again when it changes. Only the rows in view are
        asked from ``source``, and nothing is written when they look the same as before.
        """
        if (arranged := tuple(columns)) != self._columns:
            self._columns = arranged
            self._offset = 0
        self._replace_keys(keys)
        self._source = source
        self._rows.clear()
        self._changed()

    @property
    def marked(self) -> frozenset[str]:
        """The keys that are marked, also those that are not shown now."""
        return self._marks.keys

    @marked.setter
    def marked(self, keys: Iterable[str]) -> None:
        self._marks.replace(keys)
        self._marks_changed()

    # Where the cursor is

    @property
    def cursor_index(self) -> int:
        """The index of the cursor's row, 0 when there are no rows."""
        return self._window.cursor

    @property
    def cursor_key(self) -> str | None:
        """The key of the cursor's row, None when there are no rows."""
        return self._keys[self._window.cursor] if self._keys else None

    def move_to(self, key: str) -> bool:
        """Put the cursor on the row of ``key`` and scroll there; False when it is not shown."""
        index = locate(self._keys, key, self._window.cursor)
        if index is not None:
            self._go(index)
        return index is not None

    # Actions

    def action_cursor_up(self) -> None:
        """Move to the row above."""
        self._go(self._window.cursor - 1)

    def action_cursor_down(self) -> None:
        """Move to the row below."""
        self._go(self._window.cursor + 1)

    def action_page_up(self) -> None:
        """Move up by as many rows as are in view."""
        self._window.page(-1)
        self._hold()

    def action_page_down(self) -> None:
        """Move down by as many rows as are in view."""
        self._window.page(1)
        self._hold()

    def action_top(self) -> None:
        """Move to the first row."""
        self._go(0)

    def action_bottom(self) -> None:
        """Move to the last row."""
        self._go(len(self._keys) - 1)

    def action_open(self) -> None:
        """Open the cursor's row."""
        self._hold()
        if (key := self.cursor_key) is not None:
            self.post_message(self.Opened(self, key))

    def action_toggle_mark(self) -> None:
        """Mark the cursor's row or take its mark away, and move on to the next one."""
        if (key := self.cursor_key) is not None:
            self._marks.toggle(key)
            self.action_cursor_down()
            self._marks_changed()

    def action_mark_range(self) -> None:
        """Mark every row from the last one that was marked to the cursor's."""
        if self._keys:
            self._marks.extend(self._keys, self._window.cursor)
            self._marks_changed()

    def action_mark_all(self) -> None:
        """Mark every row of the list; when all are marked already, take these marks away."""
        self._marks.invert_all(self._keys)
        self._marks_changed()

    def action_clear_marks(self) -> None:
        """Take every mark away, also of rows that are not shown now."""
        self._marks.replace(())
        self._marks_changed()

    def action_scroll_left(self) -> None:
        """Show one column more at the left, when the columns do not all fit."""
        self._offset = self._layout().left_of(self._offset)
        self.paint()

    def action_scroll_right(self) -> None:
        """Show one column more at the right, when the columns do not all fit."""
        self._offset = self._layout().right_of(self._offset)
        self.paint()

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a double click opens."""
        index = self._window.top + event.y - HEADER_LINES
        if event.y >= HEADER_LINES and index in self._window.rows:
            self._go(index)
            if event.chain == 2:
                self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the view, and the cursor when it would be left behind."""
        event.stop()
        self._window.scroll(WHEEL_ROWS)
        self._hold()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the view, and the cursor when it would be left behind."""
        event.stop()
        self._window.scroll(-WHEEL_ROWS)
        self._hold()

    # Changes

    def _replace_keys(self, keys: Sequence[str]) -> None:
        """Take a new list: the cursor follows its key, or keeps its index when that is gone."""
        cursor = 0
        if self._held is not None:
            found = locate(keys, self._held, self._window.cursor)
            cursor = self._window.cursor if found is None else found
        self._keys = keys
        self._window.replace(len(keys), cursor)
        if self._held is not None and keys:
            self._held = self.cursor_key

    def _go(self, index: int) -> None:
        self._window.move(index)
        self._hold()

    def _hold(self) -> None:
        """Somebody chose the cursor's row: from now on it is followed."""
        self._held = self.cursor_key or self._held
        self._changed()

    def _marks_changed(self) -> None:
        self.paint()
        self.post_message(self.Marked(self, self.marked))

    def _changed(self) -> None:
        """Paint now; tell the screen when the keys that wait have been done, too."""
        self.paint()
        self.call_later(self._tell)

    def _tell(self) -> None:
        told, now = self._told, (self.cursor_key, self.cursor_index, self.visible_keys())
        self._told = now
        key, index, keys = now
        if (key, index) != told[:2]:
            self.post_message(self.Moved(self, key, index))
        if keys != told[2]:
            self.post_message(self.Viewport(self, keys))

    def on_resize(self) -> None:
        """More or fewer rows fit; the cursor stays in view."""
        self._window.resize(self.content_size.height - HEADER_LINES)
        self._changed()

    def _layout(self) -> Layout:
        return arrange(self._columns, self.content_size.width)
