"""What is wrong with a Thing, as named reasons: what ``ctrl+z`` and ``faulty:yes`` show.

| Reason | A Thing has it when |
|---|---|
| ``blocked`` | it is ACTIVE and a policy blocks its session |
| ``offline`` | it is ACTIVE and has been OFFLINE for more than 2 hours |
| ``silent`` | it is ACTIVE, its session is unknown, and nothing was heard for a day |
| ``no-services`` | it is ACTIVE but may use neither data nor SMS |
| ``no-address`` | it is ONLINE without an IP address |
| ``still-online`` | it is SUSPENDED or RETIRED with a session open (contract §4) |
| ``imei-changed`` | the SIM moved to another device within a day |
| ``imei-lock`` | it sits in another device than its IMEI lock allows |
| ``pending`` | a state change has been in flight for more than 15 minutes |
| ``coverage`` | it was last located outside NL, BE and LU (contract §3.2) |
| ``iccid`` | its ICCID is malformed or its check digit is wrong (contract §9) |

A Thing that is not ACTIVE is allowed to be silent. What is unknown is no trouble.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from simtui.models import SessionState, State, Thing
from simtui.views.ages import age, age_ago
from simtui.views.identity import iccid_is_sound, tac_of
from simtui.views.text import clean
from simtui.views.things.coverage import is_covered
from simtui.views.things.words import state_name

OFFLINE_AFTER: Final = timedelta(hours=2)
SILENT_AFTER: Final = timedelta(hours=24)
IMEI_CHANGE_IS_NEWS_FOR: Final = timedelta(hours=24)
PENDING_AFTER: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason why a Thing is faulty: its name, and a sentence for this Thing."""

    name: str
    sentence: str


def troubles(thing: Thing, now: datetime) -> tuple[Trouble, ...]:
    """Everything that is wrong with a Thing, worst first; the sentences are safe to print."""
    return tuple(
        Trouble(name, say(thing, now)) for name, holds, say in _REASONS if holds(thing, now)
    )


def is_faulty(thing: Thing, now: datetime) -> bool:
    """Whether anything at all is wrong with a Thing."""
    return any(holds(thing, now) for holds in _TESTS)


def _session_state(thing: Thing) -> str:
    return thing.session.state if thing.session else SessionState.UNKNOWN


def _older(moment: datetime | None, limit: timedelta, now: datetime) -> bool:
    return moment is not None and now - moment > limit


def _blocked(thing: Thing, _: datetime) -> bool:
    return thing.state == State.ACTIVE and _session_state(thing) == SessionState.BLOCKED


def _offline(thing: Thing, now: datetime) -> bool:
    if thing.state != State.ACTIVE or _session_state(thing) != SessionState.OFFLINE:
        return False
    return _older(_down_since(thing), OFFLINE_AFTER, now)


def _down_since(thing: Thing) -> datetime | None:
    since = thing.session.since if thing.session else None
    return since or thing.last_seen_at


def _silent(thing: Thing, now: datetime) -> bool:
    if thing.state != State.ACTIVE or _session_state(thing) != SessionState.UNKNOWN:
        return False
    return _older(thing.last_seen_at or thing.state_changed_at, SILENT_AFTER, now)


def _no_services(thing: Thing, _: datetime) -> bool:
    return thing.state == State.ACTIVE and thing.allowed_services == ()


def _no_address(thing: Thing, _: datetime) -> bool:
    if _session_state(thing) != SessionState.ONLINE:
        return False
    return thing.ip is None or thing.ip.address is None


def _still_online(thing: Thing, _: datetime) -> bool:
    closed = thing.state in (State.SUSPENDED, State.RETIRED)
    return closed and _session_state(thing) == SessionState.ONLINE


def _imei_changed(thing: Thing, now: datetime) -> bool:
    changed = thing.imei_changed_at
    return changed is not None and now - changed <= IMEI_CHANGE_IS_NEWS_FOR


def _imei_lock(thing: Thing, _: datetime) -> bool:
    lock = thing.imei_lock
    if lock is None or not lock.enabled or thing.imei is None:
        return False
    if lock.imei:
        return thing.imei != lock.imei
    return bool(lock.tac) and tac_of(thing.imei) != lock.tac


def _pending(thing: Thing, now: datetime) -> bool:
    if thing.pending_state is None:
        return False
    return _older(thing.modified_at or thing.state_changed_at, PENDING_AFTER, now)


def _coverage(thing: Thing, _: datetime) -> bool:
    location = thing.last_location
    return location is not None and not is_covered(location.mcc)


def _iccid(thing: Thing, _: datetime) -> bool:
    return not iccid_is_sound(thing.iccid)


def _say_offline(thing: Thing, now: datetime) -> str:
    return f"Active, but offline for {age(_down_since(thing), now)}."


def _say_silent(thing: Thing, now: datetime) -> str:
    if thing.last_seen_at is None:
        return "Active, but never seen."
    return f"Active, but last seen {age_ago(thing.last_seen_at, now)}."


def _say_imei_changed(thing: Thing, now: datetime) -> str:
    before = f" from {clean(thing.previous_imei, 40)}" if thing.previous_imei else ""
    return f"The SIM moved to another device{before} {age_ago(thing.imei_changed_at, now)}."


def _say_pending(thing: Thing, now: datetime) -> str:
    since = thing.modified_at or thing.state_changed_at
    return f"Waiting to become {state_name(thing.pending_state or '')} for {age(since, now)}."


def _say_coverage(thing: Thing, _: datetime) -> str:
    mcc = (thing.last_location and thing.last_location.mcc) or ""
    return f"Last located out of coverage (MCC {clean(mcc, 10)})."


def _always(sentence: str) -> Callable[[Thing, datetime], str]:
    return lambda thing, now: sentence


_Holds = Callable[[Thing, datetime], bool]
_Says = Callable[[Thing, datetime], str]

_REASONS: Final[tuple[tuple[str, _Holds, _Says], ...]] = (
    ("blocked", _blocked, _always("Active, but a policy blocks its session.")),
    ("offline", _offline, _say_offline),
    ("silent", _silent, _say_silent),
    ("no-services", _no_services, _always("Active, but may use neither data nor SMS.")),
    ("no-address", _no_address, _always("Online without an IP address.")),
    (
        "still-online",
        _still_online,
        _always("Its session is still open: a change of state does not cut one."),
    ),
    ("imei-changed", _imei_changed, _say_imei_changed),
    ("imei-lock", _imei_lock, _always("It sits in another device than its IMEI lock allows.")),
    ("pending", _pending, _say_pending),
    ("coverage", _coverage, _say_coverage),
    ("iccid", _iccid, _always("Its ICCID is malformed or its check digit is wrong.")),
)

_TESTS: Final = tuple(holds for _, holds, _ in _REASONS)
