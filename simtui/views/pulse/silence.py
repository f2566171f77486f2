"""Things that are silent for longer than their own habit, and SIM cards in another device."""

from __future__ import annotations

from datetime import timedelta

from simtui.views.ages import age_ago, duration
from simtui.views.amounts import NOTHING, count_text
from simtui.views.plan.wording import named, plural, things_text
from simtui.views.pulse.fleet_facts import Burst
from simtui.views.pulse.habits import PEERS
from simtui.views.pulse.row import Lead, Level, PulseRow
from simtui.views.pulse.seen import Seen
from simtui.views.pulse.trend import histogram

_DAY = timedelta(hours=24)
SILENT_FILTER = "silent:yes"


def silent_row(seen: Seen) -> PulseRow | None:
    """How many are silent; a fleet that is not known as it is now is not silent."""
    facts, limits = seen.facts, seen.thresholds
    if facts is None:
        return None
    what, lead = "Silent beyond habit", Lead("things", SILENT_FILTER)
    if not seen.fleet_is_known:
        told = (
            f"Nobody knows which Things are silent: the fleet is as of "
            f"{age_ago(seen.fleet_as_of, seen.now)}."
        )
        as_of = seen.fleet_as_of
        return PulseRow("silent", "fleet", what, NOTHING, Level.UNKNOWN, told, as_of=as_of)
    count = len(facts.heard)
    together = facts.burst is not None and facts.burst.count >= limits.silent_together
    many = bool(count) and count * 100 >= limits.silent_share * facts.judged
    level = Level.RED if together or many else Level.YELLOW if count else Level.OK
    are, their = plural(count, "is", "are"), plural(count, "its", "their")
    number = count_text(count) if count else "None"
    told = (
        f"{number} of {things_text(facts.judged)} with data {are} silent"
        f" for longer than {their} habit."
    )
    if together and facts.burst is not None:
        told = f"{burst_text(facts.burst, seen)} {told}"
    rule = (
        f"Counted: active, with data, silent for more than {limits.silent_factor:g} usual gaps"
        f" and {duration(limits.silent_floor)}. The gap: how often its session changes, else twice"
        f" the median silence of its device type or group ({PEERS} or more), else 24h."
        f" Red from {limits.silent_together} of a group together or {limits.silent_share} % on."
    )
    return PulseRow(
        "silent",
        "fleet",
        what,
        count_text(count),
        level,
        told,
        rule,
        lead,
        seen.fleet_as_of,
        histogram(facts.heard, seen.now, _DAY, "when they were last heard"),
    )


def burst_text(burst: Burst, seen: Seen) -> str:
    """``41 Things of group depot-7 went silent within 12 minutes, 3h ago.``"""
    group = seen.context.groups.get(burst.group_id)
    minutes = max(round((burst.last - burst.first) / timedelta(minutes=1)), 1)
    within = f"{minutes} {plural(minutes, 'minute', 'minutes')}"
    return (
        f"{things_text(burst.count)} of group {named(group.name if group else burst.group_id)}"
        f" went silent within {within}, {age_ago(burst.last, seen.now)}."
    )


def device_row(seen: Seen) -> PulseRow | None:
    """SIM cards that moved to another device lately."""
    facts, hours = seen.facts, seen.thresholds.imei_hours
    if facts is None:
        return None
    count, breached = len(facts.devices_changed), facts.locks_breached
    level = Level.RED if breached else Level.YELLOW if count else Level.OK
    cards = plural(count, "SIM card", "SIM cards")
    told = f"{count_text(count) if count else 'No'} {cards} moved to another device within {hours}h"
    told += f", {count_text(breached)} against an IMEI lock." if breached else "."
    return PulseRow(
        "imei",
        "fleet",
        "IMEI changes",
        count_text(count),
        level if seen.fleet_is_known else _unless(level, Level.OK),
        told,
        "Yellow when there is any (imei_hours), red against an IMEI lock; i lists the devices.",
        Lead("things", f"imei-changed<{hours}h"),
        seen.fleet_as_of,
        histogram(facts.devices_changed, seen.now, timedelta(hours=hours), "changes"),
    )


def _unless(level: Level, known: Level) -> Level:
    """What was seen stays seen; that there was nothing is not known of an old fleet."""
    return Level.UNKNOWN if level == known else level
