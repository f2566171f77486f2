"""Who is silent, who is healthy, and who is neither.

Only a Thing that is ACTIVE and may use data is judged, and only if it was ever heard.

| It is | when |
|---|---|
| silent | a policy blocks its session |
| silent | it is attached without an IP address, so that it can use no data |
| silent | it has no data session and was not heard for longer than its kind is used to, at least 2 and at most 24 hours |
| healthy | it has a data session and was heard within 24 hours |
| healthy | it has none, as usual: it was heard within the time that its kind is used to |
| neither | anything else: too early, or too long ago, to tell |

What is unknown makes nobody healthy.
"""  # noqa: E501

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, TypeAlias

from simtui.models import Service, SessionState, State, Thing
from simtui.views.blast.rhythm import CEILING, patience_minutes

Verdict: TypeAlias = Literal["silent", "healthy", "neither"]

ONLINE: Final = 0
IDLE: Final = 1
BARRED: Final = 2
"""How a Thing stands: with a data session, without one, or unable to have one."""


def is_judged(thing: Thing) -> bool:
    """Whether it should be talking at all."""
    services = thing.allowed_services
    return thing.state == State.ACTIVE and (services is None or Service.DATA in services)


def standing(thing: Thing) -> int:
    """One of the three above."""
    session = thing.session
    if session is None:
        return IDLE
    state = session.state
    if state == SessionState.ONLINE:
        return ONLINE
    if state == SessionState.BLOCKED:
        return BARRED
    if state == SessionState.ATTACHED and (thing.ip is None or not thing.ip.address):
        return BARRED
    return IDLE


def last_heard(thing: Thing) -> datetime | None:
    """When it was last heard: last signalling or data, else when its session became as it is."""
    if thing.last_seen_at is not None:
        return thing.last_seen_at
    return thing.session.since if thing.session is not None else None


def verdict(stands: int, quiet_minutes: float, usual: float | None) -> Verdict:
    """What it is, by how it stands, how long it was not heard and how long its kind is quiet."""
    if stands == BARRED:
        return "silent"
    if stands == ONLINE:
        return "healthy" if quiet_minutes <= CEILING else "neither"
    if quiet_minutes > patience_minutes(usual):
        return "silent"
    return "healthy" if usual is not None and quiet_minutes <= usual else "neither"
