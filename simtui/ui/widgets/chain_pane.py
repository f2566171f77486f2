"""One chain on the firewall page: its head, and the rules in evaluation order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from simtui.models.settings import RuleSettings
from simtui.ui.paint import nothing_here
from simtui.ui.widgets.fleet_table import ListTable
from simtui.ui.widgets.line import Line
from simtui.views.cell import Row
from simtui.views.config.items import Fate
from simtui.views.firewall.chain_rows import chain_columns, chain_row
from simtui.views.firewall.finding import Finding
from simtui.views.firewall.heads import empty_chain


class ChainPane(Vertical):
    """Shows what it is given; rows are known by their index."""

    def __init__(self, chain: str) -> None:
        super().__init__(id=f"chain-{chain}", classes="chain")
        self.chain = chain

    def compose(self) -> ComposeResult:
        """Head and table."""
        yield Line(classes="chain-head")
        yield ListTable()

    @property
    def table(self) -> ListTable:
        """The rules."""
        return self.query_one(ListTable)

    def show(
        self,
        head: Row,
        rules: Sequence[RuleSettings],
        fates: Mapping[int, Fate],
        findings: Mapping[int, tuple[Finding, ...]],
    ) -> None:
        """Show a chain; what reads the same is not drawn."""
        self.query_one(Line).show(lambda width: head)

        def row(key: str) -> Row:
            at = int(key)
            return chain_row(at, rules[at], fates.get(at, "kept"), findings.get(at, ()))

        columns = chain_columns(self.size.width or 80)
        self.table.show([str(at) for at in range(len(rules))], row, columns)
        self.table.empty = nothing_here(*empty_chain(self.chain))
