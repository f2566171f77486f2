"""A change in words: of what, from what to what, when, and who it was. All safe to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from simtui.models.change import By, Change, ChangeKind, Fate
from simtui.models.config_change import Kind, Ref
from simtui.models.tunnel import TunnelState
from simtui.views.ages import age_ago, duration, moment_text
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Tone
from simtui.views.config.names import KIND_NAMES, title_of
from simtui.views.text import clean
from simtui.views.things.words import session_state_cell, state_name

K = ChangeKind
_LABELS: Final[Mapping[str, str]] = {
    K.STATE: "state",
    K.GROUP: "group",
    K.IMEI: "IMEI",
    K.ADDRESS: "address",
    K.SERVICES: "services",
    K.SESSION: "session",
    K.TUNNEL_STATE: "tunnel",
}
"""What stands before the two values."""
_UNCOMPARED: Final = "changed; what it was is not known here"
_BY: Final[Mapping[str, str]] = {By.HERE: "from here", By.ELSEWHERE: "elsewhere"}
_FATES: Final = frozenset({Fate.NEW, Fate.GONE})
_TONES: Final[Mapping[str, Tone]] = {K.IMEI: "warn"}
_TUNNEL_TONES: Final[Mapping[str, Tone]] = {
    TunnelState.UP: "ok",
    TunnelState.DOWN: "bad",
    TunnelState.ERROR: "bad",
}


def subject_text(change: Change) -> str:
    """The Thing's name, or the end of its ICCID; ``INBOUND chain of IP profile meters``."""
    if change.of_thing:
        name = clean(change.name)
        return name or f"…{clean(change.iccid or change.object_id, 64)[-7:]}"
    ref = ref_of(change)
    if ref.kind not in KIND_NAMES:  # of a later version of simtui
        return clean(f"{ref.kind} {change.name}")
    return clean(title_of(ref, change.name, change.inside or change.parent_id))


def name_text(change: Change) -> str:
    """What a row names first: the Thing, or the object of the configuration by its own name,
    the name of its network where it has none."""
    if change.of_thing:
        return subject_text(change)
    named = (change.name, change.inside, change.parent_id, change.object_id)
    return clean(next(filter(None, named), ""))


def ref_of(change: Change) -> Ref:
    """The object of the configuration that a change is about."""
    kinds = {K.THINGS_GROUP: Kind.GROUP, K.TUNNEL_STATE: Kind.TUNNEL}
    return Ref(kinds.get(change.kind, change.kind), change.object_id, change.parent_id)


def change_cell(change: Change) -> Cell:
    """``state active → suspended``, with how often where that was more than once; of the
    configuration ``INBOUND chain: 1 rule added``."""
    text = change_text(change)
    if not change.of_thing and change.kind not in _LABELS:
        text = f"{_kind_text(change)}{' ' if change.after in _FATES else ': '}{text}"
    if change.kind == K.TUNNEL_STATE:
        return Cell(text, _TUNNEL_TONES.get(change.after or "", "warn"))
    if change.kind == K.THING:
        return Cell(text, "warn" if change.after == Fate.GONE else "ok")
    return Cell(text, _TONES.get(change.kind, ""))


def change_text(change: Change) -> str:
    """From what to what, in one line."""
    if change.kind == K.THING:
        return "gone from the account" if change.after == Fate.GONE else "new in the account"
    if change.kind not in _LABELS:
        return _config_text(change)
    before = _value(change, change.before, change.before_name)
    after = _value(change, change.after, change.after_name)
    why = f", {clean(change.detail)}" if change.detail else ""
    return f"{_LABELS[change.kind]} {before} → {after}{why}{_often(change)}"


def when_cell(change: Change, now: datetime) -> Cell:
    """The age of when it happened; ``≤9h ago``: at some time since simtui had last looked."""
    if change.last_looked is not None and change.at is None:
        return Cell(f"≤{age_ago(change.last_looked, now)}")
    return Cell(age_ago(change.moment, now))


def when_text(change: Change, now: datetime) -> str:
    """When it happened, when it was seen, and what is not known of that."""
    seen = f"seen {moment_text(change.seen_at, now)}"
    if change.at is not None:
        return f"{moment_text(change.at, now)}, {seen}"
    if change.last_looked is not None:
        return f"after {moment_text(change.last_looked, now)}, when simtui had last looked; {seen}"
    return seen


def by_text(change: Change) -> str:
    """``from here``: a write in the journal; ``elsewhere``: none of ours; ``–``: nobody asked."""
    return _BY.get(change.by, NOTHING)


def _kind_text(change: Change) -> str:
    ref = ref_of(change)
    word = KIND_NAMES.get(ref.kind, ref.kind)
    return clean(f"{ref.object_id} {word}" if ref.kind == Kind.CHAIN else word)


def _config_text(change: Change) -> str:
    if change.after == Fate.NEW:
        return "created"
    if change.after == Fate.GONE:
        return "deleted"
    return clean(change.detail) or _UNCOMPARED


def _value(change: Change, value: str | None, name: str) -> str:
    if value is None:
        return NOTHING
    return _VALUES.get(change.kind, _plain)(name or value)


def _plain(value: str) -> str:
    return clean(value, 64)


_VALUES: Final[Mapping[str, Callable[[str], str]]] = {
    K.STATE: state_name,
    K.SESSION: lambda state: session_state_cell(state).text.split(" ", 1)[1],
    K.TUNNEL_STATE: lambda state: clean(state.lower(), 40),
}


def _often(change: Change) -> str:
    """``, 14 changes in 3h``: only the first and the last of them are known."""
    if change.count < 2 or change.first_seen_at is None:
        return ""
    took = duration((change.seen_at - change.first_seen_at).total_seconds())
    return f", {count_text(change.count)} changes in {took}"
