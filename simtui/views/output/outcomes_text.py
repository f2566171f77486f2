"""What a write would do, or did, as plain text for ``simtui apply``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from simtui.views.amounts import count_text
from simtui.views.output.thing_outcomes import Fate, ThingOutcome, counts
from simtui.views.plan.wording import things_text
from simtui.views.text import clean

LISTED: Final = 20
"""Things of a kind that are named; of the others there is only the number."""

_BEFORE: Final[Mapping[str, str]] = {
    Fate.CHANGE: "would change",
    Fate.SKIPPED: "so already",
    Fate.FAILED: "refused by the server",
    Fate.ILLEGAL: "not possible",
}
_AFTER: Final[Mapping[str, str]] = {
    Fate.OK: "done",
    Fate.SKIPPED: "so already",
    Fate.FAILED: "failed",
    Fate.ILLEGAL: "not possible, so not sent",
}


def before_lines(summary: str, outcomes: Sequence[ThingOutcome]) -> Iterator[str]:
    """The plan: how many of what, and which."""
    return _lines(summary, outcomes, _BEFORE)


def after_lines(summary: str, outcomes: Sequence[ThingOutcome]) -> Iterator[str]:
    """The report: how many of what, and which."""
    return _lines(summary, outcomes, _AFTER)


def _lines(
    summary: str, outcomes: Sequence[ThingOutcome], titles: Mapping[str, str]
) -> Iterator[str]:
    numbers = counts(outcomes, titles)
    told = (f"{count_text(number)} {titles[kind]}" for kind, number in numbers.items() if number)
    yield f"{clean(summary)}: {', '.join(told) or things_text(0)}"
    for kind, title in titles.items():
        if numbers[kind]:
            yield ""
            yield f"{title}: {things_text(numbers[kind])}"
            yield from _section([one for one in outcomes if one.outcome == kind])


def _section(outcomes: Sequence[ThingOutcome]) -> Iterator[str]:
    """Reasons that several share are said once, with how many they are."""
    room = LISTED
    for reason, those in _by_reason(outcomes).items():
        if len(those) == 1 and room:
            yield f"  {_who(those[0])}: {reason}"
        elif len(those) > 1:
            yield f"  {count_text(len(those))} × {reason}"
            yield from (f"    {_who(one)}" for one in those[:room])
        room = max(room - len(those), 0)
    if len(outcomes) > LISTED:
        yield f"  … and {count_text(len(outcomes) - LISTED)} more"


def _by_reason(outcomes: Iterable[ThingOutcome]) -> dict[str, list[ThingOutcome]]:
    """The outcomes by their reason, the most frequent first."""
    groups: dict[str, list[ThingOutcome]] = {}
    for one in outcomes:
        groups.setdefault(_reason(one), []).append(one)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def _reason(one: ThingOutcome) -> str:
    parts = (part for part in (one.name or "", one.message) if part)
    return clean(": ".join(parts)) or "no reason was given"


def _who(one: ThingOutcome) -> str:
    """``8931086200000000019 pump-12``; an echo of a ping is nobody's."""
    number = clean(one.iccid or one.thing_id or "echo", 40)
    return f"{number} {clean(one.thing_name, 64)}" if one.thing_name else number
