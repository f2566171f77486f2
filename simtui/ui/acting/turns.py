"""Plans that are to be confirmed one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from simtui.models.action import Action


@dataclass(frozen=True, slots=True)
class Turn:
    """A plan to come: an action on the Things of these ids, as they are then.

    ``undoes`` is the journal's entry that it takes back, ``remark`` what to know of that.
    """

    action: Action
    words: str
    thing_ids: tuple[str, ...]
    undoes: str | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """The turns behind the plan that is shown, which is number ``number`` of all of them.

    The next one comes when the plan is confirmed or, ``after_each``, when it is done.
    """

    others: Sequence[Turn] = field(default_factory=tuple)
    after_each: bool = False
    number: int = 1

    @property
    def counter(self) -> str:
        """``1 of 2``; empty for a plan of its own."""
        turns = self.number + len(self.others)
        return f"{self.number} of {turns}" if turns > 1 else ""
