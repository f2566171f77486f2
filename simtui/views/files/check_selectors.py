"""The traffic selectors of a tunnel in files: pools of ours, nets of theirs (contract §3.7)."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from simtui.errors import UsageError
from simtui.models.config_change import Kind
from simtui.models.settings import PoolSettings, TunnelSettings
from simtui.views.fields.cidr import network_or_none, parse_cidr
from simtui.views.files.configuration import objects_of
from simtui.views.files.intended import Intended, Meant
from simtui.views.files.mistakes import Mistakes
from simtui.views.files.neighbours import pools_of, tunnels_of
from simtui.views.forms.overlaps import pools_taken, refuse_overlap, tunnels_taken
from simtui.views.forms.tunnel_selectors import MOST_REMOTE
from simtui.views.plan.wording import listed, named


def checked_selectors(
    one: Meant,
    tunnel: TunnelSettings,
    had: TunnelSettings | None,
    intended: Intended,
    mistakes: Mistakes,
) -> TunnelSettings:
    """With selectors in the spelling of the API; no local ones are all pools of the network."""
    pools = [pool.cidr for pool in pools_of(intended, one.ref.parent_id)]
    local = tunnel.local_cidrs
    if not local and (had is None or had.local_cidrs):
        local = tuple(_plain(cidr) for cidr in pools)
    remote = tunnel.remote_cidrs
    if had is None or remote != had.remote_cidrs:
        remote = mistakes.checked(
            one.place, "remote_cidrs", lambda texts: _remote(texts, one, intended), remote, remote
        )
    return replace(tunnel, local_cidrs=local, remote_cidrs=remote)


def refuse_missing_pools(intended: Intended, mistakes: Mistakes) -> None:
    """Note local selectors that will be no pool of their network: new ones, and those of a
    pool that goes or gets another range."""
    before = objects_of(intended.configuration)
    for one in intended.meant:
        if not isinstance(one.settings, TunnelSettings):
            continue
        network = one.ref.parent_id
        pools = {_plain(pool.cidr) for pool in pools_of(intended, network)}
        gone = {
            _plain(held.settings.cidr)
            for ref, held in before.items()
            if (ref.kind, ref.parent_id) == (Kind.POOL, network)
            and isinstance(held.settings, PoolSettings)
        } - pools
        had = one.before.settings if one.before else None
        kept = had.local_cidrs if isinstance(had, TunnelSettings) else ()
        for cidr in map(_plain, one.settings.local_cidrs):
            if cidr not in pools and (cidr in gone or cidr not in kept):
                mistakes.add(one.place, "local_cidrs", _no_pool(cidr, pools))


def _no_pool(cidr: str, pools: set[str]) -> str:
    there = f"It has {listed(sorted(pools))}" if pools else "It has none"
    return (
        f"{named(cidr)} will be no pool of this network. Local selectors are pools. {there}. "
        "Left out, they are all of them"
    )


def _remote(texts: tuple[str, ...], one: Meant, intended: Intended) -> tuple[str, ...]:
    if not 1 <= len(texts) <= MOST_REMOTE:
        raise UsageError(
            f"{len(texts)} nets of the other side cannot be",
            f"A tunnel leads to 1 to {MOST_REMOTE} of them",
            'For example remote_cidrs = ["192.168.0.0/16"]',
        )
    cidrs = [parse_cidr(text) for text in texts]
    for first, second in combinations(cidrs, 2):
        if first.overlaps(second):
            raise UsageError(
                f"{first} and {second} overlap",
                "Each address of the other side is named once",
                "Keep the larger one",
            )
    network, own = one.ref.parent_id, one.ref.object_id
    others = [each for each in tunnels_of(intended, network) if each.tunnel_id != own]
    others += tunnels_of(intended, network, going=True)
    for cidr in cidrs:
        hint = "Choose nets that are the other side's alone"
        refuse_overlap(cidr, pools_taken(pools_of(intended, network)), hint)
        refuse_overlap(cidr, tunnels_taken(others), hint)
    return tuple(map(str, cidrs))


def _plain(cidr: str) -> str:
    return str(network_or_none(cidr) or cidr)
