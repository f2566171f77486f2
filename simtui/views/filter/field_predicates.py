"""One small predicate for each field that is asked with ``:``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from simtui.models import SessionState, Thing
from simtui.views.filter.address_match import address_match
from simtui.views.filter.terms import FieldTerm
from simtui.views.fleet_context import FleetContext
from simtui.views.things.troubles import is_faulty
from simtui.views.things.whereabouts import (
    country_name,
    operator_name,
    operator_of,
    pool_of,
    radio_of,
)

Predicate: TypeAlias = Callable[[Thing], bool]
Values: TypeAlias = tuple[str, ...]


def field_predicate(term: FieldTerm, context: FleetContext) -> Predicate:
    """The predicate of a term with ``:``, before it is negated."""
    return _FIELD_PREDICATES[term.field](term.values, context)


def online_word(thing: Thing) -> str:
    """``yes`` with a data session, ``no`` without, ``unknown`` when nobody says."""
    state = thing.session.state if thing.session else SessionState.UNKNOWN
    if state == SessionState.ONLINE:
        return "yes"
    known_offline = (SessionState.OFFLINE, SessionState.BLOCKED, SessionState.ATTACHED)
    return "no" if state in known_offline else "unknown"


def _state(values: Values, _: FleetContext) -> Predicate:
    wanted = frozenset(value.upper() for value in values)
    return lambda thing: thing.state in wanted


def _session(values: Values, _: FleetContext) -> Predicate:
    wanted = frozenset(value.upper() for value in values)
    unknown = SessionState.UNKNOWN in wanted
    return lambda thing: thing.session.state in wanted if thing.session else unknown


def _online(values: Values, _: FleetContext) -> Predicate:
    return lambda thing: online_word(thing) in values


def _tag(values: Values, _: FleetContext) -> Predicate:
    wanted = frozenset(value.lower() for value in values)
    return lambda thing: any(tag.lower() in wanted for tag in thing.tags)


def _name(values: Values, _: FleetContext) -> Predicate:
    wanted = tuple(value.lower() for value in values)

    def test(thing: Thing) -> bool:
        name = thing.name.lower()
        return any(value in name for value in wanted)

    return test


def _id(values: Values, _: FleetContext) -> Predicate:
    return lambda thing: thing.thing_id in values


def _service(values: Values, _: FleetContext) -> Predicate:
    wanted = frozenset(value.upper() for value in values)
    none = "none" in values

    def test(thing: Thing) -> bool:
        allowed = thing.allowed_services
        if not allowed:
            return none and allowed is not None
        return not wanted.isdisjoint(allowed)

    return test


def _locked(values: Values, _: FleetContext) -> Predicate:
    return _yes_no(values, lambda thing: thing.ip is not None and thing.ip.locked)


def _pending(values: Values, _: FleetContext) -> Predicate:
    return _yes_no(values, lambda thing: thing.pending_state is not None)


def _faulty(values: Values, context: FleetContext) -> Predicate:
    now = context.now
    return _yes_no(values, lambda thing: is_faulty(thing, now))


def _silent(values: Values, context: FleetContext) -> Predicate:
    habits = context.habits
    return _yes_no(values, habits.is_silent if habits is not None else lambda thing: False)


def _yes_no(values: Values, holds: Predicate) -> Predicate:
    if len(values) > 1:
        return lambda thing: True
    return holds if values == ("yes",) else lambda thing: not holds(thing)


def _iccid(values: Values, _: FleetContext) -> Predicate:
    return lambda thing: thing.iccid.startswith(values)


def _imei(values: Values, _: FleetContext) -> Predicate:
    return lambda thing: thing.imei is not None and thing.imei.startswith(values)


def _imsi(values: Values, _: FleetContext) -> Predicate:
    return lambda thing: thing.imsi is not None and thing.imsi.startswith(values)


def _group(values: Values, context: FleetContext) -> Predicate:
    names = {key: group.name for key, group in context.groups.items()}
    wanted = _ids(values, names)
    return lambda thing: thing.things_group_id in wanted


def _net(values: Values, context: FleetContext) -> Predicate:
    names = {key: network.name for key, network in context.networks.items()}
    wanted = _ids(values, names)
    groups = {key for key, group in context.groups.items() if group.network_id in wanted}
    return lambda thing: thing.things_group_id in groups


def _profile(values: Values, context: FleetContext) -> Predicate:
    names = {key: profile.name for key, profile in context.ip_profiles.items()}
    wanted = _ids(values, names)
    groups = {key for key, group in context.groups.items() if group.ip_profile_id in wanted}
    return lambda thing: thing.things_group_id in groups


def _pool(values: Values, context: FleetContext) -> Predicate:
    networks = context.networks.values()
    names = {pool.ip_pool_id: pool.cidr for network in networks for pool in network.ip_pools}
    wanted = _ids(values, names)
    return lambda thing: pool_of(thing, context.network_of(thing)) in wanted


def _operator(values: Values, _: FleetContext) -> Predicate:
    wanted = {value.lower().replace("-", "") for value in values}

    def test(thing: Thing) -> bool:
        digits = operator_of(thing.last_location)
        return digits is not None and (digits in wanted or operator_name(digits).lower() in wanted)

    return test


def _country(values: Values, _: FleetContext) -> Predicate:
    wanted = {value.lower() for value in values}

    def test(thing: Thing) -> bool:
        mcc = thing.last_location.mcc if thing.last_location else None
        return mcc is not None and (mcc in wanted or country_name(mcc).lower() in wanted)

    return test


def _radio(values: Values, _: FleetContext) -> Predicate:
    return lambda thing: radio_of(thing.last_location) in values


def _ids(values: Values, names: dict[str, str]) -> frozenset[str]:
    """The ids meant: those whose name is wanted, and the values themselves as ids."""
    wanted = {value.lower() for value in values}
    return frozenset((*values, *(key for key, name in names.items() if name.lower() in wanted)))


def _ip(values: Values, _: FleetContext) -> Predicate:
    matches = [address_match(value) for value in values]

    def test(thing: Thing) -> bool:
        address = thing.ip.address if thing.ip else None
        if address is None:
            return False
        return matches[0](address) or any(match(address) for match in matches[1:])

    return test


_FIELD_PREDICATES: Final[dict[str, Callable[[Values, FleetContext], Predicate]]] = {
    "state": _state,
    "tag": _tag,
    "group": _group,
    "net": _net,
    "profile": _profile,
    "name": _name,
    "ip": _ip,
    "iccid": _iccid,
    "imei": _imei,
    "imsi": _imsi,
    "id": _id,
    "pool": _pool,
    "operator": _operator,
    "country": _country,
    "radio": _radio,
    "online": _online,
    "session": _session,
    "service": _service,
    "locked": _locked,
    "pending": _pending,
    "faulty": _faulty,
    "silent": _silent,
}
