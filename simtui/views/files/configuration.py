"""The configuration of an account as it was read, and its objects by their refs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from simtui.models import (
    IpPool,
    IpProfile,
    NatRule,
    Network,
    Routes,
    Thing,
    ThingsGroup,
    Tunnel,
)
from simtui.models.config_change import Kind, Ref
from simtui.models.settings import Settings, chain_of, settings_of

CHAINS: Final = ("INBOUND", "OUTBOUND")
"""Both chains of an IP profile."""


@dataclass(frozen=True, slots=True)
class Held:
    """An object that the account has."""

    settings: Settings
    version: int = 0


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is configured; what is inside a network is by the id of the network.

    ``things`` are Things by their ids: those that NAT rules lead to, as far as they are there.
    """

    groups: tuple[ThingsGroup, ...] = ()
    networks: tuple[Network, ...] = ()
    profiles: tuple[IpProfile, ...] = ()
    routes: Mapping[str, Routes] = field(default_factory=dict)
    nat_rules: Mapping[str, tuple[NatRule, ...]] = field(default_factory=dict)
    tunnels: Mapping[str, tuple[Tunnel, ...]] = field(default_factory=dict)
    things: Mapping[str, Thing] = field(default_factory=dict)

    def tunnel(self, ref: Ref) -> Tunnel | None:
        """The tunnel that a ref means."""
        tunnels = self.tunnels.get(ref.parent_id, ())
        return next((one for one in tunnels if one.tunnel_id == ref.object_id), None)


def objects_of(configuration: Configuration) -> dict[Ref, Held]:
    """Every object that can be changed, with what can be set of it."""
    return {
        **{_ref(Kind.GROUP, one.things_group_id): _held(one) for one in configuration.groups},
        **dict(_of_networks(configuration)),
        **dict(_of_profiles(configuration)),
    }


def _of_networks(configuration: Configuration) -> Iterator[tuple[Ref, Held]]:
    for network in configuration.networks:
        own = network.network_id
        yield _ref(Kind.NETWORK, own), _held(network)
        for pool in network.ip_pools:
            yield _ref(Kind.POOL, pool.ip_pool_id, own), _held(pool)
        for tunnel in configuration.tunnels.get(own, ()):
            yield _ref(Kind.TUNNEL, tunnel.tunnel_id, own), _held(tunnel)
        yield _ref(Kind.ROUTES, "", own), _held(configuration.routes.get(own, Routes()))
        for rule in configuration.nat_rules.get(own, ()):
            yield _ref(Kind.NAT_RULE, rule.nat_rule_id, own), _held(rule)


def _of_profiles(configuration: Configuration) -> Iterator[tuple[Ref, Held]]:
    for profile in configuration.profiles:
        own = profile.ip_profile_id
        yield _ref(Kind.PROFILE, own), _held(profile)
        for chain in CHAINS:
            yield _ref(Kind.CHAIN, chain, own), Held(chain_of(profile, chain), profile.version)


def _ref(kind: str, object_id: str, parent_id: str = "") -> Ref:
    return Ref(kind, object_id, parent_id)


def _held(
    model: ThingsGroup | Network | IpProfile | NatRule | Tunnel | Routes | IpPool,
) -> Held:
    return Held(settings_of(model), model.version)
