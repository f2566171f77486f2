"""Where it is: the service works in NL, BE and LU (contract §3.2)."""

from __future__ import annotations

from datetime import datetime

from simtui.views.ages import age_ago, moment_text
from simtui.views.amounts import NOTHING
from simtui.views.plan.wording import named
from simtui.views.things.coverage import COVERED, is_covered, place_text
from simtui.views.why.evidence import Evidence
from simtui.views.why.rung import Remedy, Rung, RungName, unknown


def judge_coverage(evidence: Evidence) -> Rung:
    """It has to be inside the coverage countries where it was last."""
    place = _place(evidence)
    if place is None:
        waiting = evidence.thing.waiting or evidence.session.waiting
        return unknown(RungName.COVERAGE, "Where it was last is not told", waiting=waiting)
    mcc, country, operator, at = place
    where = named(f"{country or COVERED.get(mcc) or 'MCC'} {mcc}")
    when = age_ago(at, evidence.now)
    facts = (f"Operator {named(operator or NOTHING)}", f"Told {moment_text(at, evidence.now)}")
    if is_covered(mcc):
        found = f"Last in {named(place_text(mcc, country))}, {when}"
        return Rung(RungName.COVERAGE, "PASS", found, facts, at)
    home = ", ".join(COVERED.values())
    return Rung(
        RungName.COVERAGE,
        "FAIL",
        f"Last in {where}, {when}: outside {home}",
        facts,
        at,
        f"it is outside the coverage: last in {where}, {when}",
        remedy=Remedy(f"It works again in {home}; elsewhere it needs another SIM"),
    )


def _place(evidence: Evidence) -> tuple[str, str | None, str | None, datetime | None] | None:
    """MCC, country, operator and when; the session knows it better than the list."""
    session, thing = evidence.session.value, evidence.thing.value
    location = thing.last_location if thing is not None else None
    if session is not None and session.mcc:
        at = (location.at if location is not None else None) or session.as_of
        return session.mcc, session.country, session.operator_name, at
    if location is None or not location.mcc:
        return None
    return location.mcc, None, location.mnc, location.at
