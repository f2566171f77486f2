"""What files ask for is checked by the rules of the API before anything is sent.

Only what the account does not have already is looked at: what it has may be older than the
rules, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from simtui.models.settings import (
    Chain,
    NatSettings,
    PoolSettings,
    RouteTable,
    Settings,
    TunnelSettings,
)
from simtui.views.fields.cidr import parse_pool_cidr
from simtui.views.fields.text import parse_description, parse_name
from simtui.views.files.check_chain import checked_chain
from simtui.views.files.check_nat import checked_nat_rule
from simtui.views.files.check_routes import checked_routes
from simtui.views.files.check_selectors import refuse_missing_pools
from simtui.views.files.check_tunnel import checked_tunnel
from simtui.views.files.intended import Intended, Meant
from simtui.views.files.mistakes import Mistakes
from simtui.views.files.needed import refuse_needed
from simtui.views.files.neighbours import pools_of, routes_of, tunnels_of
from simtui.views.forms.overlaps import pools_taken, refuse_overlap, routes_taken, tunnels_taken

_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "name": parse_name,
    "description": parse_description,
}


def checked(intended: Intended, mistakes: Mistakes, now: datetime) -> Intended:
    """In the spelling of the API; what may not be is noted. ``now`` is aware."""
    meant = tuple(
        replace(one, settings=_checked(one, intended, mistakes, now)) if one.is_touched else one
        for one in intended.meant
    )
    wanted = replace(intended, meant=meant)
    refuse_missing_pools(wanted, mistakes)
    refuse_needed(wanted, mistakes)
    return wanted


def _checked(one: Meant, intended: Intended, mistakes: Mistakes, now: datetime) -> Settings:
    settings = one.settings
    if isinstance(settings, Chain):
        return checked_chain(one, settings, mistakes)
    if isinstance(settings, RouteTable):
        return checked_routes(one, settings, intended, mistakes)
    if isinstance(settings, NatSettings):
        return checked_nat_rule(one, settings, intended, mistakes, now)
    if isinstance(settings, TunnelSettings):
        return checked_tunnel(one, settings, intended, mistakes)
    if isinstance(settings, PoolSettings):
        return _checked_pool(one, settings, intended, mistakes)
    return _checked_words(one, settings, mistakes)


def _checked_words(one: Meant, settings: Settings, mistakes: Mistakes) -> Settings:
    """Name and description of a group, a network or an IP profile."""
    before = one.before.settings if one.before else None
    wanted = {}
    for key, parse in _WORDS.items():
        text = getattr(settings, key)
        if before is None or text != getattr(before, key):
            wanted[key] = mistakes.checked(one.place, key, parse, text, text)
    return replace(settings, **wanted)


def _checked_pool(
    one: Meant, settings: PoolSettings, intended: Intended, mistakes: Mistakes
) -> PoolSettings:
    own, network = one.ref.object_id, one.ref.parent_id

    def parse(text: str) -> str:
        cidr = parse_pool_cidr(text)
        pools = (*pools_of(intended, network), *pools_of(intended, network, going=True))
        tunnels = (*tunnels_of(intended, network), *tunnels_of(intended, network, going=True))
        hint = "Choose addresses that are free; what goes at the same time is still there then"
        refuse_overlap(cidr, pools_taken(pools, own), hint)
        refuse_overlap(cidr, routes_taken(routes_of(intended, network)), hint)
        refuse_overlap(cidr, tunnels_taken(tunnels), hint)
        return str(cidr)

    return PoolSettings(mistakes.checked(one.place, "cidr", parse, settings.cidr, settings.cidr))
