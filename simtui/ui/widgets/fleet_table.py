"""The tables of the pages, with the keys of the registry."""

from __future__ import annotations

from simtui.ui.keys import bindings
from simtui.ui.widgets.key_table import KeyTable


class ListTable(KeyTable, inherit_bindings=False):
    """A `KeyTable` whose keys can be configured."""

    BINDINGS = bindings("table")


class FleetTable(ListTable):
    """The table of Things, whose rows can be marked to act on all of them."""

    BINDINGS = bindings("marks")
