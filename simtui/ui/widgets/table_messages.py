"""What a table tells its screen. Handlers are named ``on_key_table_opened`` and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from simtui.ui.widgets.key_table import KeyTable


class TableMessage(Message, namespace="key_table"):
    """Something happened in ``table``."""

    def __init__(self, table: KeyTable) -> None:
        """Remember where it happened."""
        super().__init__()
        self.table = table

    @property
    def control(self) -> KeyTable:
        """The table, which ``@on`` matches its selector against."""
        return self.table


class Opened(TableMessage, namespace="key_table"):
    """The row of ``key`` is to be opened."""

    def __init__(self, table: KeyTable, key: str) -> None:
        """Say which row."""
        super().__init__(table)
        self.key = key


class Moved(TableMessage, namespace="key_table"):
    """The cursor is on another row, or its row at another index. No rows: ``key`` is None."""

    def __init__(self, table: KeyTable, key: str | None, index: int) -> None:
        """Say where the cursor is."""
        super().__init__(table)
        self.key = key
        self.index = index


class Marked(TableMessage, namespace="key_table"):
    """The marks changed. ``keys`` are all that are marked now, seen or not."""

    def __init__(self, table: KeyTable, keys: frozenset[str]) -> None:
        """Say what is marked."""
        super().__init__(table)
        self.keys = keys


class Viewport(TableMessage, namespace="key_table"):
    """Other rows came into view. ``keys`` are all that are seen now, from the top."""

    def __init__(self, table: KeyTable, keys: tuple[str, ...]) -> None:
        """Say which rows are seen."""
        super().__init__(table)
        self.keys = keys
