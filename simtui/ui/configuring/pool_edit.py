"""An IP pool in its form, with everything of the network that it must not overlap."""

from __future__ import annotations

from simtui.models import IpPool, Lease, Network
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.settings import PoolSettings, Settings, settings_of
from simtui.store.queries import LeasesQuery, RoutesQuery, TunnelsQuery
from simtui.ui.configuring.edits import gone
from simtui.ui.configuring.form_edit import FormEdit, SavePlan
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.config.names import names_of, title_of
from simtui.views.forms.field import Form
from simtui.views.forms.pool_form import pool_form


async def pool_edit(feed: FleetFeed, ref: Ref) -> FormEdit[PoolSettings]:
    """The pool as it is, or a new one of the network ``ref.parent_id``.

    Raises:
        NotFound: when it, or its network, is not there any more.
        SimtuiError: when the routes, the tunnels or the leases cannot be read.
    """
    network = _network(feed, ref)
    own = next((pool for pool in network.ip_pools if pool.ip_pool_id == ref.object_id), None)
    if ref.object_id and own is None:
        raise gone("The IP pool")
    routes = await feed.store.fetch(RoutesQuery(ref.parent_id))
    tunnels = await feed.store.fetch(TunnelsQuery(ref.parent_id))
    leases = await _leases(feed, ref, own)

    def form_of(shown: Settings | None) -> Form[PoolSettings]:
        settings = shown if isinstance(shown, PoolSettings) else None
        return pool_form(settings, _network(feed, ref), routes.items, tunnels, own, leases)

    def plan_of(wanted: PoolSettings, before: Settings | None, version: int) -> SavePlan:
        now = _network(feed, ref)
        was = before.cidr if isinstance(before, PoolSettings) else wanted.cidr
        known = tuple(pool.ip_pool_id for pool in now.ip_pools)
        change = ConfigChange(ref, title_of(ref, was, now.name), before, wanted, version, known)
        return SavePlan(change, names=names_of(feed.context))

    return FormEdit(
        ref,
        title_of(ref, own.cidr, network.name) if own else _new_title(network),
        form_of,
        plan_of,
        settings_of(own) if own else None,
        own.version if own else 0,
    )


def _network(feed: FleetFeed, ref: Ref) -> Network:
    network = feed.context.networks.get(ref.parent_id)
    if network is None:
        raise gone("The network")
    return network


def _new_title(network: Network) -> str:
    return f"new {title_of(Ref(Kind.POOL), '', network.name)}"


async def _leases(feed: FleetFeed, ref: Ref, own: IpPool | None) -> tuple[Lease, ...] | None:
    """Who has an address of it; nobody of one that is yet to be made."""
    if own is None:
        return None
    return await feed.store.fetch(LeasesQuery(ref.parent_id, own.ip_pool_id))
