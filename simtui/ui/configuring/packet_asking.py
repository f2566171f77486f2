"""Asking what becomes of a packet: the form, what has to be known, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from simtui.errors import SimtuiError
from simtui.models import IpProfile, Network, Thing
from simtui.models.config_change import Kind, Ref
from simtui.models.settings import RuleSettings, chain_of
from simtui.store.queries import NatRulesQuery, RoutesQuery, TunnelsQuery
from simtui.ui.acting.showing import show
from simtui.ui.configuring.fleet_things import fleet_things
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.form_calls import FormCalls
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.walk_dialog import WalkDialog
from simtui.views.config.reach import groups_reached
from simtui.views.fields.cidr import network_or_none
from simtui.views.fleet_context import FleetContext
from simtui.views.forms.field import Answers
from simtui.views.packet.packet_form import PacketQuestion, packet_form
from simtui.views.packet.scene import Scene
from simtui.views.packet.walk import compare

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp

Chains = Mapping[str, tuple[RuleSettings, ...]]
"""The rules of ``INBOUND`` and ``OUTBOUND``."""


def ask_packet(
    app: SimtuiApp,
    ip_profile_id: str | None = None,
    *,
    edited: Chains | None = None,
    thing: Thing | None = None,
    answers: Answers | None = None,
) -> None:
    """Show the form. ``edited`` are the unsaved chains of the profile, to be compared."""
    if app.visit is None:
        return
    feed = app.visit.feed
    form = packet_form(fleet_things(feed), thing)

    def submit(given: Answers) -> None:
        question = form.read(given)

        def again() -> None:
            ask_packet(app, ip_profile_id, edited=edited, thing=thing, answers=given)

        dialog = WalkDialog(question.probe, again)
        show(app, dialog)
        app.run_worker(_answer(feed, question, ip_profile_id, edited, dialog), group="packet")

    show(app, FormDialog(form.title, form.fields, FormCalls(submit), answers=answers))


async def _answer(
    feed: FleetFeed,
    question: PacketQuestion,
    ip_profile_id: str | None,
    edited: Chains | None,
    dialog: WalkDialog,
) -> None:
    try:
        saved = await _scene(feed, question, ip_profile_id)
    except SimtuiError as error:
        dialog.fail(error)
        return
    unsaved = saved
    if edited is not None and _is_of(question.thing, ip_profile_id, feed.context):
        unsaved = _with_chains(saved, edited)
    dialog.show(compare(question.probe, saved, unsaved))


async def _scene(feed: FleetFeed, question: PacketQuestion, ip_profile_id: str | None) -> Scene:
    """Everything that decides, read from the API as far as it is not known.

    Raises:
        SimtuiError: when it cannot be read.
    """
    context, thing = feed.context, question.thing
    profile = context.ip_profile_of(thing) if thing is not None else None
    profile = profile or context.ip_profiles.get(ip_profile_id or "")
    network = context.network_of(thing) if thing is not None else None
    network = network or _network_of(question, profile, context)
    scene = Scene(context.now, network, thing)
    if profile is not None:
        chains = {chain: chain_of(profile, chain).items for chain in ("INBOUND", "OUTBOUND")}
        scene = _with_chains(scene, chains)
    if network is None:
        return scene
    store, network_id = feed.store, network.network_id
    rules = await store.fetch(NatRulesQuery(network_id))
    routes = await store.fetch(RoutesQuery(network_id))
    tunnels = await store.fetch(TunnelsQuery(network_id))
    return replace(scene, nat_rules=rules, routes=routes.items, tunnels=tunnels)


def _network_of(
    question: PacketQuestion, profile: IpProfile | None, context: FleetContext
) -> Network | None:
    """Where no Thing is chosen: of the networks that use the profile, the one that has the
    address on the Thing's side, else the only one there is."""
    if profile is None:
        return None
    groups = groups_reached(Ref(Kind.PROFILE, profile.ip_profile_id), context)
    found = [context.networks.get(group.network_id or "") for group in groups]
    networks = list({one.network_id: one for one in found if one is not None}.values())
    probe = question.probe
    own = IPv4Address(probe.src if probe.direction == "FROM_THING" else probe.dst)
    for network in networks:
        if str(own) == network.nat_public_address or _has(network, own):
            return network
    return networks[0] if len(networks) == 1 else None


def _has(network: Network, address: IPv4Address) -> bool:
    pools = (network_or_none(pool.cidr) for pool in network.ip_pools)
    return any(pool is not None and address in pool for pool in pools)


def _is_of(thing: Thing | None, ip_profile_id: str | None, context: FleetContext) -> bool:
    """Whether the edited chains are about this Thing."""
    if thing is None:
        return True
    profile = context.ip_profile_of(thing)
    return profile is not None and profile.ip_profile_id == ip_profile_id


def _with_chains(scene: Scene, chains: Chains) -> Scene:
    return replace(scene, inbound=chains["INBOUND"], outbound=chains["OUTBOUND"])
