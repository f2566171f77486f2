"""A plan: what a write would do to each Thing, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from simtui.models import Thing
from simtui.models.action import Action, RenameTag, SetState
from simtui.models.bulk import Target
from simtui.views.cell import Cell
from simtui.views.plan.selection import Selection
from simtui.views.plan.wording import things_text
from simtui.views.text import clean


@dataclass(frozen=True, slots=True)
class Change:
    """What changes on a Thing, as texts that are safe to print."""

    thing: Thing
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a Thing is left alone, as a sentence that is safe to print."""

    thing: Thing
    reason: str


class Phrase(NamedTuple):
    """An action in words, around those it is done to: ``Move`` … ``to group North yard``."""

    verb: str = "Change"
    tail: str = ""

    def with_object(self, whom: str) -> str:
        """The whole: ``Move 3 Things to group North yard``."""
        return " ".join(part for part in (self.verb, whom, self.tail) if part)


@dataclass(frozen=True, slots=True)
class Plan:
    """An action on a selection, judged: each Thing changes, is so already, or must not.

    ``typed`` is what a person has to type to confirm: the ICCID of the one Thing or the
    plain number of Things that are retired; empty for what can be taken back.
    ``remarks`` follow from the changes; ``cautions`` are what whoever asked for the plan has to
    know besides, such as what an undo does not take back. ``can_end_session`` counts the
    changes that leave a running session (contract §4).
    """

    action: Action
    selection: Selection
    changes: tuple[Change, ...]
    skipped: tuple[Objection, ...] = ()
    illegal: tuple[Objection, ...] = ()
    remarks: tuple[Cell, ...] = ()
    cautions: tuple[Cell, ...] = ()
    typed: str = ""
    can_end_session: int = 0
    phrase: Phrase = field(default_factory=Phrase)

    @property
    def things(self) -> tuple[Thing, ...]:
        """The Things that change."""
        return tuple(change.thing for change in self.changes)

    @property
    def target(self) -> Target:
        """Whom to name to the server: the tag or the group, else each Thing that changes.

        By a tag or a group only when the server, which judges the whole of it, leaves the
        same Things alone as this plan does.
        """
        if self._can_go_by_name:
            return Target(tag=self.selection.tag, things_group_id=self.selection.things_group_id)
        return Target(thing_ids=tuple(change.thing.thing_id for change in self.changes))

    @property
    def expected(self) -> int:
        """How many Things the target has, for ``expectedCount`` (contract §6)."""
        return len(self.selection.things) if self._can_go_by_name else len(self.changes)

    @property
    def summary(self) -> str:
        """``Suspend pump-12``, ``Suspend 470 Things (tag depot-7)``."""
        if self._is_single:
            return clean(self.phrase.with_object(self.selection.words))
        whom = things_text(len(self.changes))
        return clean(f"{self.phrase.with_object(whom)} ({self.selection.words})")

    @property
    def question(self) -> str:
        """What is confirmed, with the number in it: ``Suspend 470 Things?``."""
        whom = self.selection.words if self._is_single else things_text(len(self.changes))
        return clean(f"{self.phrase.with_object(whom)}?")

    @property
    def _is_single(self) -> bool:
        selection = self.selection
        named = selection.tag is None and selection.things_group_id is None
        return named and len(selection.things) == 1

    @property
    def _can_go_by_name(self) -> bool:
        named = self.selection.tag is not None or self.selection.things_group_id is not None
        return named and not self.illegal and self._server_skips_the_skipped

    @property
    def _server_skips_the_skipped(self) -> bool:
        """Whether what is skipped here is left alone by the server without being told."""
        if isinstance(self.action, RenameTag):
            return False  # adding the new tag is asked for first, of Things without the old too
        if isinstance(self.action, SetState):
            wanted = self.action.state
            return all(objection.thing.state == wanted for objection in self.skipped)
        return True
