"""What differs between two looks at a Thing, in the fields that the history keeps.

What is not known on one side is no change (contract §1, Null): a list that leaves a field
out, or an answer that could not be read, must not look like one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simtui.models import IpLease, Thing
from simtui.models.change import Change, ChangeKind, Fate

NO_ADDRESS = "none"


def differs(old: Thing, new: Thing) -> bool:
    """Whether there is anything to tell; asked for every Thing of a load, so it is quick."""
    return (
        old.state != new.state
        or old.imei != new.imei
        or old.things_group_id != new.things_group_id
        or old.allowed_services != new.allowed_services
        or _session(old) != _session(new)
        or _address(old) != _address(new)
    )


def thing_changes(
    old: Thing, new: Thing, seen_at: datetime, last_looked: datetime | None
) -> Iterator[Change]:
    """The changes from ``old`` to ``new``, one a field."""
    for kind, before, after, at in _pairs(old, new):
        if before is not None and after is not None and before != after:
            yield Change(
                kind,
                new.thing_id,
                seen_at,
                name=new.name,
                iccid=new.iccid,
                before=before,
                after=after,
                at=at,
                last_looked=last_looked,
            )


def thing_came(new: Thing, seen_at: datetime, last_looked: datetime | None) -> Change:
    """A Thing that was not there before."""
    return _presence(new, Fate.NEW, seen_at, new.created_at, last_looked)


def thing_went(old: Thing, seen_at: datetime, last_looked: datetime | None) -> Change:
    """A Thing that is not there any more."""
    return _presence(old, Fate.GONE, seen_at, None, last_looked)


def address_text(ip: IpLease) -> str:
    """``10.0.4.17``, ``10.0.4.17 locked``, ``none``."""
    address = ip.address or NO_ADDRESS
    return f"{address} locked" if ip.locked else address


def _pairs(old: Thing, new: Thing) -> Iterator[tuple[str, str | None, str | None, datetime | None]]:
    """Kind, before, after, and when it happened where the API tells (contract §3.1)."""
    since = new.session.since if new.session is not None else None
    yield ChangeKind.STATE, old.state, new.state, new.state_changed_at
    yield ChangeKind.IMEI, old.imei, new.imei, new.imei_changed_at
    yield ChangeKind.GROUP, old.things_group_id, new.things_group_id, None
    yield ChangeKind.SERVICES, _services(old), _services(new), None
    yield ChangeKind.ADDRESS, _lease(old), _lease(new), None
    yield ChangeKind.SESSION, _session(old), _session(new), since


def _services(thing: Thing) -> str | None:
    services = thing.allowed_services
    return None if services is None else "+".join(sorted(services)) or "none"


def _lease(thing: Thing) -> str | None:
    return address_text(thing.ip) if thing.ip is not None else None


def _session(thing: Thing) -> str | None:
    return thing.session.state if thing.session is not None else None


def _address(thing: Thing) -> tuple[str | None, str] | None:
    ip = thing.ip
    return (ip.address, ip.allocation) if ip is not None else None


def _presence(
    thing: Thing,
    fate: str,
    seen_at: datetime,
    at: datetime | None,
    last_looked: datetime | None,
) -> Change:
    return Change(
        ChangeKind.THING,
        thing.thing_id,
        seen_at,
        name=thing.name,
        iccid=thing.iccid,
        after=fate,
        at=at,
        last_looked=last_looked,
    )
