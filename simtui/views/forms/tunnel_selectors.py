"""What a tunnel connects, in its form: pools of ours with nets of theirs (contract §3.7)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Network
from itertools import combinations
from typing import Final

from simtui.errors import UsageError
from simtui.views.fields.cidr import parse_cidr
from simtui.views.fields.items import parse_items
from simtui.views.forms.entry import Entry
from simtui.views.forms.field import Choice, Field
from simtui.views.forms.overlaps import pools_taken, refuse_overlap, tunnels_taken
from simtui.views.forms.tunnel_entry import Place, list_entry
from simtui.views.plan.wording import listed, named, things_text

MOST_REMOTE: Final = 10
"""Nets of the other side that one tunnel can lead to."""

_REMOTE_EXAMPLE: Final = "192.168.0.0/16"


@dataclass(frozen=True, slots=True)
class SelectorEntries:
    """The traffic selectors of both sides."""

    local: Entry[tuple[str, ...]]
    remote: Entry[tuple[str, ...]]

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order of the form."""
        return self.local.field, self.remote.field


def selector_entries(place: Place) -> SelectorEntries:
    """The fields of the selectors; refused as soon as they are left."""
    local, remote = place.start.local_cidrs, place.start.remote_cidrs
    return SelectorEntries(
        list_entry(
            place,
            "local_cidrs",
            "Local nets",
            local,
            partial(_local, place),
            *_pool_choices(place),
            example="pools of this network",
        ),
        list_entry(
            place,
            "remote_cidrs",
            "Remote nets",
            remote,
            partial(_remote, place),
            example=f"behind their gateway, as {_REMOTE_EXAMPLE}",
        ),
    )


def _pool_choices(place: Place) -> tuple[Choice, ...]:
    return tuple(
        Choice(named(pool.cidr), "" if pool.leased is None else things_text(pool.leased))
        for pool in place.network.ip_pools
    )


def _local(place: Place, text: str) -> tuple[str, ...]:
    """Pools of the network, at least one."""
    pools = [pool.cidr for pool in place.network.ip_pools]
    rule = f"The pools of network {named(place.network.name)} are {listed(pools) or 'none yet'}"
    hint = f"For example {named(pools[0])}" if pools else "Make a pool first"
    cidrs = tuple(str(parse_cidr(item)) for item in parse_items(text))
    if not cidrs:
        raise UsageError("A local net is missing", rule, hint)
    for cidr in cidrs:
        if cidr not in pools:
            raise UsageError(f"{cidr} is not a pool of this network", rule, hint)
    return cidrs


def _remote(place: Place, text: str) -> tuple[str, ...]:
    """Nets that are nowhere else: no pool, not behind another tunnel, not in each other."""
    cidrs = [parse_cidr(item) for item in parse_items(text)]
    rule = f"A tunnel leads to 1 to {MOST_REMOTE} nets of the other side"
    if not cidrs:
        raise UsageError("A remote net is missing", rule, f"For example {_REMOTE_EXAMPLE}")
    if len(cidrs) > MOST_REMOTE:
        raise UsageError(f"{len(cidrs)} remote nets are too many", rule, "Use shorter prefixes")
    _refuse_each_other(cidrs)
    for cidr in cidrs:
        taken = (*pools_taken(place.network.ip_pools), *tunnels_taken(place.others))
        refuse_overlap(cidr, taken, "Leave it out, or take a longer prefix beside it")
    return tuple(map(str, cidrs))


def _refuse_each_other(cidrs: list[IPv4Network]) -> None:
    for one, other in combinations(cidrs, 2):
        if one.overlaps(other):
            raise UsageError(
                f"{one} and {other} overlap",
                "The remote nets of a tunnel share no addresses",
                f"Leave out {max(one, other, key=lambda net: net.prefixlen)}",
            )
