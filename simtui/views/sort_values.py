"""What each column of the Thing list is sorted by; None is unknown and sorts last."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from simtui.models import SessionState, State, Thing
from simtui.views.fleet_context import FleetContext
from simtui.views.things.cycle import data_bytes, sms_count

SortValue: TypeAlias = Callable[[Thing, FleetContext], Any]
"""From a Thing to something that compares with its like, or None."""

NAMED: Final = frozenset({"group", "network", "profile"})
"""Columns whose order depends on the names of groups, networks and IP profiles."""

_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 8

_STATES = {state: rank for rank, state in enumerate(State.ALL)}
_SESSIONS = {
    state: rank for rank, state in enumerate(SessionState.ALL) if state != SessionState.UNKNOWN
}


def _natural(name: str) -> str:
    """A text that sorts ``pump-2`` before ``pump-12``."""
    return _NUMBER.sub(_padded, name.lower())


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(_DIGITS)


def _address(thing: Thing, _: FleetContext) -> int | None:
    """As a number, so that .9 comes before .10."""
    if thing.ip is None or not thing.ip.address:
        return None
    try:  # IPv4Address takes ten times as long, and a million of them are sorted
        first, second, third, fourth = map(int, thing.ip.address.split("."))
    except ValueError:
        return None
    return (first << 24) + (second << 16) + (third << 8) + fourth


def _session(thing: Thing, _: FleetContext) -> int | None:
    return _SESSIONS.get(thing.session.state) if thing.session else None


def _services(thing: Thing, _: FleetContext) -> tuple[str, ...] | None:
    return None if thing.allowed_services is None else tuple(sorted(thing.allowed_services))


SORT_VALUES: Final[dict[str, SortValue]] = {
    "state": lambda thing, _: _STATES.get(thing.state, len(_STATES)),
    "name": lambda thing, _: _natural(thing.name) or None,
    "iccid": lambda thing, _: thing.iccid,
    "imsi": lambda thing, _: thing.imsi,
    "imei": lambda thing, _: thing.imei,
    "session": _session,
    "last_seen": lambda thing, _: thing.last_seen_at,
    "ip": _address,
    "group": lambda thing, context: context.group_name(thing).lower() or None,
    "network": lambda thing, context: context.network_name(thing).lower() or None,
    "profile": lambda thing, context: context.ip_profile_name(thing).lower() or None,
    "cycle": lambda thing, _: data_bytes(thing),
    "sms": lambda thing, _: sms_count(thing),
    "tags": lambda thing, _: ", ".join(thing.tags).lower() or None,
    "services": _services,
    "imei_changed": lambda thing, _: thing.imei_changed_at,
    "state_changed": lambda thing, _: thing.state_changed_at,
    "created": lambda thing, _: thing.created_at,
    "modified": lambda thing, _: thing.modified_at,
}
"""By column key (``things.columns``); ties are broken by ICCID, ascending."""
