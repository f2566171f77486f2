"""IP profiles: the firewall that the groups of Things share (contract §3.5)."""

from __future__ import annotations

from functools import partial
from typing import Any

from simtui.sandbox import limits
from simtui.sandbox.call import Answer, Call, precondition
from simtui.sandbox.chains import CHAINS, chain_of, rule_view
from simtui.sandbox.counts import groups_of_profile
from simtui.sandbox.find import find_profile
from simtui.sandbox.limits import check_limit
from simtui.sandbox.paging import paged
from simtui.sandbox.records import IpProfileRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.validate.text import read_description, read_name
from simtui.sandbox.versions import amend, check_version, created, found
from simtui.sandbox.world import World


@operation("GET", "/ip-profiles", need=("network", "READ"))
def list_profiles(world: World, call: Call) -> Answer:
    """All IP profiles with both chains."""
    sort_keys = {
        "name": lambda profile: profile.name.casefold(),
        "groupCount": lambda profile: groups_of_profile(world, profile.ip_profile_id),
    }
    rows = list(world.ip_profiles.values())
    return paged(
        call, rows, partial(profile_view, world), sort_keys, lambda profile: profile.ip_profile_id
    )


@operation("POST", "/ip-profiles", need=("network", "WRITE"))
def create_profile(world: World, call: Call) -> Answer:
    """A new profile, which allows everything until it has rules."""
    check_limit(len(world.ip_profiles) + 1, limits.IP_PROFILES, "IP profiles")
    profile = IpProfileRecord(
        ip_profile_id=world.new_id("ip"),
        name=read_name(call.body["name"]),
        description=read_description(call.body.get("description", "")),
        modified_by=call.user.email,
    )
    world.ip_profiles[profile.ip_profile_id] = profile
    location = f"/ip-profiles/{profile.ip_profile_id}"
    return created(profile, profile_view(world, profile), location)


@operation("GET", "/ip-profiles/{ipProfileId}", need=("network", "READ"))
def get_profile(world: World, call: Call) -> Answer:
    """One profile with both chains."""
    profile = find_profile(world, call)
    return found(profile, profile_view(world, profile))


@operation("PATCH", "/ip-profiles/{ipProfileId}", need=("network", "WRITE"))
def change_profile(world: World, call: Call) -> Answer:
    """Rename a profile or describe it; its rules have operations of their own."""
    profile = find_profile(world, call)
    check_version(call, profile, required=True)
    name = read_name(call.body.get("name", profile.name))
    profile.description = read_description(call.body.get("description", profile.description))
    profile.name = name
    amend(call, profile)
    return found(profile, profile_view(world, profile))


@operation("DELETE", "/ip-profiles/{ipProfileId}", need=("network", "WRITE"))
def delete_profile(world: World, call: Call) -> Answer:
    """Remove a profile that no group uses."""
    profile = find_profile(world, call)
    check_version(call, profile, required=True)
    count = groups_of_profile(world, profile.ip_profile_id)
    if count:
        raise precondition("RESOURCE_IN_USE", f"{count} groups use IP profile {profile.name}")
    del world.ip_profiles[profile.ip_profile_id]
    return Answer({})


def profile_view(world: World, profile: IpProfileRecord) -> dict[str, Any]:
    """A profile as the wire spells it."""
    return {
        "ipProfileId": profile.ip_profile_id,
        "name": profile.name,
        "description": profile.description,
        **{
            chain.lower(): [
                rule_view(chain, position, rule)
                for position, rule in enumerate(chain_of(profile, chain), start=1)
            ]
            for chain in CHAINS
        },
        "defaultInbound": "ALLOW",
        "defaultOutbound": "ALLOW",
        "groupCount": groups_of_profile(world, profile.ip_profile_id),
        "version": profile.version,
    }
