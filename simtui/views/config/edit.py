"""An edit that is not saved yet: where it began, what it is now, and the steps between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

S = TypeVar("S")

MOST_STEPS: Final = 500
"""Steps that can be undone; earlier ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Edit(Generic[S]):
    """``base`` is what the server had at ``version``; ``steps`` are what it became since,
    oldest first, of which the one at ``at`` is the present one."""

    base: S
    version: int
    steps: tuple[S, ...]
    at: int = 0

    @classmethod
    def of(cls, base: S, version: int, mine: S | None = None) -> Edit[S]:
        """An edit that begins at ``base``, with ``mine`` as its first step if there is one."""
        steps = (base,) if mine is None or mine == base else (base, mine)
        return cls(base, version, steps, len(steps) - 1)

    @property
    def mine(self) -> S:
        """What it is now."""
        return self.steps[self.at]

    @property
    def is_unsaved(self) -> bool:
        """Whether saving would change anything."""
        return self.mine != self.base

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return self.at + 1 < len(self.steps)

    def change(self, wanted: S) -> Edit[S]:
        """One step further; what was undone before is forgotten."""
        if wanted == self.mine:
            return self
        steps = (*self.steps[: self.at + 1], wanted)[-MOST_STEPS:]
        return replace(self, steps=steps, at=len(steps) - 1)

    def undo(self) -> Edit[S]:
        """One step back; the first step stays."""
        return replace(self, at=max(self.at - 1, 0))

    def redo(self) -> Edit[S]:
        """One step forth again."""
        return replace(self, at=min(self.at + 1, len(self.steps) - 1))
