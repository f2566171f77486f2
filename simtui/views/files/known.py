"""What something in the files can refer to, and which of it a text means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.models.config_change import Ref
from simtui.models.settings import Settings
from simtui.views.config.names import KIND_NAMES, name_of
from simtui.views.files.intended import Intended
from simtui.views.filter.problem import nearest, one_of
from simtui.views.identity import check_iccid
from simtui.views.plan.wording import listed, named

_EXAMPLE: Final = "simtui export writes the names that there are"


@dataclass(frozen=True, slots=True)
class Known:
    """The objects of a kind that something can refer to."""

    kind: str
    names: Mapping[str, str]
    going: Mapping[str, str]

    def find(self, text: str) -> str:
        """The id that a text means: an id itself, or the name that one of them has."""
        if text in self.names:
            return text
        found = [identity for identity, name in self.names.items() if name == text]
        if len(found) == 1:
            return found[0]
        word = KIND_NAMES[self.kind]
        if found:
            raise UsageError(
                f"More than one {word} is called {named(text)}",
                "A name that several have cannot be referred to",
                f"Give an id instead: {listed(found)}",
            )
        if text in self.going or text in self.going.values():
            raise UsageError(
                f"The {word} {named(text)} is only in the account and would be deleted",
                "What something refers to stays",
                "Put it into the files, or leave out --prune",
            )
        raise self._unknown(text, word)

    def _unknown(self, text: str, word: str) -> UsageError:
        names = sorted({name for name in self.names.values() if name})
        close = nearest(text, names)
        return UsageError(
            f"There is no {word} {named(text)}",
            f"Expected {one_of(names)}, or an id" if names else f"There is no {word} yet",
            f"Did you mean {close}?" if close else _EXAMPLE,
        )


def known_of(kind: str, parent_id: str, intended: Intended) -> Known:
    """The objects of a kind in one place."""
    return Known(
        kind,
        _names(intended.settings(kind, parent_id)),
        _names(intended.going(kind, parent_id)),
    )


def things_by_text(things: Mapping[str, Thing]) -> dict[str, Thing]:
    """The Things by their ids, and by their ICCIDs where only one has it."""
    often = Counter(thing.iccid for thing in things.values())
    by_iccid = {thing.iccid: thing for thing in things.values() if often[thing.iccid] == 1}
    return {**by_iccid, **things}


def thing_of(text: str, things: Mapping[str, Thing]) -> Thing | None:
    """The Thing that an id or an ICCID means, among ``things_by_text``."""
    return things.get(text) or things.get(check_iccid(text).value)


def _names(objects: Iterable[tuple[Ref, Settings]]) -> dict[str, str]:
    return {ref.object_id: name_of(settings) for ref, settings in objects}
