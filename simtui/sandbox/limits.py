"""How much of everything an account may have (contract §3.4 and ``/account``)."""

from __future__ import annotations

from collections.abc import Mapping

from simtui.sandbox.call import precondition

IP_POOLS = 16
NAT_RULES = 200
TUNNELS = 10
ROUTES = 100
RULES_PER_CHAIN = 100
TAGS_PER_THING = 20
BULK_THING_IDS = 1_000
USERS = 100
THINGS_GROUPS = 500
NETWORKS = 50
IP_PROFILES = 200

PER_NETWORK: Mapping[str, int] = {
    "ipPools": IP_POOLS,
    "natRules": NAT_RULES,
    "tunnels": TUNNELS,
    "routes": ROUTES,
}

PER_ACCOUNT: Mapping[str, int] = {
    "users": USERS,
    "thingsGroups": THINGS_GROUPS,
    "networks": NETWORKS,
    "ipProfiles": IP_PROFILES,
    "rulesPerChain": RULES_PER_CHAIN,
    "tagsPerThing": TAGS_PER_THING,
    "bulkThingIds": BULK_THING_IDS,
    **PER_NETWORK,
}


def check_limit(count: int, limit: int, what: str, name: str = "LIMIT_REACHED") -> None:
    """Refuse a change after which there would be ``count`` of something, over its limit.

    Raises:
        Refused: 412 ``name``, with the way to get more.
    """
    if count > limit:
        raise precondition(
            name,
            f"There can be at most {limit} {what}; this would make {count}",
            "contact KPN for an extension",
        )
