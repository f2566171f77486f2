"""Carrying out changes of the configuration that a person confirmed, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from simtui.errors import OutcomeUnknown, SimtuiError
from simtui.models.config_change import YET_TO_BE_MADE, ConfigChange, Verb
from simtui.models.plain import plain_of, settings_from
from simtui.models.saved import Saved
from simtui.models.settings import Settings
from simtui.store.command import Command
from simtui.store.config_now import read_siblings
from simtui.store.config_write import ConfigWrite
from simtui.store.desk import Desk
from simtui.store.outbox import Outbox, Part, new_id
from simtui.store.thing_write import ThingWrite
from simtui.store.verdict import job_or_raise

Step: TypeAlias = ConfigWrite | ThingWrite
OnStep: TypeAlias = Callable[[int], None]
"""Hears the number of the step that is about to be sent, from 1 on."""


def _unheard(number: int) -> None:
    """Nobody waits for it."""


class Saving:
    """Sends steps in order, each once, and stops at the first one that is not done."""

    def __init__(self, desk: Desk, outbox: Outbox) -> None:
        self._desk = desk
        self._outbox = outbox

    async def save(
        self,
        steps: Sequence[Step],
        on_step: OnStep = _unheard,
        *,
        on_unknown: Callable[[], None] = lambda: None,
        undoes: str | None = None,
    ) -> None:
        """Carry out all steps as one operation of the journal.

        ``on_unknown`` hears that an answer was lost and what became of it is looked up. Ids
        that stand for objects of earlier steps are replaced by what these became. A
        tunnel counts as done when the server has taken it; its job is followed meanwhile.

        Raises:
            SimtuiError: why a step was not done; those before it stay done.
        """
        operation, made = new_id(), dict[str, str]()
        for number, step in enumerate(steps, 1):
            on_step(number)
            step = _resolved(step, made)
            part = Part(operation, number, len(steps), undoes)
            object_id = await self._send(step, part, on_unknown)
            if isinstance(step, ConfigWrite) and _is_named(step.change):
                made[step.change.ref.object_id] = object_id or await self._find(step.change)

    async def _send(self, step: Step, part: Part, on_unknown: Callable[[], None]) -> str:
        """The id of what it made, as far as the answer tells."""
        command: Command[Any] = step
        try:
            answer = await self._outbox.run(command, part)
        except OutcomeUnknown as lost:
            on_unknown()
            entry = await self._outbox.verdict(part.entry_id)
            job_or_raise(entry, lost)
            return entry.object_id or ""
        return answer.object_id if isinstance(answer, Saved) else ""

    async def _find(self, change: ConfigChange) -> str:
        """The id of something that a job makes: it is listed from the start."""
        for one in await read_siblings(self._desk, change.ref):
            if one.object_id not in change.known and _name(one.settings) == _name(change.after):
                return one.object_id
        raise SimtuiError(f"{change.title} was not found after it was made")


def _is_named(change: ConfigChange) -> bool:
    """Whether later steps may speak of what it makes."""
    return change.verb == Verb.CREATE and change.ref.object_id.startswith(YET_TO_BE_MADE)


def _resolved(step: Step, made: dict[str, str]) -> Step:
    if not isinstance(step, ConfigWrite) or not made:
        return step
    change = step.change
    ref = replace(change.ref, parent_id=made.get(change.ref.parent_id, change.ref.parent_id))
    after = settings_from(ref.kind, _replaced(plain_of(change.after), made))
    return replace(step, change=replace(change, ref=ref, after=after))


def _replaced(plain: Any, made: dict[str, str]) -> Any:
    """With the ids that are known by now; a name that looks like one stays a name."""
    if isinstance(plain, list):
        return [_replaced(value, made) for value in plain]
    if not isinstance(plain, dict):
        return plain
    return {
        name: made.get(value, value) if name.endswith("_id") and value else _replaced(value, made)
        for name, value in plain.items()
    }


def _name(settings: Settings | None) -> str:
    return getattr(settings, "name", "")
