"""The names by which a write says what it touched and a query what it depends on."""

from __future__ import annotations

from typing import Final

ACCOUNT: Final = "account"
FLEET: Final = "fleet"
"""The list of Things: which there are, and any field of any of them."""
THINGS: Final = "things"
"""Every Thing at once: what a bulk action may have changed."""
GROUPS: Final = "things-groups"
NETWORKS: Final = "networks"
IP_PROFILES: Final = "ip-profiles"
JOBS: Final = "jobs"
SMS: Final = "sms"
"""The messages, of whichever Thing."""
BILLING: Final = "billing"
"""What things cost. No write touches it: a bill follows what is done only slowly."""
USERS: Final = "users"


def thing_subject(thing_id: str) -> str:
    """The name of one Thing."""
    return f"thing:{thing_id}"


def network_subject(network_id: str) -> str:
    """The name of what is inside one network: NAT rules, routes, tunnels, leases."""
    return f"network:{network_id}"
