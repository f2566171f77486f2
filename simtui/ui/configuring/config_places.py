"""Where each object of the configuration is shown."""

from __future__ import annotations

from simtui.models.config_change import Kind, Ref
from simtui.ui.history import (
    FirewallPlace,
    GroupPlace,
    GroupsPlace,
    NetworkPlace,
    NetworksPlace,
    Pane,
    Place,
    ProfilesPlace,
    UsersPlace,
)

_PANES: dict[str, Pane] = {
    Kind.POOL: "pools",
    Kind.ROUTES: "routes",
    Kind.NAT_RULE: "nat",
    Kind.TUNNEL: "tunnels",
}


def place_of(ref: Ref) -> Place:
    """The page that shows an object; of a new one, the list that it will be in."""
    if ref.kind == Kind.GROUP:
        return GroupPlace(ref.object_id) if ref.object_id else GroupsPlace()
    if ref.kind == Kind.PROFILE:
        return FirewallPlace(ref.object_id) if ref.object_id else ProfilesPlace()
    if ref.kind == Kind.CHAIN:
        return FirewallPlace(ref.parent_id, ref.object_id)
    if ref.kind == Kind.NETWORK:
        return NetworkPlace(ref.object_id) if ref.object_id else NetworksPlace()
    if ref.kind == Kind.USER:
        return UsersPlace()
    return NetworkPlace(ref.parent_id, _PANES[ref.kind])
