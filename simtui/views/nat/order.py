"""The order of NAT rules: by public port, so that free ones and neighbours show."""

from __future__ import annotations

from collections.abc import Iterable

from simtui.errors import UsageError
from simtui.models import NatRule
from simtui.views.fields.ports import parse_port_range


def in_port_order(rules: Iterable[NatRule]) -> list[NatRule]:
    """By the first public port, then by protocol; ports that cannot be read come last."""
    return sorted(rules, key=_place)


def _place(rule: NatRule) -> tuple[float, str, str]:
    try:
        first: float = parse_port_range(rule.public_ports).start
    except UsageError:
        first = float("inf")
    return first, rule.protocol, rule.nat_rule_id
