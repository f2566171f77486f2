"""The port forwardings of a network, with what is wrong with each of them."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on

from simtui.models import NatRule, Network
from simtui.models.config_change import Kind
from simtui.ui.configuring.nat_rule_edit import nat_rule_deletion
from simtui.ui.configuring.switching import propose
from simtui.ui.keys import bindings
from simtui.ui.screens.part_list import PartListPage
from simtui.ui.widgets import table_messages
from simtui.views.cell import Cell, Column, Row
from simtui.views.nat.order import in_port_order
from simtui.views.nat.rows import nat_columns, nat_row
from simtui.views.nat.troubles import nat_troubles


class NatPage(PartListPage[NatRule]):
    """Lists them by their public ports."""

    pane = "nat"
    scopes = ("table", "nat", "network")
    kind = Kind.NAT_RULE
    remark_lines = 2
    BINDINGS = bindings("nat")

    _items: Mapping[str, NatRule] = {}

    @property
    def items(self) -> Mapping[str, NatRule]:
        """The rules by id, in the order of their public ports."""
        return self._items

    def show_rows(self) -> None:
        """Bring the page up to date; the rules are put in order once for all their rows."""
        self._items = {rule.nat_rule_id: rule for rule in in_port_order(self.nat_rules or ())}
        super().show_rows()

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return nat_columns(width)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One rule."""
        rule, context = self.items[key], self.feed.context
        return nat_row(rule, self.thing(rule.thing_id), self._here, context.now, columns, context)

    def remark(self, item: NatRule) -> Cell:
        """What is wrong with a rule, the worst first."""
        context = self.feed.context
        thing = self.thing(item.thing_id)
        found = nat_troubles(item, thing, self._here, context, context.now)
        return Cell(" · ".join(cell.text for cell in found), found[0].tone if found else "")

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        if self.nat_rules is None:
            return self.why_unknown()
        return (
            "No port is forwarded into this network.",
            "n adds a rule: a port of the public address leads to a port of one Thing.\n"
            "The Thing's address is locked first, if it is not yet.",
        )

    @property
    def _here(self) -> Network:
        return self.network or Network(self.network_id, self.network_id)

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.edit(event.key)

    def action_delete(self) -> None:
        """Ask whether to delete the row."""
        if self.item is not None:
            ref = self.ref(self.table.cursor_key or "")
            propose(self.simtui, lambda: nat_rule_deletion(self.feed, ref))
