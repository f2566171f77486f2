"""The settings of an IPsec tunnel: defaults, merging and what may not be (contract §3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from simtui.sandbox.call import invalid
from simtui.sandbox.networking import refuse_overlap_with_pools, refuse_overlap_with_tunnels
from simtui.sandbox.records import NetworkRecord, TunnelRecord
from simtui.sandbox.validate.cidr import read_cidr, refuse_overlaps
from simtui.sandbox.validate.fields import refuse_unknown_fields
from simtui.sandbox.validate.ipsec import check_gateway, check_peer_id
from simtui.sandbox.validate.text import read_description, read_name, refuse_duplicates

Settings: TypeAlias = "dict[str, Any]"

DEFAULTS: Mapping[str, Any] = {
    "description": "",
    "enabled": True,
    "ikeVersion": "IKEV2",
    "exchangeMode": "MAIN",
    "phase1": {
        "encryption": ["AES256"],
        "integrity": ["SHA2_256"],
        "dhGroups": [14],
        "lifetimeSeconds": 28_800,
    },
    "phase2": {
        "encryption": ["AES256"],
        "integrity": ["SHA2_256"],
        "pfsGroups": [14],
        "lifetimeSeconds": 3_600,
    },
    "dpd": {"delaySeconds": 10, "timeoutSeconds": 30, "action": "RESTART"},
    "startupAction": "INITIATE",
}
"""What a tunnel has that says nothing else; ``localCidrs`` default to all pools."""

NESTED = ("phase1", "phase2", "dpd")
AUTHENTICATED = frozenset({"AES128_GCM_16", "AES256_GCM_16"})
"""Ciphers that protect integrity themselves."""


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """What one phase may have; ``groups`` names its Diffie-Hellman field."""

    groups: str
    allowed_groups: frozenset[int]
    groups_needed: bool
    longest_life: int


PHASES: Mapping[str, PhaseRule] = {
    "phase1": PhaseRule("dhGroups", frozenset({2, *range(14, 25)}), True, 28_800),
    "phase2": PhaseRule("pfsGroups", frozenset({2, 5, *range(14, 25)}), False, 3_600),
}


def new_settings(network: NetworkRecord, body: Mapping[str, Any]) -> Settings:
    """The settings of a new tunnel of ``network``.

    Raises:
        Refused: 400 naming the field; 412 ``POOL_OVERLAP`` or ``RESOURCE_IN_USE``.
    """
    pools = {"localCidrs": [pool.cidr for pool in network.pools.values()]}
    return _checked(network, _merged({**DEFAULTS, **pools}, body), body, None)


def changed_settings(
    network: NetworkRecord, tunnel: TunnelRecord, body: Mapping[str, Any]
) -> Settings:
    """The settings of a tunnel after a merge patch; raises as ``new_settings``."""
    return _checked(network, _merged(tunnel.settings, body), body, tunnel)


def _merged(base: Mapping[str, Any], body: Mapping[str, Any]) -> Settings:
    """A merge patch (RFC 7396) without the key, which is not kept."""
    settings = {**base, **body}
    settings.pop("psk", None)
    for name in NESTED:
        settings[name] = {**base[name], **body.get(name, {})}
    return settings


def _checked(
    network: NetworkRecord,
    settings: Settings,
    body: Mapping[str, Any],
    own: TunnelRecord | None,
) -> Settings:
    settings["name"] = read_name(settings["name"])
    settings["description"] = read_description(settings["description"])
    _check_peers(settings)
    for name, rule in PHASES.items():
        _check_phase(name, rule, settings[name], body.get(name, {}))
    _check_across(settings)
    settings["localCidrs"] = _read_local(network, settings["localCidrs"])
    settings["remoteCidrs"] = _read_remote(network, settings["remoteCidrs"], own)
    return settings


def _check_peers(settings: Settings) -> None:
    check_gateway("remoteGateway", settings["remoteGateway"])
    for field in ("localId", "remoteId"):
        if field in settings:
            check_peer_id(field, settings[field])


def _check_phase(name: str, rule: PhaseRule, phase: Settings, given: Mapping[str, Any]) -> None:
    lists = ("encryption", "integrity", rule.groups)
    refuse_unknown_fields(name, given, (*lists, "lifetimeSeconds"))
    for field in lists:
        refuse_duplicates(f"{name}.{field}", phase[field])
    _check_ciphers(name, phase, given)
    field = f"{name}.{rule.groups}"
    if rule.groups_needed and not phase[rule.groups]:
        raise invalid(field, "REQUIRED", f"{name} needs a Diffie-Hellman group")
    for group in phase[rule.groups]:
        if group not in rule.allowed_groups:
            raise invalid(field, "NOT_ALLOWED", f"{name} does not offer group {group}")
    if not 900 <= phase["lifetimeSeconds"] <= rule.longest_life:
        raise invalid(
            f"{name}.lifetimeSeconds", "RANGE", f"{name} lives 900 to {rule.longest_life} seconds"
        )


def _check_ciphers(name: str, phase: Settings, given: Mapping[str, Any]) -> None:
    """3DES is only kept where it is; a new choice of it is refused."""
    if not phase["encryption"]:
        raise invalid(f"{name}.encryption", "REQUIRED", f"{name} needs a cipher")
    if "3DES" in given.get("encryption", ()):
        raise invalid(f"{name}.encryption", "NOT_ALLOWED", "3DES is broken and no longer offered")
    if not phase["integrity"] and not AUTHENTICATED.issuperset(phase["encryption"]):
        raise invalid(
            f"{name}.integrity", "REQUIRED", f"{name} needs an integrity algorithm without GCM"
        )


def _check_across(settings: Settings) -> None:
    if settings["phase2"]["lifetimeSeconds"] >= settings["phase1"]["lifetimeSeconds"]:
        raise invalid(
            "phase2.lifetimeSeconds", "RANGE", "phase2 must live shorter than phase1 does"
        )
    if settings["exchangeMode"] == "AGGRESSIVE" and settings["ikeVersion"] != "IKEV1":
        raise invalid("exchangeMode", "NOT_ALLOWED", "Only IKEV1 has an AGGRESSIVE exchange")


def _read_local(network: NetworkRecord, texts: list[str]) -> list[str]:
    pools = {pool.cidr for pool in network.pools.values()}
    cidrs = [str(read_cidr(f"localCidrs[{at}]", text)) for at, text in enumerate(texts)]
    if not cidrs:
        raise invalid("localCidrs", "REQUIRED", "A tunnel needs at least one IP pool behind it")
    refuse_duplicates("localCidrs", cidrs)
    for at, cidr in enumerate(cidrs):
        if cidr not in pools:
            message = f"{cidr} is not an IP pool of network {network.name}"
            raise invalid(f"localCidrs[{at}]", "NOT_A_POOL", message)
    return cidrs


def _read_remote(network: NetworkRecord, texts: list[str], own: TunnelRecord | None) -> list[str]:
    cidrs = [read_cidr(f"remoteCidrs[{at}]", text) for at, text in enumerate(texts)]
    refuse_overlaps("remoteCidrs", cidrs)
    for cidr in cidrs:
        refuse_overlap_with_pools(network, cidr)
        refuse_overlap_with_tunnels(network, cidr, own)
    return [str(cidr) for cidr in cidrs]
