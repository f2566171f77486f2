"""Writing the configuration: groups, networks, firewall, NAT, tunnels, users (contract §2).

All of it raises ``SimtuiError``; ``OutcomeUnknown`` when the request went out and its answer
did not come back or cannot be read. ``request_id`` becomes the ``x-request-id``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

import httpx

from simtui.api import dialect
from simtui.api.call import Call
from simtui.api.decode import Undecodable, decode_object, decode_page
from simtui.api.faults import unknown_outcome
from simtui.api.wire import Wire
from simtui.models import (
    IpPool,
    IpProfile,
    Job,
    NatRule,
    Network,
    Route,
    Rule,
    ThingsGroup,
    Tunnel,
    User,
)
from simtui.models.config_change import WHOLE, ConfigChange, Kind, Verb
from simtui.models.saved import Saved
from simtui.models.settings import Settings

_IDENTITY: Final[Mapping[str, tuple[type, str]]] = {
    Kind.GROUP: (ThingsGroup, "things_group_id"),
    Kind.NETWORK: (Network, "network_id"),
    Kind.POOL: (IpPool, "ip_pool_id"),
    Kind.PROFILE: (IpProfile, "ip_profile_id"),
    Kind.NAT_RULE: (NatRule, "nat_rule_id"),
    Kind.TUNNEL: (Tunnel, "tunnel_id"),
    Kind.USER: (User, "user_id"),
}
"""What an answer is read as, and which of its fields is its id."""
_ITEMS: Final[Mapping[str, type]] = {Kind.CHAIN: Rule, Kind.ROUTES: Route}
"""What the items of a list are that is replaced as a whole."""


@dataclass(frozen=True, slots=True)
class _Nothing:
    """What a deletion is answered with: ``{}`` (contract §1, Delete)."""


class Configuring(Wire):
    """What can be changed of the configuration."""

    async def configure(self, change: ConfigChange, *, request_id: str) -> Saved | Job:
        """Make, change, replace or delete one object: it is done, or a job does it.

        A change sends only what differs (merge patch, contract §1); a route table and a
        chain are sent whole.

        Raises:
            Invalid: a value that may not be; ``problems`` says which.
            Conflict: somebody changed it since ``version``, or a rule of contract §8.
        """
        call = _call(change, request_id)
        response = await self._send(call)
        try:
            return _answer(change, response)
        except Undecodable:
            raise unknown_outcome(call, self._unexpected(response, call)) from None


def _answer(change: ConfigChange, response: httpx.Response) -> Saved | Job:
    """What a success says. Raises ``Undecodable``: a web page, for one, is no success."""
    body, kind = response.content, change.ref.kind
    if response.status_code == httpx.codes.ACCEPTED:
        return decode_object(Job, body)
    if change.verb == Verb.DELETE:
        if body:  # an empty 204 tells as much as the ``{}`` of the contract
            decode_object(_Nothing, body)
        return Saved()
    version = dialect.version_of(response.headers.get(dialect.ETAG))
    if kind in WHOLE:
        decode_page(_ITEMS[kind], body, 0, 0)
        return Saved(change.ref.object_id, version)
    model, identity = _IDENTITY[kind]
    made: Any = decode_object(model, body)
    return Saved(getattr(made, identity), version or made.version)


def _call(change: ConfigChange, request_id: str) -> Call:
    ref = change.ref
    ids = {}
    if ref.kind in dialect.PARENT_ID:
        ids[dialect.PARENT_ID[ref.kind]] = ref.parent_id
    if change.verb != Verb.CREATE and ref.kind in dialect.OWN_ID:
        ids[dialect.OWN_ID[ref.kind]] = ref.object_id
    has_match = bool(change.version) and change.verb != Verb.CREATE
    return Call(
        dialect.CONFIGURE[ref.kind, change.verb],
        ids,
        body=_body(change),
        if_match=dialect.etag(change.version) if has_match else None,
        request_id=request_id,
        secrets={dialect.PSK: change.psk} if change.psk is not None else {},
    )


def _body(change: ConfigChange) -> Any:
    if change.after is None:
        return None
    if change.before is None or change.ref.kind in WHOLE:
        return _told(dialect.wire_value(change.after))
    return dialect.wire_value(_differences(change.before, change.after))


def _told(value: Any) -> Any:
    """A body without the fields that say nothing: a new object has no ids yet."""
    if isinstance(value, dict):
        return {name: _told(item) for name, item in value.items() if item is not None}
    return [_told(item) for item in value] if isinstance(value, list) else value


def _differences(before: Settings, after: Settings) -> dict[str, Any]:
    """The fields that differ, named as in the model; of what is nested, its fields."""
    found: dict[str, Any] = {}
    for member in fields(after):
        was, wanted = getattr(before, member.name), getattr(after, member.name)
        if was != wanted:
            nested = is_dataclass(was) and is_dataclass(wanted)
            found[member.name] = _differences(was, wanted) if nested else wanted
    return found
