"""An IP Profile: the firewall, two ordered chains (contract §3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """One filter rule; ``ANY`` or a CIDR, ``ANY`` or a list of ports (contract §9)."""

    rule_id: str
    chain: str
    action: str
    protocol: str
    position: int = 0
    src_cidr: str = "ANY"
    src_ports: str = "ANY"
    dst_cidr: str = "ANY"
    dst_ports: str = "ANY"
    enabled: bool = True
    comment: str = ""
    hits: int | None = None
    last_hit_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IpProfile:
    """Both chains, seen from the Thing; an empty chain allows everything."""

    ip_profile_id: str
    name: str
    description: str = ""
    inbound: tuple[Rule, ...] = ()
    outbound: tuple[Rule, ...] = ()
    group_count: int | None = None
    version: int = 0
