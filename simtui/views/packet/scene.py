"""What a packet meets: a network, its rules and routes, and one of its Things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simtui.models import NatRule, Network, Route, Thing, Tunnel
from simtui.models.settings import RouteSettings, RuleSettings


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that decides about a packet, as saved or as edited.

    ``now`` is aware. None is "not known" and an empty tuple "there are none"; a Thing of
    None is one that nobody chose. Chains are in evaluation order.
    """

    now: datetime
    network: Network | None = None
    thing: Thing | None = None
    inbound: tuple[RuleSettings, ...] | None = None
    outbound: tuple[RuleSettings, ...] | None = None
    nat_rules: tuple[NatRule, ...] | None = None
    routes: tuple[Route | RouteSettings, ...] | None = None
    tunnels: tuple[Tunnel, ...] | None = None

    @property
    def pools(self) -> tuple[str, ...]:
        """The CIDRs of the network's pools; empty as well while the network is not known."""
        return tuple(pool.cidr for pool in self.network.ip_pools) if self.network else ()
