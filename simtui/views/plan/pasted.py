"""Things by a pasted list of ICCIDs, from a ticket, a mail or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simtui.models import Thing
from simtui.views.identity import Checked, check_iccid
from simtui.views.plan.iccid_words import iccid_words
from simtui.views.plan.selection import Selection, select_iccids
from simtui.views.plan.wording import named

WITHOUT_CHECK_DIGIT = 19


@dataclass(frozen=True, slots=True)
class PastedProblem:
    """A part of the paste that is no Thing's ICCID; ``line`` counts from 1."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """The Things that were found, each once, and what was not understood."""

    selection: Selection
    problems: tuple[PastedProblem, ...]


def select_pasted(text: str, things: Iterable[Thing]) -> Pasted:
    """The Things whose ICCIDs stand in ``text``, one a line or with separators between.

    Of a CSV line the other columns are left out. Spaces, hyphens, quotes and a trailing
    ``F`` are taken off, and 19 digits may lack the check digit (contract §9).
    """
    numbers = _Numbers(things)
    found: dict[str, Thing] = {}
    problems: list[PastedProblem] = []
    for line, word in iccid_words(text):
        thing = numbers.find(word)
        if isinstance(thing, Thing):
            found[thing.thing_id] = thing
        else:
            problems.append(PastedProblem(line, named(word), thing))
    return Pasted(select_iccids(tuple(found.values())), tuple(problems))


class _Numbers:
    """The ICCIDs of a fleet, whole and without their check digit."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._whole: dict[str, Thing] = {}
        self._starts: dict[str, list[Thing]] = {}
        for thing in things:
            self._whole[thing.iccid] = thing
            if len(thing.iccid) == WITHOUT_CHECK_DIGIT + 1:
                self._starts.setdefault(thing.iccid[:WITHOUT_CHECK_DIGIT], []).append(thing)

    def find(self, text: str) -> Thing | str:
        """The Thing, or the reason why there is none.

        A Thing's own number is right even when its check digit is not: the server may
        have such numbers.
        """
        checked = check_iccid(text)
        if exact := self._whole.get(checked.value):
            return exact
        starting = self._starts.get(checked.value, [])
        if len(starting) == 1:
            return starting[0]
        return _why_not(checked, starting)


def _why_not(checked: Checked, starting: list[Thing]) -> str:
    if starting:
        return f"{len(starting)} Things have an ICCID that begins so; give all 20 digits."
    if checked.ok or checked.is_prefix:
        nor = ", nor one that begins so" if len(checked.value) == WITHOUT_CHECK_DIGIT else ""
        return f"No Thing of this account has this ICCID{nor}."
    return checked.reason
