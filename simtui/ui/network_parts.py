"""What is watched of a network beside its own record: its routes, NAT rules and tunnels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simtui.errors import SimtuiError
from simtui.models import NatRule, Routes, Tunnel
from simtui.store.config_queries import NatRulesQuery, RoutesQuery, TunnelsQuery
from simtui.store.query import Query
from simtui.store.store import Store
from simtui.ui.watched import Watched


class NetworkParts(Watched):
    """The three as last known; ``on_change`` hears of every change, not of the first look."""

    def __init__(self, store: Store, network_id: str, on_change: Callable[[], None]) -> None:
        queries: dict[str, Query[Any]] = {
            "routes": RoutesQuery(network_id),
            "nat": NatRulesQuery(network_id),
            "tunnels": TunnelsQuery(network_id),
        }
        super().__init__(store, queries, on_change)

    @property
    def routes(self) -> Routes | None:
        """The route table, None while it is not known."""
        value = self.entry("routes").value
        return value if isinstance(value, Routes) else None

    @property
    def nat_rules(self) -> tuple[NatRule, ...] | None:
        """The port forwardings, None while they are not known."""
        return self.entry("nat").value

    @property
    def tunnels(self) -> tuple[Tunnel, ...] | None:
        """The IPsec tunnels, None while they are not known."""
        return self.entry("tunnels").value

    @property
    def error(self) -> SimtuiError | None:
        """Why what is known is not the present."""
        errors = (entry.error for entry in self.entries.values())
        return next((error for error in errors if error is not None), None)
