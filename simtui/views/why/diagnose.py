"""From the evidence to the ladder, the likely cause in one sentence, and what would help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from simtui.models.action import Ping
from simtui.views.why.address import judge_address
from simtui.views.why.coverage import judge_coverage
from simtui.views.why.device import judge_device
from simtui.views.why.evidence import Evidence
from simtui.views.why.lifecycle import judge_lifecycle
from simtui.views.why.many import judge_many
from simtui.views.why.offline import judge_offline
from simtui.views.why.path import judge_path
from simtui.views.why.rung import Remedy, Rung
from simtui.views.why.services import judge_services
from simtui.views.why.sessions import judge_sessions

Conclusion: TypeAlias = Literal["CAUSE", "DEVICE", "WELL", "UNKNOWN"]
"""``DEVICE`` is by elimination: it is offline, and everything that the API tells is well."""

LADDER: Final[tuple[Callable[[Evidence], Rung], ...]] = (
    judge_offline,
    judge_many,
    judge_lifecycle,
    judge_services,
    judge_device,
    judge_sessions,
    judge_address,
    judge_path,
    judge_coverage,
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The rungs in order, and what they come to.

    ``named`` is the rung that the cause is taken from, None without one. With ``waiting``
    an answer may still change it.
    """

    rungs: tuple[Rung, ...]
    conclusion: Conclusion
    sentence: str
    named: Rung | None = None
    remedy: Remedy | None = None
    waiting: bool = False


def diagnose(evidence: Evidence) -> Diagnosis:
    """Climb the ladder. The first failed rung that explains the silence is the likely cause;
    nothing is concluded from what is not known."""
    rungs = tuple(judge(evidence) for judge in LADDER)
    cause = _cause(rungs)
    if cause is not None:
        before = rungs[: rungs.index(cause)] if not cause.weak else rungs
        return Diagnosis(
            rungs,
            "CAUSE",
            _named(rungs[0], cause),
            cause,
            cause.remedy,
            any(rung.waiting for rung in before),
        )
    waiting = any(rung.waiting for rung in rungs)
    conclusion, sentence, remedy = _without_cause(rungs)
    return Diagnosis(rungs, conclusion, sentence, None, remedy, waiting)


def _cause(rungs: tuple[Rung, ...]) -> Rung | None:
    failed = [rung for rung in rungs if rung.verdict == "FAIL" and rung.cause]
    strong = next((rung for rung in failed if not rung.weak), None)
    return strong or next(iter(failed), None)


def _named(symptom: Rung, cause: Rung) -> str:
    if symptom.verdict == "PASS":
        return f"Not offline by its session, but: {cause.cause}."
    if symptom.verdict == "UNKNOWN":
        return f"Whether it is offline is not known; if it is, the likely cause: {cause.cause}."
    return f"Likely cause: {cause.cause}."


def _without_cause(rungs: tuple[Rung, ...]) -> tuple[Conclusion, str, Remedy | None]:
    symptom, others = rungs[0], rungs[1:]
    unknown = " · ".join(rung.name for rung in others if rung.verdict == "UNKNOWN")
    left_out = f" Not known: {unknown}." if unknown else ""
    if symptom.verdict == "UNKNOWN":
        return "UNKNOWN", f"Don't know whether it is offline: {symptom.found}.{left_out}", None
    if symptom.verdict == "PASS":
        told = symptom.found.removeprefix("No: ")
        return "WELL", f"Nothing is wrong as far as the API tells: {told}.{left_out}", None
    unexplained = next((rung for rung in others if rung.verdict == "FAIL"), None)
    if unexplained is not None:
        return _unexplained(unexplained, others, left_out)
    if unknown:
        sentence = f"Don't know why: no other check failed, but not all is known: {unknown}."
        return "UNKNOWN", sentence, None
    sentence = (
        "Likely the device itself, its power or its antenna: all that the API tells is in"
        " order, and it tells nothing about the device."
    )
    return "DEVICE", sentence, Remedy("Ping it to be sure, then look at it on site", Ping())


def _unexplained(
    rung: Rung, others: tuple[Rung, ...], left_out: str
) -> tuple[Conclusion, str, Remedy | None]:
    """Something failed that does not explain the silence, or not any more."""
    found = f"Don't know why. {rung.name}: {rung.found}"
    passed = {one.name for one in others if one.verdict == "PASS"}
    if rung.elsewhere in passed:
        words = "Wait some minutes for its next try; restart the device if it does not come back"
        sentence = f"{found}; that is in order by now, so it may come back by itself.{left_out}"
        return "UNKNOWN", sentence, Remedy(words)
    return "UNKNOWN", f"{found}; that alone explains no silence.{left_out}", None
