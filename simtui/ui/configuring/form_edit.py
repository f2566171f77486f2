"""An object that is edited in a form, and what a filled-in form means for the account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from simtui.models.config_change import ConfigChange, Ref
from simtui.models.settings import Settings
from simtui.store.config_now import Now
from simtui.store.config_write import ConfigWrite
from simtui.store.saving import Step
from simtui.store.thing_write import ThingWrite
from simtui.views.cell import Cell
from simtui.views.config.merge import merged
from simtui.views.config.summary import summary_of
from simtui.views.forms.field import Form

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class SavePlan:
    """What would be sent: a change, what has to come before it, and what to know of it.

    ``names`` are readable names by id for its differences.
    """

    change: ConfigChange
    first: tuple[ThingWrite, ...] = ()
    remarks: tuple[Cell, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The requests, in order."""
        return (*self.first, ConfigWrite(self.change, summary_of(self.change)))


@dataclass(frozen=True, slots=True)
class FormEdit(Generic[A]):
    """One object in a form.

    ``form_of`` makes the form that shows some settings; ``plan_of`` turns what was read
    from it into what would be sent, given what the object was before and at which version.
    """

    ref: Ref
    title: str
    form_of: Callable[[Settings | None], Form[A]]
    plan_of: Callable[[A, Settings | None, int], SavePlan]
    before: Settings | None = None
    version: int = 0
    shown: Settings | None = None
    generate: Callable[[], str] | None = None

    @property
    def form(self) -> Form[A]:
        """The form as it opens."""
        return self.form_of(self.shown or self.before)

    def read(self, answers: Mapping[str, str]) -> SavePlan:
        """What the answers mean.

        Raises:
            UsageError: when one of them cannot be.
        """
        return self.plan_of(self.form.read(answers), self.before, self.version)

    def on_top_of(self, now: Now, mine: Settings) -> FormEdit[A]:
        """My wishes on what somebody else made of it meanwhile."""
        wanted = merged(self.before, now.settings, mine) if self.before is not None else mine
        return replace(self, before=now.settings, version=now.version, shown=wanted)
