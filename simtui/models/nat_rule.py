"""Port forwarding from the public address of a network to a Thing (contract §3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NatRule:
    """One rule; ports are ``8080`` or ``8000-8010``."""

    nat_rule_id: str
    protocol: str
    public_ports: str
    thing_id: str
    private_ports: str
    name: str = ""
    public_address: str | None = None
    private_address: str | None = None
    allowed_sources: tuple[str, ...] = ()
    enabled: bool = True
    expires_at: datetime | None = None
    created_at: datetime | None = None
    version: int = 0
