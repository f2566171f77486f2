"""Which ports a NAT rule may take (contract §3.6)."""

from __future__ import annotations

from collections.abc import Sequence

from simtui.errors import UsageError
from simtui.models import NatRule
from simtui.views.fields.ports import parse_port_range, ports_text
from simtui.views.plan.wording import named, plural


def refuse_taken_ports(
    protocol: str, ports: range, rules: Sequence[NatRule], own_id: str = ""
) -> None:
    """Refuse public ports that another rule has, whether it is enabled or not.

    Raises:
        UsageError: naming the rule.
    """
    for rule in rules:
        if rule.nat_rule_id != own_id and rule.protocol == protocol and _meets(ports, rule):
            raise UsageError(
                f"{named(protocol)} {ports_text(ports)} is taken by NAT rule "
                f"{named(rule.name or rule.nat_rule_id)}",
                f"It has {named(rule.protocol)} {named(rule.public_ports)}, and a public port "
                "leads to one place",
                "Choose other public ports",
            )


def refuse_other_length(public: range, private: range) -> None:
    """Refuse private ports that are not as many as the public ones.

    Raises:
        UsageError: saying which private ports there could be.
    """
    if len(public) == len(private):
        return
    fitting = range(private.start, private.start + len(public))
    raise UsageError(
        f"{len(public)} public {plural(len(public), 'port', 'ports')} cannot lead to "
        f"{len(private)} private {plural(len(private), 'one', 'ones')}",
        "Each public port leads to one private port, in their order",
        f"For example {ports_text(fitting if fitting.stop <= 65_536 else public)}",
    )


def _meets(ports: range, rule: NatRule) -> bool:
    try:
        taken = parse_port_range(rule.public_ports)
    except UsageError:
        return False
    return taken.start < ports.stop and ports.start < taken.stop
