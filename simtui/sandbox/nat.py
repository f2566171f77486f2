"""The rules of port forwarding: what a NAT rule may say and when it ends (contract §3.6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simtui.sandbox.addressing import network_of
from simtui.sandbox.call import invalid, precondition
from simtui.sandbox.events import log_event
from simtui.sandbox.records import NatRuleRecord, NetworkRecord, ThingRecord
from simtui.sandbox.validate.cidr import read_cidr
from simtui.sandbox.validate.fields import unknown_id
from simtui.sandbox.validate.ports import (
    port_text,
    read_port_range,
    read_ports,
    read_public_ports,
)
from simtui.sandbox.validate.text import read_name
from simtui.sandbox.validate.time import read_time
from simtui.sandbox.world import World


def write_nat_rule(
    world: World, network: NetworkRecord, rule: NatRuleRecord, body: Mapping[str, Any]
) -> None:
    """Let a rule have what ``body`` says, checked; what is missing stays as it is.

    Whether the Thing can be forwarded to is asked when it is named or the rule is
    enabled: the rule of a retired Thing can still be renamed.

    Raises:
        Refused: 400 for ports, sources and times; 412 ``WRONG_NETWORK``,
            ``IP_NOT_LOCKED`` or ``PORT_IN_USE``.
    """
    settings = {**nat_settings(rule), **body}
    name = read_name(settings["name"], shortest=0)
    public = read_public_ports("publicPorts", settings["publicPorts"], settings["protocol"])
    private = _read_private_ports(settings["privatePorts"], public)
    sources = [
        str(read_cidr(f"allowedSources[{at}]", source))
        for at, source in enumerate(settings["allowedSources"])
    ]
    expires_at = _read_expiry(world, settings, is_new="expiresAt" in body)
    if settings["enabled"] or "thingId" in body:
        _check_thing(world, network, settings["thingId"])
    _refuse_taken_ports(world, network, rule, settings["protocol"], public)
    rule.name = name
    rule.protocol = settings["protocol"]
    rule.public_ports, rule.private_ports = port_text(public), port_text(private)
    rule.thing_id = settings["thingId"]
    rule.allowed_sources = sources
    rule.enabled = settings["enabled"]
    rule.expires_at = expires_at


def nat_settings(rule: NatRuleRecord) -> dict[str, Any]:
    """What a request may set of a rule, as it is now."""
    return {
        "name": rule.name,
        "protocol": rule.protocol,
        "publicPorts": rule.public_ports,
        "thingId": rule.thing_id,
        "privatePorts": rule.private_ports,
        "allowedSources": rule.allowed_sources,
        "enabled": rule.enabled,
        "expiresAt": rule.expires_at,
    }


def watch_expiry(world: World, network: NetworkRecord, rule: NatRuleRecord) -> None:
    """Switch the rule off when its time is over, unless it got another one till then."""
    moment = rule.expires_at
    if moment is not None:
        world.agenda.at(moment, lambda due: _expire(world, network, rule, due))


def _expire(world: World, network: NetworkRecord, rule: NatRuleRecord, now: datetime) -> None:
    is_there = network.nat_rules.get(rule.nat_rule_id) is rule
    if not (is_there and rule.enabled and rule.expires_at is not None and rule.expires_at <= now):
        return
    rule.enabled = False
    rule.version += 1
    rule.modified_by = "platform"
    message = f"NAT rule {rule.name or rule.nat_rule_id} ({rule.public_ports}) ended"
    log_event(world, now, "INFO", "NAT_RULE_EXPIRED", message, rule.thing_id)


def _read_private_ports(text: str, public: range) -> range:
    private = read_port_range("privatePorts", text)
    if len(private) != len(public):
        raise invalid(
            "privatePorts",
            "LENGTH_MISMATCH",
            f"{len(public)} public ports cannot lead to {len(private)} private ones",
        )
    return private


def _read_expiry(world: World, settings: Mapping[str, Any], *, is_new: bool) -> datetime | None:
    """The end of a rule, which lies ahead when it is set and while the rule is enabled."""
    given: str | datetime | None = settings["expiresAt"]
    expires_at = read_time("expiresAt", given) if isinstance(given, str) else given
    if expires_at is None:
        return None
    if (is_new or settings["enabled"]) and expires_at <= world.clock.now():
        raise invalid("expiresAt", "PAST", "expiresAt must lie in the future, or be null")
    return expires_at


def _check_thing(world: World, network: NetworkRecord, thing_id: str) -> None:
    thing = world.things.get(thing_id)
    if thing is None:
        raise unknown_id("thingId", "Thing", thing_id)
    if network_of(world, thing) is not network:
        raise precondition("WRONG_NETWORK", f"{_called(thing)} is not in network {network.name}")
    if not thing.ip_locked:
        raise precondition(
            "IP_NOT_LOCKED",
            f"The address of {_called(thing)} may change",
            "lock its IP address first",
        )


def _refuse_taken_ports(
    world: World, network: NetworkRecord, own: NatRuleRecord, protocol: str, public: range
) -> None:
    """Each public port leads to one place, whether its rule is enabled or not."""
    for other in _rules_of_address(world, network.nat_public_address):
        (taken,) = read_ports("publicPorts", other.public_ports)
        overlap = taken.start < public.stop and public.start < taken.stop
        if other is not own and other.protocol == protocol and overlap:
            raise precondition(
                "PORT_IN_USE",
                f"{protocol} {other.public_ports} of {network.nat_public_address} is taken",
                f"by NAT rule {other.nat_rule_id}",
            )


def _rules_of_address(world: World, public_address: str) -> list[NatRuleRecord]:
    return [
        rule
        for network in world.networks.values()
        if network.nat_public_address == public_address
        for rule in network.nat_rules.values()
    ]


def _called(thing: ThingRecord) -> str:
    return thing.name or thing.iccid
