"""From an object to the form it is edited in, with everything that the form has to know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import Any, Final, TypeAlias

from simtui.errors import NotFound
from simtui.models.config_change import Kind, Ref
from simtui.ui.configuring.form_edit import FormEdit
from simtui.ui.fleet_feed import FleetFeed

MakeEdit: TypeAlias = Callable[[FleetFeed, Ref], Awaitable[FormEdit[Any]]]

_MODULES: Final[Mapping[str, str]] = {
    Kind.GROUP: "group_edit",
    Kind.NETWORK: "network_edit",
    Kind.POOL: "pool_edit",
    Kind.PROFILE: "profile_edit",
    Kind.NAT_RULE: "nat_rule_edit",
    Kind.TUNNEL: "tunnel_edit",
    Kind.USER: "user_edit",
}
"""Where the edit of each kind is made, by a function of the module's own name; imported
when it is wanted."""


async def edit_of(feed: FleetFeed, ref: Ref) -> FormEdit[Any]:
    """The object in its form; a new one when ``ref`` has no id.

    Raises:
        NotFound: when it is not there any more.
        SimtuiError: when what the form has to know cannot be read.
    """
    name = _MODULES[ref.kind]
    make: MakeEdit = getattr(import_module(f"simtui.ui.configuring.{name}"), name)
    return await make(feed, ref)


def gone(what: str) -> NotFound:
    """What is said of an object that is not there any more."""
    return NotFound(f"{what} is not there any more", "", "Reload the list: r")
