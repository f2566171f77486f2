"""What a message takes, and for how long it waits for a Thing that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from simtui.models import SessionState, Thing
from simtui.models.action import SendSms
from simtui.models.sms_template import fields_in, filled
from simtui.views.ages import duration
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.plan.wording import plural, things_text
from simtui.views.sms.segments import UCS2, count

_REACHABLE = frozenset({SessionState.ONLINE, SessionState.ATTACHED})
_AWAY = frozenset({SessionState.OFFLINE, SessionState.BLOCKED})
MANY_REQUESTS = 50
"""Requests from which on it is said that they count against the quota."""


def sms_remarks(action: SendSms, things: tuple[Thing, ...]) -> tuple[Cell, ...]:
    """The remarks on sending to ``things``; none when nobody gets it."""
    return (*_taken(action, things), *_waiting(action, things)) if things else ()


def total_segments(text: str, things: tuple[Thing, ...]) -> int:
    """How many segments go out to all of them together."""
    if not fields_in(text):
        return count(filled(text, things[0])).segments * len(things) if things else 0
    return sum(count(filled(text, thing)).segments for thing in things)


def _taken(action: SendSms, things: tuple[Thing, ...]) -> Iterator[Cell]:
    segments = total_segments(action.text, things)
    messages = f"{count_text(len(things))} {plural(len(things), 'message', 'messages')}"
    words = f"{count_text(segments)} {plural(segments, 'segment', 'segments')}"
    ucs2 = any(count(filled(action.text, thing)).encoding == UCS2 for thing in things[:1])
    encoding = "UCS-2" if ucs2 else "GSM-7"
    if not fields_in(action.text) or len(things) == 1:
        yield Cell(f"{messages}, {words} in all, {encoding}.")
        return
    yield Cell(f"{messages}, {words} in all; the text differs from Thing to Thing.")
    many = len(things) >= MANY_REQUESTS
    yield Cell(
        f"So it takes {count_text(len(things))} requests, one a Thing"
        + (", which count against the quota." if many else "."),
        "warn" if many else "",
    )


def _waiting(action: SendSms, things: tuple[Thing, ...]) -> Iterator[Cell]:
    sessions = [thing.session.state if thing.session else None for thing in things]
    away = [state for state in sessions if state not in _REACHABLE]
    if not away:
        return
    single = len(things) == 1
    who = "It is" if single else f"{things_text(len(away))} {plural(len(away), 'is', 'are')}"
    how = "not online" if _AWAY.issuperset(away) else "not known to be online"
    limit = duration(action.validity_minutes * 60)
    attach = "it attaches" if len(away) == 1 else "they attach"
    yield Cell(f"{who} {how}: kept until {attach}, for {limit} at most.", "accent")
