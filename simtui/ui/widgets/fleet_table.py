"""The table of Things, with the keys of the registry."""

from __future__ import annotations

from simtui.ui.keys import bindings
from simtui.ui.widgets.key_table import KeyTable


class FleetTable(KeyTable, inherit_bindings=False):
    """A `KeyTable` whose keys can be configured."""

    BINDINGS = bindings("table")
