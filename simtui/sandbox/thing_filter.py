"""Which Things a list is about: the filters of contract §2, each as a test of a Thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from ipaddress import AddressValueError, IPv4Address
from typing import Any, TypeAlias

from simtui.sandbox.records import ThingRecord
from simtui.sandbox.validate.cidr import read_cidr
from simtui.sandbox.world import World

Test: TypeAlias = Callable[[ThingRecord], bool]
Query: TypeAlias = Mapping[str, Any]

ONLINE_STATES = {
    "true": frozenset({"ONLINE"}),
    "false": frozenset({"OFFLINE", "ATTACHED", "BLOCKED"}),
    "unknown": frozenset({"UNKNOWN"}),
}


def matching(world: World, query: Query) -> Sequence[ThingRecord]:
    """The Things that pass every filter in ``query``, in the order of the account.

    Raises:
        Refused: 400 for a value that the schema cannot judge, such as a CIDR.
    """
    tests = [make(world, query) for name, make in _TESTS.items() if name in query]
    things: Sequence[ThingRecord] = tuple(world.things.values())
    iccids = frozenset(query.get("iccid", ()))
    if iccids and iccids <= world.by_iccid.keys():
        whole = (world.by_iccid[iccid] for iccid in iccids)
        things = sorted(whole, key=lambda thing: thing.created_at)
    for test in tests:
        things = [thing for thing in things if test(thing)]
    return things


def _state(world: World, query: Query) -> Test:
    wanted = frozenset(query["state"])
    return lambda thing: thing.state in wanted


def _group(world: World, query: Query) -> Test:
    wanted = frozenset(query["thingsGroupId"])
    return lambda thing: thing.group_id in wanted


def _network(world: World, query: Query) -> Test:
    groups = {
        group.group_id for group in world.groups.values() if group.network_id in query["networkId"]
    }
    return lambda thing: thing.group_id in groups


def _ip_profile(world: World, query: Query) -> Test:
    groups = {
        group.group_id
        for group in world.groups.values()
        if group.ip_profile_id in query["ipProfileId"]
    }
    return lambda thing: thing.group_id in groups


def _tag(world: World, query: Query) -> Test:
    """Tags are compared ignoring case, as they are unique ignoring case."""
    wanted = {tag.casefold() for tag in query["tag"]}
    if query.get("tagMode", "ALL") == "ANY":
        return lambda thing: not wanted.isdisjoint(map(str.casefold, thing.tags))
    return lambda thing: wanted.issubset(map(str.casefold, thing.tags))


def _iccid(world: World, query: Query) -> Test:
    beginnings = tuple(query["iccid"])
    return lambda thing: thing.iccid.startswith(beginnings)


def _imsi(world: World, query: Query) -> Test:
    wanted = frozenset(query["imsi"])
    return lambda thing: thing.imsi in wanted


def _imei(world: World, query: Query) -> Test:
    wanted = frozenset(query["imei"])
    return lambda thing: thing.imei in wanted or thing.imei_sv in wanted


def _ip_address(world: World, query: Query) -> Test:
    networks = [read_cidr("ipAddress", text) for text in query["ipAddress"]]
    spans = [(int(one.network_address), int(one.broadcast_address)) for one in networks]

    def test(thing: ThingRecord) -> bool:
        number = _number(thing.ip_address)
        return any(lowest <= number <= highest for lowest, highest in spans)

    return test


def _number(address: str | None) -> int:
    """An address as a number; -1 for none."""
    if address is None:
        return -1
    try:
        return int(IPv4Address(address))
    except AddressValueError:
        return -1


def _ip_locked(world: World, query: Query) -> Test:
    wanted = query["ipLocked"]
    return lambda thing: thing.ip_locked == wanted


def _service(world: World, query: Query) -> Test:
    wanted = frozenset(query["service"])
    return lambda thing: not wanted.isdisjoint(thing.allowed_services)


def _online(world: World, query: Query) -> Test:
    states = frozenset().union(*(ONLINE_STATES[word] for word in query["online"]))
    unseen = "unknown" in query["online"]
    return lambda thing: unseen if thing.session is None else thing.session.state in states


def _last_seen_before(world: World, query: Query) -> Test:
    moment: datetime = query["lastSeenBefore"]
    return lambda thing: thing.last_seen_at is not None and thing.last_seen_at < moment


def _last_seen_after(world: World, query: Query) -> Test:
    moment: datetime = query["lastSeenAfter"]
    return lambda thing: thing.last_seen_at is not None and thing.last_seen_at > moment


def _imei_changed_since(world: World, query: Query) -> Test:
    moment: datetime = query["imeiChangedSince"]
    return lambda thing: thing.imei_changed_at is not None and thing.imei_changed_at >= moment


def _q(world: World, query: Query) -> Test:
    """A substring of any of six fields, ignoring case (contract §1.4)."""
    wanted = query["q"].casefold()

    def test(thing: ThingRecord) -> bool:
        return (
            wanted in thing.name.casefold()
            or wanted in thing.iccid
            or wanted in thing.imsi
            or wanted in (thing.imei or "")
            or wanted in (thing.ip_address or "")
            or any(wanted in tag.casefold() for tag in thing.tags)
        )

    return test


_TESTS: Mapping[str, Callable[[World, Query], Test]] = {
    "state": _state,
    "thingsGroupId": _group,
    "networkId": _network,
    "ipProfileId": _ip_profile,
    "tag": _tag,
    "iccid": _iccid,
    "imsi": _imsi,
    "imei": _imei,
    "ipAddress": _ip_address,
    "ipLocked": _ip_locked,
    "service": _service,
    "online": _online,
    "lastSeenBefore": _last_seen_before,
    "lastSeenAfter": _last_seen_after,
    "imeiChangedSince": _imei_changed_since,
    "q": _q,
}
"""The cheap tests and those that leave few Things stand first."""
