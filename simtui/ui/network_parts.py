"""What is watched of a network beside its own record: its routes, NAT rules and tunnels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simtui.errors import SimtuiError
from simtui.models import NatRule, Routes, Tunnel
from simtui.store.cells import Watch
from simtui.store.config_queries import NatRulesQuery, RoutesQuery, TunnelsQuery
from simtui.store.entry import Entry
from simtui.store.query import Query
from simtui.store.store import Store


class NetworkParts:
    """The three as last known; ``on_change`` hears of every change, not of the first look."""

    def __init__(self, store: Store, network_id: str, on_change: Callable[[], None]) -> None:
        self._store = store
        self._on_change: Callable[[], None] = lambda: None
        self._entries: dict[str, Entry[Any]] = {}
        self._queries: dict[str, Query[Any]] = {
            "routes": RoutesQuery(network_id),
            "nat": NatRulesQuery(network_id),
            "tunnels": TunnelsQuery(network_id),
        }
        self._watches: list[Watch[Any]] = [
            store.watch(query, self._listener(name)) for name, query in self._queries.items()
        ]
        self._on_change = on_change

    def close(self) -> None:
        """Stop watching."""
        for watch in self._watches:
            watch.close()

    def refresh(self) -> None:
        """Ask for all of them again."""
        for query in self._queries.values():
            self._store.refresh(query)

    def entry(self, part: str) -> Entry[Any]:
        """``routes``, ``nat`` or ``tunnels`` as it is known."""
        return self._entries.get(part, Entry())

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
    def loading(self) -> bool:
        """Whether any of them is on its way."""
        return any(entry.loading for entry in self._entries.values())

    @property
    def error(self) -> SimtuiError | None:
        """Why what is known is not the present."""
        errors = (entry.error for entry in self._entries.values())
        return next((error for error in errors if error is not None), None)

    def _listener(self, name: str) -> Callable[[Entry[Any]], None]:
        def came(entry: Entry[Any]) -> None:
            self._entries[name] = entry
            self._on_change()

        return came
