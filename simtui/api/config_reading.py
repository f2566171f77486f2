"""What is inside a network (contract §2, §3.4 to §3.7)."""

from __future__ import annotations

from simtui.api import dialect
from simtui.api.call import Call
from simtui.api.decode import Undecodable, decode_page
from simtui.api.paging import LARGEST_PAGE
from simtui.api.wire import Wire
from simtui.models import Lease, NatRule, Route, Routes, Tunnel


class ConfigReading(Wire):
    """What can be asked about the configuration. All of it raises ``SimtuiError``."""

    async def nat_rules(self, network_id: str) -> tuple[NatRule, ...]:
        """Every port forwarding of a network (contract §3.6)."""
        call = Call(dialect.LIST_NAT_RULES, {dialect.NETWORK_ID: network_id})
        return await self._every(NatRule, call, lambda rule: rule.nat_rule_id)

    async def tunnels(self, network_id: str) -> tuple[Tunnel, ...]:
        """Every IPsec tunnel of a network with its state (contract §3.7)."""
        call = Call(dialect.LIST_TUNNELS, {dialect.NETWORK_ID: network_id})
        return await self._every(Tunnel, call, lambda tunnel: tunnel.tunnel_id)

    async def leases(self, network_id: str, pool_id: str) -> tuple[Lease, ...]:
        """Every address of a pool that a Thing has."""
        ids = {dialect.NETWORK_ID: network_id, dialect.POOL_ID: pool_id}
        call = Call(dialect.LIST_LEASES, ids)
        return await self._every(Lease, call, lambda lease: lease.address)

    async def routes(self, network_id: str) -> Routes:
        """The route table of a network, with the version that it is replaced by.

        It fits into one page: a network has at most some hundred routes (contract §3.4). What
        does not, or cannot be read, makes it not whole.
        """
        place = {dialect.OFFSET: "0", dialect.LIMIT: str(LARGEST_PAGE)}
        call = Call(dialect.LIST_ROUTES, {dialect.NETWORK_ID: network_id}, place)
        response = await self._send(call)
        try:
            page = decode_page(Route, response.content, 0, LARGEST_PAGE)
        except Undecodable:
            raise self._unexpected(response, call) from None
        version = dialect.version_of(response.headers.get(dialect.ETAG))
        routes = tuple(route for route in page.rows if route is not None)
        return Routes(routes, version, len(routes) == max(page.total, len(page.rows)))
