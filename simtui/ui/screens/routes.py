"""The route table of a network, edited as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual import on
from textual.app import ComposeResult

from simtui.models import Route
from simtui.models.config_change import Kind, Ref
from simtui.models.route import SYSTEM
from simtui.models.settings import RouteSettings, RouteTable, settings_of
from simtui.ui.configuring.editor_page import EditorPage
from simtui.ui.configuring.list_edit import ListEdit
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.keys import bindings
from simtui.ui.paint import nothing_here
from simtui.ui.screens.network_pane import NetworkPane
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.fleet_table import ListTable
from simtui.ui.widgets.line import Line as LineWidget
from simtui.views.cell import Cell, Row
from simtui.views.config.items import Item
from simtui.views.config.names import names_of, title_of
from simtui.views.forms.field import Form
from simtui.views.forms.route_form import route_form
from simtui.views.plan.wording import named
from simtui.views.routes.rows import Line, lines_of, route_columns, route_remarks, route_row
from simtui.views.text import fit


class RoutesPage(NetworkPane, EditorPage):
    """Shows all routes in the order in which they decide; the platform's own stay."""

    scopes = ("table", "editor", "network")
    heading = "Routes"
    pane = "routes"
    item_word = "route"
    BINDINGS = bindings("editor")

    def __init__(self, feed: FleetFeed, network_id: str) -> None:
        super().__init__(feed)
        self.network_id = network_id
        self._edit: ListEdit[RouteTable] | None = None
        self._lines: dict[str, Line] = {}
        self._remarks: dict[str, tuple[Cell, ...]] = {}

    def compose_body(self) -> ComposeResult:
        """The head of the network, the table, and what there is to say of its row."""
        yield from self.compose_head()
        yield ListTable(classes="body")
        yield LineWidget(id="finding", classes="head")

    def on_mount(self) -> None:
        """Follow the table."""
        visit = self.simtui.visit
        assert visit is not None
        ref = Ref(Kind.ROUTES, "", self.network_id)
        self._edit = ListEdit(visit.workspace.drafts, ref, RouteTable, self.show_rows)
        self.focus_body()

    # What is shown

    @property
    def editing(self) -> ListEdit[RouteTable]:
        """The table as it is edited."""
        assert self._edit is not None
        return self._edit

    @property
    def table(self) -> ListTable:
        """The rows."""
        return self.query_one(ListTable)

    @property
    def names(self) -> Mapping[str, str]:
        """Readable names by id, of tunnels too."""
        own = {tunnel.tunnel_id: named(tunnel.name) for tunnel in self.tunnels or ()}
        return {**names_of(self.feed.context), **own}

    def parts_changed(self) -> None:
        """The server has told of something in this network."""
        if self._edit is None:
            return
        if self.routes is not None and self.network is not None:
            title = title_of(self._edit.ref, "", self.network.name)
            table = settings_of(self.routes)
            if isinstance(table, RouteTable):
                first = not self._edit.is_known
                self._edit.follow(table, self.routes.version, title, whole=self.routes.whole)
                if first and self._edit.restored:
                    self.show_notice(self._edit.restored, "warn")
        self.show_rows()

    def show_rows(self) -> None:
        """Bring the table and the lines around it up to date."""
        if not self.is_mounted or self._edit is None:
            return
        lines = lines_of(self._edit.mine.items, self._system())
        self._lines = {line.key: line for line in lines}
        self._remarks = route_remarks(lines, self.tunnels)
        fates, names = self._edit.fates, self.names

        def row(key: str) -> Row:
            fate = fates.get(int(key), "kept") if key.isdigit() else "kept"
            return route_row(self._lines[key], fate, self._remarks[key], names)

        self.table.show(list(self._lines), row, route_columns(self.app.size.width))
        self.table.empty = nothing_here(*self._why_empty())
        self.show_top()
        self._show_finding()
        self.show_hints()

    @property
    def counts(self) -> str:
        """What the top line says of the edit."""
        if self._edit is None or not self._edit.is_unsaved:
            return ""
        return "unsaved, changed on the server" if self._edit.is_behind else "unsaved"

    def _system(self) -> tuple[Route, ...]:
        routes = self.routes.items if self.routes is not None else ()
        return tuple(route for route in routes if route.origin == SYSTEM)

    def _why_empty(self) -> tuple[str, str]:
        if self.routes is None:
            return self.why_unknown()
        return "There are no routes.", "n adds the first one."

    def _show_finding(self) -> None:
        remarks = self._remarks.get(self.table.cursor_key or "", ())
        text = " · ".join(cell.text for cell in remarks)
        tone = remarks[0].tone if remarks else ""
        line = self.query_one("#finding", LineWidget)
        line.show(lambda width: (Cell(fit(f" {text}", width), tone),))

    # What the keys do

    def form_of(self, item: Item | None, index: int) -> Form[RouteSettings]:
        """The form of a route."""
        route = item if isinstance(item, RouteSettings) else None
        network = self.network
        assert network is not None
        form = route_form(route, network, self.tunnels or ())
        word = "Change" if route is not None else "New"
        return replace(form, title=f"{word} route of network {named(network.name)}")

    @on(table_messages.Moved)
    def _moved(self) -> None:
        self._show_finding()
        self.show_hints()
