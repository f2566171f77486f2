"""The sessions of the active Things, one row a state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simtui.models import SessionState
from simtui.views.ages import age_ago
from simtui.views.amounts import NOTHING, count_text
from simtui.views.pulse.row import Lead, Level, PulseRow
from simtui.views.pulse.seen import Seen
from simtui.views.text import clean

_WORDS: Final = {
    SessionState.ONLINE: ("Online", "have a data session"),
    SessionState.ATTACHED: ("Attached, no data", "are registered without a data session"),
    SessionState.OFFLINE: ("Offline", "are offline"),
    SessionState.BLOCKED: ("Blocked", "are blocked by a policy"),
    SessionState.UNKNOWN: ("Session unknown", "have a session that nobody knows of"),
}
_OFTEN_NONE: Final = frozenset({SessionState.ATTACHED})
"""Not worth a row when there are none."""


def session_rows(seen: Seen) -> Iterator[PulseRow]:
    """The rows; before the fleet is there, one that says so."""
    facts = seen.facts
    if facts is None:
        why = (
            clean(str(seen.fleet_error)) if seen.fleet_error is not None else "It is being loaded."
        )
        told = f"The fleet is not known yet. {why}"
        yield PulseRow("online", "fleet", "Online", NOTHING, Level.UNKNOWN, told)
        return
    told_none = facts.active and facts.sessions.get(SessionState.UNKNOWN) == facts.active
    for state in (SessionState.UNKNOWN,) if told_none else SessionState.ALL:
        if facts.sessions.get(state) or state not in _OFTEN_NONE:
            yield _row(seen, state)
    others = sum(count for state, count in facts.sessions.items() if state not in _WORDS)
    if others:
        told = f"{count_text(others)} active Things are in a state that simtui does not know."
        yield PulseRow("others", "fleet", "Another state", count_text(others), Level.UNKNOWN, told)


def _row(seen: Seen, state: str) -> PulseRow:
    facts = seen.facts
    assert facts is not None
    count, title = facts.sessions.get(state, 0), _WORDS[state][0]
    share = f" · {count * 100 // facts.active} %" if facts.active else ""
    level = _level(seen, state, count)
    return PulseRow(
        state.lower(),
        "fleet",
        title,
        f"{count_text(count)}{share}",
        level,
        f"{count_text(count)} of {count_text(facts.active)} active Things {_WORDS[state][1]}.",
        _rule(seen, state),
        Lead("things", f"state:active session:{state.lower()}"),
        facts.known_at.get(state) or seen.fleet_as_of,
        seen.session_trends.get(state),
    )


def _level(seen: Seen, state: str, count: int) -> Level:
    facts, limits = seen.facts, seen.thresholds
    if not seen.fleet_is_known or facts is None:
        return Level.UNKNOWN
    if state == SessionState.OFFLINE:
        bad = count and count * 100 >= limits.offline_share * facts.active
        return Level.RED if bad else Level.OK
    if state == SessionState.BLOCKED:
        return Level.YELLOW if count else Level.OK
    if state == SessionState.UNKNOWN:
        return Level.UNKNOWN if count else Level.OK
    return Level.OK


def _rule(seen: Seen, state: str) -> str:
    if not seen.fleet_is_known:
        return f"As of {age_ago(seen.fleet_as_of, seen.now)}: how it is now is not known."
    rules = {
        SessionState.OFFLINE: f"Red from {seen.thresholds.offline_share} % on (offline_share). "
        "Devices that sleep are offline by design; the next row knows their habits.",
        SessionState.BLOCKED: "Yellow when there is any.",
    }
    told = rules.get(state, "")
    return f"{told} The age is when the platform itself last heard, in the median.".strip()
