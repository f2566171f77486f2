"""The two chains of an IP profile and the rules in them (contract §3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simtui.sandbox.call import invalid
from simtui.sandbox.records import IpProfileRecord, RuleRecord
from simtui.sandbox.validate.cidr import read_any_cidr
from simtui.sandbox.validate.ports import WITHOUT_PORTS, read_ports, read_protocol
from simtui.sandbox.validate.text import read_text

CHAINS = ("INBOUND", "OUTBOUND")
COMMENT_LENGTH = 128


def chain_of(profile: IpProfileRecord, chain: str) -> list[RuleRecord]:
    """The rules of INBOUND (towards the Thing) or OUTBOUND, in evaluation order."""
    return profile.inbound if chain == "INBOUND" else profile.outbound


def place_of(profile: IpProfileRecord, rule_id: str) -> tuple[str, int] | None:
    """The chain and the index of a rule; None for a rule of another profile."""
    for chain in CHAINS:
        for index, rule in enumerate(chain_of(profile, chain)):
            if rule.rule_id == rule_id:
                return chain, index
    return None


def write_rule(rule: RuleRecord, settings: Mapping[str, Any], at: str = "") -> None:
    """Let a rule have these settings, checked; what is missing becomes the default.

    ``at`` leads the names of refused fields, e.g. ``items[3].``.

    Raises:
        Refused: 400 for CIDRs, ports, protocols and comments that are not valid, and
            for ports with a protocol that has none.
    """
    protocol = read_protocol(f"{at}protocol", settings["protocol"])
    src_ports = _read_ports(f"{at}srcPorts", settings.get("srcPorts", "ANY"), protocol)
    dst_ports = _read_ports(f"{at}dstPorts", settings.get("dstPorts", "ANY"), protocol)
    src_cidr = read_any_cidr(f"{at}srcCidr", settings.get("srcCidr", "ANY"))
    dst_cidr = read_any_cidr(f"{at}dstCidr", settings.get("dstCidr", "ANY"))
    comment = read_text(f"{at}comment", settings.get("comment", ""), COMMENT_LENGTH)
    rule.action = settings["action"]
    rule.protocol = protocol
    rule.src_cidr, rule.src_ports = src_cidr, src_ports
    rule.dst_cidr, rule.dst_ports = dst_cidr, dst_ports
    rule.enabled = settings.get("enabled", True)
    rule.comment = comment


def rule_settings(rule: RuleRecord) -> dict[str, Any]:
    """What ``write_rule`` takes, as it is now."""
    return {
        "action": rule.action,
        "protocol": rule.protocol,
        "srcCidr": rule.src_cidr,
        "srcPorts": rule.src_ports,
        "dstCidr": rule.dst_cidr,
        "dstPorts": rule.dst_ports,
        "enabled": rule.enabled,
        "comment": rule.comment,
    }


def rule_view(chain: str, position: int, rule: RuleRecord) -> dict[str, Any]:
    """A rule as the wire spells it."""
    return {
        "ruleId": rule.rule_id,
        "chain": chain,
        "position": position,
        **rule_settings(rule),
        "hits": rule.hits,
        "lastHitAt": rule.last_hit_at,
    }


def _read_ports(field: str, text: str, protocol: str) -> str:
    read_ports(field, text)
    if text != "ANY" and protocol in WITHOUT_PORTS:
        raise invalid(field, "NOT_ALLOWED", f"Protocol {protocol} has no ports: use ANY")
    return text
