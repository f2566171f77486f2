"""The NAT rule that a packet to the public address meets (contract §3.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from simtui.models import NatRule
from simtui.views.ages import moment_text
from simtui.views.firewall.match import PORTED, Packet
from simtui.views.firewall.reading import ANY_PORTS, Span, Unreadable, read_ports, read_protocol
from simtui.views.plan.wording import named


def find_rule(rules: Sequence[NatRule], packet: Packet, now: datetime) -> tuple[int | None, str]:
    """The first rule in force for the packet's protocol and port; None, and why there is none."""
    fitting = [index for index, rule in enumerate(rules) if _fits(rule, packet)]
    for index in fitting:
        if not _why_not(rules[index], now):
            return index, ""
    if fitting:
        first = fitting[0]
        return None, f"{rule_name(rules, first)} {_why_not(rules[first], now)}"
    if packet.protocol not in PORTED:
        return None, "NAT forwards ports, and this protocol has none"
    return None, f"no NAT rule forwards port {packet.dst_port} of this protocol"


def private_port(rule: NatRule, public_port: int) -> int | None:
    """Where a public port of the rule leads: as far into its private ports.

    None when those cannot be read or end before that.
    """
    public, private = _range(rule.public_ports), _range(rule.private_ports)
    if public is None or private is None:
        return None
    port = private[0] + public_port - public[0]
    return port if port <= private[1] else None


def rule_name(rules: Sequence[NatRule], index: int) -> str:
    """``NAT rule 2 (web pump-12)``."""
    name = rules[index].name.strip()
    return f"NAT rule {index + 1} ({named(name)})" if name else f"NAT rule {index + 1}"


def _fits(rule: NatRule, packet: Packet) -> bool:
    if packet.protocol not in PORTED:
        return False
    public = _range(rule.public_ports)
    return (
        public is not None
        and public[0] <= packet.dst_port <= public[1]
        and _protocol(rule.protocol) == (packet.protocol, packet.protocol)
    )


def _why_not(rule: NatRule, now: datetime) -> str:
    if not rule.enabled:
        return "is disabled"
    if rule.expires_at is not None and rule.expires_at <= now:
        return f"ended {moment_text(rule.expires_at, now)}"
    return ""


def _range(text: str) -> Span | None:
    """One port or one range of ports; None for anything else."""
    try:
        spans = read_ports(text)
    except Unreadable:
        return None
    return spans[0] if len(spans) == 1 and spans != ANY_PORTS else None


def _protocol(text: str) -> Span | None:
    try:
        return read_protocol(text)
    except Unreadable:
        return None
