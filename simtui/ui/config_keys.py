"""The keys of the pages on which the configuration is edited, one row each."""

from __future__ import annotations

from simtui.ui.key import Key, Scope

_THINGS_SCOPES: tuple[Scope, ...] = ("things", "thing")

# fmt: off
_PLACES = (
    Key("groups", "3", "go_groups", "groups", "The Things Groups.", "everywhere", command="groups"),
    Key(
        "networks", "4", "go_networks", "networks",
        "The networks: pools, routes, NAT, IPsec.", "everywhere", command="networks",
    ),
    Key(
        "firewall", "5", "go_firewall", "firewall",
        "The IP profiles, which are the firewall.", "everywhere", command="firewall",
    ),
    Key(
        "drafts", "U", "drafts", "unsaved",
        "Edits that are not saved: go on with one, or drop it.", "everywhere", command="drafts",
    ),
)


def _own(scope: Scope, what: str, first: int = 2) -> tuple[Key, ...]:
    """What can be done to the rows of a list."""
    return (
        Key(f"new-{scope}", "n", "new", "new", f"A new {what}.", scope, first, "new", writes=True),
        Key(f"edit-{scope}", "e", "edit", "edit", f"Change the {what}.", scope, first + 1, "edit",
            writes=True),
        Key(f"delete-{scope}", "ctrl+d", "delete", "delete",
            f"Delete the {what}, after the difference was shown.", scope, first + 2, "delete",
            writes=True),
    )


def _toggle(scope: Scope, what: str, footer: int = 5) -> Key:
    return Key(
        f"toggle-{scope}", "t", "toggle_row", "on/off",
        f"Switch the {what} off, or on again.", scope, footer, "toggle", writes=True,
    )


_GROUPS = (
    *_own("groups", "group"),
    Key("groups-things", "T", "things", "Things", "Its Things, in the list.", "groups", 5),
)

_GROUP = (
    Key("edit-group", "e", "edit", "edit", "Change name, network or IP profile.", "group", 1,
        "edit", writes=True),
    Key("move-into-group", "m", "move_in", "move in", "Move Things into this group.", "group", 2,
        "move-in", writes=True),
    Key("group-things", "T", "things", "Things", "Its Things, in the list.", "group", 3),
    Key("group-network", "w", "network", "network", "Its network.", "group", 4),
    Key("group-profile", "f", "profile", "firewall", "Its IP profile.", "group", 5),
    Key("delete-group", "ctrl+d", "delete", "delete", "Delete it, if nothing is in it.", "group",
        6, "delete", writes=True),
)

_NETWORKS = (*_own("networks", "network"),)

_NETWORK = (
    Key("network-next", "tab", "next_pane", "next", "The next part: pools, routes, NAT, IPsec.",
        "network", 1),
    Key("network-previous", "shift+tab", "previous_pane", "previous", "The part before.",
        "network"),
    Key("edit-network", "E", "edit_network", "network",
        "Name, description and isolation of the network.", "network", 7, "network", writes=True),
    Key("isolate", "I", "isolate", "isolation",
        "Isolate the Things of the network from each other, or no longer.", "network",
        command="isolate", writes=True),
    Key("network-used-by", "u", "used_by", "used by", "The groups that use it.", "network"),
)

_POOLS = _own("pools", "IP pool")

_LEASES = (
    Key("toggle-lock", "t", "toggle_lock", "lock", "Lock the address to its Thing, or unlock it.",
        "leases", 2, "lock", writes=True),
    Key("leases-act", "a", "act", "act", "What can be done with this Thing.", "leases", 3, "act",
        writes=True),
)

_NAT = (*_own("nat", "NAT rule"), _toggle("nat", "rule"))

_TUNNELS = (*_own("tunnels", "IPsec tunnel"), _toggle("tunnels", "tunnel"))

_TUNNEL = (
    Key("edit-tunnel", "e", "edit", "edit", "Change the tunnel, or give it another key.",
        "tunnel", 1, "edit", writes=True),
    Key("copy-sheet", "c", "copy", "sheet",
        "Copy the sheet for the other side's engineer (OSC 52); never the key.", "tunnel", 2,
        "copy"),
    _toggle("tunnel", "tunnel", 3),
    Key("delete-tunnel", "ctrl+d", "delete", "delete", "Delete it, unless a route leads into it.",
        "tunnel", 4, "delete", writes=True),
)

_EDITOR = (
    *_own("editor", "row"),
    Key("duplicate", "D", "duplicate", "duplicate", "The same row again, below it.", "editor",
        command="duplicate", writes=True),
    _toggle("editor", "row"),
    Key("save", "ctrl+s", "save", "save", "Save the whole table, after the difference was shown.",
        "editor", 1, "save", writes=True),
    Key("redo", "Z", "redo", "redo", "Do again what z has undone in this edit.", "editor",
        command="redo", writes=True),
    Key("revert", "X", "revert", "revert", "As it is saved; z brings the edit back.", "editor",
        command="revert", writes=True),
)

_PROFILES = (*_own("profiles", "IP profile"),)

_FIREWALL = (
    Key("other-chain", "tab", "next_pane", "other chain", "To the other chain.", "firewall", 1),
    Key("rule-down", "J", "move(1)", "down", "Move the rule down.", "firewall", 7,
        command="down", writes=True),
    Key("rule-up", "K", "move(-1)", "up", "Move the rule up.", "firewall", 8,
        command="up", writes=True),
    Key("packet", "p", "packet", "packet", "What becomes of a packet, step by step.", "firewall",
        9, "packet"),
    Key("edit-profile", "E", "edit_profile", "profile", "Name and description of the profile.",
        "firewall", command="profile-name", writes=True),
    Key("profile-used-by", "u", "used_by", "used by", "The groups that use it.", "firewall"),
)

_PACKET = tuple(
    Key(f"packet-{scope}", "p", "packet", "packet",
        "What becomes of a packet to or from this Thing, step by step.", scope, command="packet")
    for scope in _THINGS_SCOPES
)

CONFIG_KEYS: tuple[Key, ...] = (
    *_GROUPS,
    *_GROUP,
    *_NETWORKS,
    *_NETWORK,
    *_POOLS,
    *_LEASES,
    *_NAT,
    *_TUNNELS,
    *_TUNNEL,
    *_PROFILES,
    *_EDITOR,
    *_FIREWALL,
    *_PACKET,
    *_PLACES,
)
"""All of them; the footer's numbers count within what a page shows."""
