"""A look at the fleet in sentences: who is silent, what is compared, what stands out."""

from __future__ import annotations

from datetime import datetime
from math import log
from typing import Final

from simtui.views.ages import age, age_ago, duration, short_moment
from simtui.views.amounts import count_text
from simtui.views.blast.changes import Suspect
from simtui.views.blast.dimensions import label_of
from simtui.views.blast.findings import LEAST_SILENT, LEVEL, Finding
from simtui.views.blast.look import Blast
from simtui.views.blast.tally import Counts
from simtui.views.blast.wave import Wave
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import plural, things_text
from simtui.views.text import clean

_BILLION: Final = log(1e-9)


def share_text(counts: Counts) -> str:
    """The silent ones among all: ``93 %``, ``0.1 %``; ``–`` of none."""
    if not counts.both:
        return "–"
    share = 100 * counts.silent / counts.both
    if 0 < share < 0.1:
        return "<0.1 %"
    if 0 < share < 10:
        return f"{share:.1f} %"
    return "over 99 %" if 99.5 <= share < 100 else f"{share:.0f} %"


def of_text(part: int, whole: int) -> str:
    """``41 of 44``."""
    return f"{count_text(part)} of {count_text(whole)}"


def silent_text(blast: Blast) -> str:
    """Who counts as silent, and why."""
    count = len(blast.silent)
    if blast.question.marked:
        return f"{count_text(count)} marked, taken for silent whatever their state"
    if blast.question.condition:
        return f"{count_text(count)} silent: they pass the filter, and are not known to be well"
    return f"{count_text(count)} silent: blocked, no address, or unheard longer than usual (2-24h)"


def healthy_text(blast: Blast) -> str:
    """Whom they are compared with."""
    where = "in the whole fleet" if blast.whole_fleet else "within the filter"
    healthy = f"{count_text(blast.tally.total.healthy)} healthy {where}: heard in time"
    neither = blast.neither
    return f"{healthy}; {count_text(neither)} too early to tell" if neither else healthy


def scope_text(blast: Blast) -> str:
    """How the place that the filter names compares with the rest of the fleet; may be empty."""
    if not blast.question.scope or blast.question.marked:
        return ""
    scope = clean(blast.question.scope.canonical(), 40)
    here, elsewhere = share_text(blast.here), share_text(blast.elsewhere)
    return f"{here} of {scope} are silent, {elsewhere} of the rest of the fleet"


def names_text(finding: Finding, context: FleetContext) -> str:
    """``group depot-7 = network depots``: all that exactly these Things have."""
    return " = ".join(label_of(value, context) for value in finding.same)


def difference_text(finding: Finding) -> str:
    """``93 % of them are silent, 0.1 % of the others``."""
    of_them, of_others = share_text(finding.counts), share_text(finding.others)
    return f"{of_them} of them are silent, {of_others} of the others"


def chance_text(finding: Finding) -> str:
    """How rarely random failures would show something like it."""
    if finding.log_chance < _BILLION:
        return "chance would show this in less than one of 1,000,000,000 looks"
    looks = int(2.718281828459045**-finding.log_chance)
    return f"chance would show this in less than one of {count_text(looks)} looks"


def apart_text(finding: Finding) -> str:
    """How many of its silent ones the findings above do not have; empty when it is all."""
    if finding.apart == finding.counts.silent:
        return ""
    return f"{count_text(finding.apart)} of its silent ones are not in the findings above"


def also_text(finding: Finding, context: FleetContext) -> str:
    """What narrows it down: ``12 of its 13 silent ones also have group north-yard, 14 of 99
    healthy``; empty when nothing does."""
    silent, healthy = finding.counts
    return "; ".join(
        f"{of_text(counts.silent, silent)} silent with {label_of(value, context)},"
        f" {of_text(counts.healthy, healthy)} healthy"
        for value, counts in finding.also
    )


def wave_text(wave: Wave | None, now: datetime) -> str:
    """When they were last heard."""
    if wave is None:
        return "When they were last heard is not known"
    begin = f"{short_moment(wave.begin)} ({age_ago(wave.begin, now)})"
    if not wave.together:
        return f"Not together: last heard one by one, the first {begin}"
    span = (wave.end - wave.begin).total_seconds()
    within = f"within {duration(span)}" if span >= 60 else "within a minute"
    return f"{of_text(wave.count, wave.total)} were last heard {within} from {begin}"


def nothing_text(blast: Blast) -> tuple[str, str]:
    """Why nothing stands out, and what that means."""
    silent, healthy = blast.tally.total
    if not silent:
        return _nobody(blast)
    if silent < LEAST_SILENT:
        return (
            f"Only {things_text(silent)} {plural(silent, 'is', 'are')} silent.",
            "That is too few to have something in common. v shows all their values.",
        )
    if not healthy:
        return "No healthy Thing is known.", "There is nothing to compare the silent ones with."
    return (
        f"Nothing that the {count_text(silent)} silent Things share is rare among the healthy"
        " ones: they look independent.",
        f"Random failures would look otherwise in at most {LEVEL * 100:.0f} % of all looks."
        " v shows every value with its counts.",
    )


def _nobody(blast: Blast) -> tuple[str, str]:
    if blast.question.query and not blast.question.marked:
        return "Nobody within this filter is silent.", "esc goes back, o without a filter asks all."
    judged = blast.tally.total.healthy
    return "Nobody is silent.", f"{things_text(judged)} were heard within their usual time."


def before_text(suspect: Suspect, wave: Wave) -> str:
    """``12m before``; ``3m after`` the first of them was last heard."""
    at, begin = suspect.change.at, wave.begin
    if at <= begin:
        return f"{age(at, begin)} before" if age(at, begin) != "now" else "just then"
    return f"{age(begin, at)} after" if age(begin, at) != "now" else "just then"


def no_change_text(wave: Wave | None) -> str:
    """That no change is known, and of what time and source."""
    if wave is None:
        return "No moment is known to look for changes before"
    return f"Nothing known here was changed in the 2 hours before {short_moment(wave.begin)}"
