"""Where a change leads: to the page of what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from simtui.models.change import Change, ChangeKind, Fate
from simtui.ui.history import (
    FirewallPlace,
    GroupPlace,
    NetworkPlace,
    Place,
    ThingPlace,
    TunnelPlace,
)

K = ChangeKind
_PLACES: Final[Mapping[str, Callable[[Change], Place]]] = {
    K.THINGS_GROUP: lambda change: GroupPlace(change.object_id),
    K.NETWORK: lambda change: NetworkPlace(change.object_id),
    K.POOL: lambda change: NetworkPlace(change.parent_id, "pools"),
    K.ROUTES: lambda change: NetworkPlace(change.parent_id, "routes"),
    K.NAT_RULE: lambda change: NetworkPlace(change.parent_id, "nat"),
    K.TUNNEL: lambda change: TunnelPlace(change.parent_id, change.object_id),
    K.TUNNEL_STATE: lambda change: TunnelPlace(change.parent_id, change.object_id),
    K.PROFILE: lambda change: FirewallPlace(change.object_id),
    K.CHAIN: lambda change: FirewallPlace(change.parent_id, change.object_id),
}


def place_of(change: Change) -> Place | None:
    """The place of what changed; None when it is gone, or of a later version of simtui."""
    if change.after == Fate.GONE:
        return None
    if change.of_thing:
        return ThingPlace(change.object_id)
    made = _PLACES.get(change.kind)
    return made(change) if made is not None else None
