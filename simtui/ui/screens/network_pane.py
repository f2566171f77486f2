"""What the four parts of a network have in common: head lines, the way between them, its keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from simtui.errors import SimtuiError
from simtui.models import NatRule, Network, Routes, Tunnel
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.settings import NetworkSettings, settings_of
from simtui.store.queries import GroupsQuery, NetworksQuery
from simtui.ui.configuring.form_edit import SavePlan
from simtui.ui.configuring.used_by import show_used_by
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.history import NetworkPlace, Pane
from simtui.ui.keys import bindings
from simtui.ui.network_parts import NetworkParts
from simtui.ui.page import Page
from simtui.ui.widgets.line import Line
from simtui.views.config.names import title_of
from simtui.views.network.head import PARTS, facts_line, parts_line
from simtui.views.network.isolation import isolation_remark
from simtui.views.text import clean

_ORDER: tuple[Pane, ...] = ("pools", "routes", "nat", "tunnels")


class NetworkPane(Page):
    """One part of a network, mixed into a `ListPage` or an `EditorPage`.

    A subclass names this class first: ``class NatPage(NetworkPane, ListPage)``. It says

    - ``pane``, which part it is, and ``scopes``, as ``("table", "nat", "network")``;
    - ``BINDINGS``, of its own scope only: ``bindings("nat")``;
    - in ``__init__(feed, network_id)``, after ``super().__init__(feed)``:
      ``self.network_id = network_id``;
    - ``parts_changed``, if there is more to do than ``show_rows()``.

    It gets the head lines over its body (an own ``compose_body`` begins with
    ``yield from self.compose_head()``), the watching of the three queries and of the feed
    from its mount to its end, ``show_top``, ``refresh_now``, ``asking``, ``cursor_name``,
    and the keys of the scope ``network``. ``nat_rules``, ``routes`` and ``tunnels`` are None
    while they are not known; then ``why_unknown()`` is what an empty table says.
    """

    pane: ClassVar[Pane]
    heading = "Network"
    screen_title = "Networks"
    BINDINGS = bindings("network")

    feed: FleetFeed
    network_id: str
    _parts: NetworkParts | None = None

    # What subclasses say

    def parts_changed(self) -> None:
        """The network, its groups, or one of its parts came or changed; also called first."""
        self.show_rows()

    if TYPE_CHECKING:  # what this class is mixed into has it

        def show_rows(self) -> None:
            """Bring the page up to date."""

    @property
    def counts(self) -> str:
        """What the top line says at its right: what is unsaved, say."""
        return ""

    # The frame

    def compose_body(self) -> ComposeResult:
        """The head lines, and below them whatever the page is."""
        yield from self.compose_head()
        yield from super().compose_body()

    def compose_head(self) -> ComposeResult:
        """The APN and its like; the parts, and who uses the network."""
        yield Line(id="network-facts", classes="head")
        yield Line(id="network-parts", classes="head")

    def on_mount(self) -> None:
        """Follow the network and its parts."""
        self._unlisten_network = self.feed.listen(self._network_news)
        self._parts = NetworkParts(self.feed.store, self.network_id, self._settle)
        self.call_after_refresh(self._settle)

    def on_unmount(self) -> None:
        """Follow them no more."""
        self._unlisten_network()
        if self._parts is not None:
            self._parts.close()

    @property
    def network(self) -> Network | None:
        """The network as it is known; None when it is not, or not any more."""
        return self.feed.context.networks.get(self.network_id)

    @property
    def nat_rules(self) -> tuple[NatRule, ...] | None:
        """Its port forwardings, None while they are not known."""
        return self._parts.nat_rules if self._parts is not None else None

    @property
    def routes(self) -> Routes | None:
        """Its route table, None while it is not known."""
        return self._parts.routes if self._parts is not None else None

    @property
    def tunnels(self) -> tuple[Tunnel, ...] | None:
        """Its IPsec tunnels, None while they are not known."""
        return self._parts.tunnels if self._parts is not None else None

    @property
    def network_title(self) -> str:
        """What the network is called, safe to print; its id while the name is not known."""
        return clean(self.network.name if self.network is not None else self.network_id)

    @property
    def cursor_name(self) -> str:
        """By what the place of the cursor is remembered."""
        return f"{self.pane} of {self.network_id}"

    @property
    def asking(self) -> bool:
        """Whether any of it is on its way."""
        return self._parts is not None and self._parts.loading

    def refresh_now(self) -> None:
        """Ask for the network and its parts again."""
        for query in (NetworksQuery(), GroupsQuery()):
            self.feed.store.refresh(query)
        if self._parts is not None:
            self._parts.refresh()

    def tick(self) -> None:
        """Let ages grow."""
        super().tick()
        self.show_top()

    def show_top(self) -> None:
        """Bring the lines over the body up to date, and what fails below it."""
        crumbs = ("Networks", self.network_title, PARTS[self.pane])
        self.show_fleet_status(self.feed, crumbs, counts=self.counts)
        self.show_nav()
        self.show_head()
        own = self._parts.error if self._parts is not None else None
        self.show_error(own or self.feed.error)

    def show_head(self) -> None:
        """Bring the head lines up to date."""
        network, context, counts = self.network, self.feed.context, dict(self._counted())
        facts = self.query_one("#network-facts", Line)
        facts.show(lambda width: facts_line(network, width))
        parts = self.query_one("#network-parts", Line)
        parts.show(lambda width: parts_line(self.network_id, self.pane, counts, context, width))

    def why_unknown(self) -> tuple[str, str]:
        """Why the rows of this part are not known, for the empty table."""
        word = PARTS[self.pane]
        error = self._error_of_part()
        if error is not None:
            why = clean(str(error), limit=600)
            return f"The {word} could not be loaded.", f"{why}\n\nr tries again now, ! shows all."
        return f"Loading the {word} …", "They appear as soon as the server has answered."

    def _error_of_part(self) -> SimtuiError | None:
        if self._parts is None or self.pane == "pools":
            return self.feed.error
        return self._parts.entry(self.pane).error

    def _counted(self) -> Iterator[tuple[str, int | None]]:
        network, routes = self.network, self.routes
        yield "pools", len(network.ip_pools) if network is not None else None
        yield "routes", len(routes.items) if routes is not None else None
        yield "nat", len(self.nat_rules) if self.nat_rules is not None else None
        yield "tunnels", len(self.tunnels) if self.tunnels is not None else None

    def _network_news(self, news: News) -> None:
        if news.names:
            self._settle()

    def _settle(self) -> None:
        if self.is_mounted:
            self.parts_changed()

    # What the keys do

    def action_next_pane(self) -> None:
        """To the next part."""
        self._go(+1)

    def action_previous_pane(self) -> None:
        """To the part before."""
        self._go(-1)

    def action_edit_network(self) -> None:
        """Name, description and isolation."""
        if (visit := self.simtui.visit) is not None:
            visit.configuring.edit(Ref(Kind.NETWORK, self.network_id))

    def action_isolate(self) -> None:
        """Isolate its Things from each other, or no longer, after a question."""
        visit, network = self.simtui.visit, self.network
        if visit is None or network is None or not visit.configuring.may_write():
            return
        before = settings_of(network)
        assert isinstance(before, NetworkSettings)
        after = replace(before, thing_isolation=not before.thing_isolation)
        ref = Ref(Kind.NETWORK, self.network_id)
        change = ConfigChange(ref, title_of(ref, network.name), before, after, network.version)
        visit.configuring.save(SavePlan(change, remarks=isolation_remark(before, after)))

    def action_used_by(self) -> None:
        """The groups that use it."""
        show_used_by(self.simtui, Ref(Kind.NETWORK, self.network_id))

    def _go(self, step: int) -> None:
        """As another place of the same step: back leads out of the network."""
        visit = self.simtui.visit
        if visit is not None:
            pane = _ORDER[(_ORDER.index(self.pane) + step) % len(_ORDER)]
            place = NetworkPlace(self.network_id, pane)
            self.app.call_next(partial(visit.replace, place))
