"""One or many: who else fell silent at the same time, and what they have in common."""

from __future__ import annotations

from typing import Final

from simtui.models import State, Thing
from simtui.views.ages import age_ago, duration, moment_text
from simtui.views.amounts import count_text
from simtui.views.plan.wording import named
from simtui.views.things.coverage import place_text
from simtui.views.why.around import WINDOW, Around, Count, Scope
from simtui.views.why.evidence import Evidence
from simtui.views.why.presence import presence_of
from simtui.views.why.rung import Remedy, Rung, RungName, unknown

OUTAGE_FROM: Final = 0.8
"""The part of those that were on that has to be silent to speak of an outage."""
_OUTAGES: Final = frozenset({Scope.FLEET, Scope.COUNTRY, Scope.OPERATOR})
"""What nobody can have switched off from here."""
_NEARLY: Final = 0.9
"""A wider scope is named instead of a narrower one of which not much more is silent."""


def judge_many(evidence: Evidence) -> Rung:
    """FAIL only where the counts say that it is not alone."""
    thing, around = evidence.thing.value, evidence.around.value
    presence = presence_of(evidence)
    if thing is None:
        return unknown(RungName.MANY, evidence.thing.missing, waiting=evidence.thing.waiting)
    if presence is not None and presence.online:
        return Rung(RungName.MANY, "PASS", "It is not silent itself", as_of=presence.as_of)
    if presence is not None and not presence.fresh:
        return unknown(RungName.MANY, "Whether it is silent at all is not known")
    if around is None:
        fact = evidence.around
        return unknown(RungName.MANY, fact.missing, waiting=fact.waiting)
    scope = _scope(around)
    if scope is None:
        return _alone(evidence, around)
    return _together(evidence, thing, around, scope)


def _scope(around: Around) -> str | None:
    """What those that fell silent together have in common, as far as the counts tell."""
    shares = {
        scope: around.count(scope).share for scope in Scope.ALL if around.count(scope).together
    }
    if not shares:
        return None
    most = max(shares.values())
    return next(scope for scope in Scope.ALL if shares.get(scope, 0.0) >= most * _NEARLY)


def _alone(evidence: Evidence, around: Around) -> Rung:
    scope = Scope.GROUP if evidence.group is not None else Scope.FLEET
    count = around.count(scope)
    others = max(count.fell - 1, 0)
    whose = "its group" if scope == Scope.GROUP else "the fleet"
    found = (
        f"One: of {whose}, {count_text(others)} more fell silent within"
        f" {_window()} of it, {count_text(count.stayed)} did not"
    )
    return Rung(RungName.MANY, "PASS", found, _facts(evidence, around), evidence.around.read_at)


def _together(evidence: Evidence, thing: Thing, around: Around, scope: str) -> Rung:
    count = around.count(scope)
    what = _name(evidence, thing, scope)
    fell = f"{count_text(count.fell)} of {count_text(count.fell + count.stayed)}"
    found = f"Many: {fell} Things of {what} fell silent within {_window()} of it"
    when = age_ago(around.since, evidence.now)
    outage = scope in _OUTAGES and count.share >= OUTAGE_FROM
    cause = remedy = None
    if thing.state == State.ACTIVE and outage:
        cause = f"an outage of {what}: {fell} Things on it fell silent {when}"
        remedy = Remedy("Ask KPN about an outage there; changing anything here does not help")
    elif thing.state == State.ACTIVE:
        shared = f"something that Things of {what} share, such as a site and its power"
        trouble = f"trouble of {what}" if scope in _OUTAGES else shared
        cause = f"{trouble}: {fell} fell silent {when}"
        remedy = _list_of(evidence, scope)
    return Rung(
        RungName.MANY,
        "FAIL",
        found,
        _facts(evidence, around),
        evidence.around.read_at,
        cause or "",
        weak=not outage,
        remedy=remedy,
    )


def _list_of(evidence: Evidence, scope: str) -> Remedy:
    words = "See which ones are silent, and what they share"
    name = evidence.group.name if evidence.group is not None and scope == Scope.GROUP else ""
    quotable = name and '"' not in name and "\\" not in name
    return Remedy(words, filter_text=f'group:"{name}" online:no' if quotable else "online:no")


def _name(evidence: Evidence, thing: Thing, scope: str) -> str:
    place, session = thing.last_location, evidence.session.value
    mcc = (place.mcc if place else None) or ""
    if scope == Scope.OPERATOR:
        name = session.operator_name if session is not None else None
        code = f"{mcc} {place.mnc if place else ''}".strip()
        return f"operator {named(name)} ({named(code)})" if name else f"operator {named(code)}"
    if scope == Scope.COUNTRY:
        return f"country {named(place_text(mcc))}"
    if scope == Scope.NETWORK:
        network = evidence.network.value
        return f"network {named(network.name)}" if network is not None else "its network"
    if scope == Scope.GROUP:
        return f"group {named(evidence.group.name)}" if evidence.group else "its group"
    return "the whole fleet"


def _facts(evidence: Evidence, around: Around) -> tuple[str, ...]:
    head = f"Silent since {moment_text(around.since, evidence.now)}"
    return (head, *(_line(scope, around.count(scope)) for scope in Scope.ALL))


def _line(scope: str, count: Count) -> str:
    return (
        f"Same {scope}: {count_text(count.fell)} fell silent within {_window()},"
        f" {count_text(count.stayed)} did not; usual is {round(count.usual)}"
    )


def _window() -> str:
    return duration(WINDOW.total_seconds())
