"""A revive on its way: reset, wait, SMS, wait, report; whoever looks, and after a kill again.

How far it is, the run says, which is on the disk; what was sent, the journal says. So what a
step has sent is never sent again: it takes its outcome from there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from simtui.errors import SimtuiError
from simtui.models import Sms, Thing
from simtui.models.action import Action, ResetConnection
from simtui.models.bulk import Target
from simtui.models.runbook import ReviveStep, Run, StepState
from simtui.store.operation import Assignment
from simtui.store.runs import Runs
from simtui.store.sent import Sent, what_was_sent
from simtui.store.store import Store
from simtui.ui.runbook.looking import is_hurried, messages_now, things_now
from simtui.views.plan.wording import thing_name, things_text
from simtui.views.runbook import revive_steps as steps
from simtui.views.runbook.revive_plan import the_sms, why_no_command
from simtui.views.runbook.words import run_title
from simtui.views.text import clean

LOOK_EVERY: Final = timedelta(seconds=30)
"""How often is looked while it waits."""


class Reviving:
    """One run; ``on_change`` hears that something is to be shown, also of the end."""

    def __init__(
        self, store: Store, runs: Runs, run_id: str, on_change: Callable[[], None]
    ) -> None:
        self.trouble = ""
        """Why it is not known how the Things are, while that is so."""
        self._store = store
        self._runs = runs
        self._run_id = run_id
        self._on_change = on_change
        self._woken = asyncio.Event()
        self._ended = False
        self._task = asyncio.get_running_loop().create_task(self._go())

    @property
    def done(self) -> bool:
        """Whether it does nothing more."""
        return self._ended or self._task.done()

    @property
    def run(self) -> Run:
        """The run as it is now."""
        run = self._runs.find(self._run_id)
        assert run is not None
        return run

    def look(self) -> None:
        """Time has passed."""
        self._woken.set()

    async def close(self) -> None:
        """Do nothing more; what was sent goes on, and the run can be gone on with."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    def stop(self) -> None:
        """Give it up: what was sent stays sent."""
        self._task.cancel()
        self._ended = True
        self._keep(steps.stopped(self.run, self._runs.now()))

    async def _go(self) -> None:
        settings = self.run.settings
        try:
            await self._send(ReviveStep.RESET)
            await self._wait(ReviveStep.LOOK, settings.reset_minutes)
            await self._send(ReviveStep.SMS)
            await self._wait(ReviveStep.VERIFY, settings.sms_minutes)
        except SimtuiError as error:
            self._keep(steps.failed(self.run, str(error)))
        self._ended = True
        self._on_change()

    def _keep(self, run: Run) -> None:
        if run != self.run:
            self._runs.keep(run)
            self._on_change()

    # What is sent

    async def _send(self, name: str) -> None:
        """Send what the step sends, unless that has been sent."""
        if not self.run.step(name).is_open:
            return
        if name == ReviveStep.SMS and (why := self._why_no_sms()):
            self._keep(steps.sms_skipped(self.run, why, self._runs.now()))
            return
        sent = await self._sent_before(name)
        if sent is None:
            sent = await self._send_now(name)
        if sent is not None and sent.refused:
            raise SimtuiError("It was refused, so nothing was done", sent.refused)
        now = self._runs.now()
        if sent is not None:
            self._keep(steps.sent(self.run, name, sent.at, sent.items, now))
        elif name == ReviveStep.SMS:
            self._keep(steps.sms_skipped(self.run, "none of them can get one", now))
        else:
            raise SimtuiError("None of the Things is there any more", "", "x gives it up")

    def _why_no_sms(self) -> str:
        if not self.run.settings.text:
            return "it has no text"
        return "" if steps.to_look_for(self.run) else "all are back"

    async def _sent_before(self, name: str) -> Sent | None:
        """What became of the step before this; None when it is still to be sent."""
        step = self.run.step(name)
        sent = await what_was_sent(self._store, step.operations[-1])
        if sent is not None and sent.refused and step.state == StepState.FAILED:
            self._keep(steps.tried_again(self.run, name))
            return None
        return sent

    async def _send_now(self, name: str) -> Sent | None:
        """Send it, to those it can be sent to; None when there are none. What it will be in
        the journal is on the disk before."""
        known = await things_now(self._store, steps.to_look_for(self.run))
        if name == ReviveStep.SMS:
            self._keep(steps.without_sms(self.run, known))
        whom = [
            thing
            for one in steps.to_look_for(self.run)
            if (thing := known.get(one.thing_id)) is not None and self._gets_it(name, thing)
        ]
        await self._runs.keep_now(steps.begun(self.run, name, self._runs.now()))
        self._on_change()
        if not whom:
            return None
        operation = self.run.step(name).operations[-1]
        running = self._store.operations.start(self._assignment(name, whom), operation)
        failure: SimtuiError | None = None
        try:
            await running.wait()
        except SimtuiError as error:
            failure = error
        sent = await what_was_sent(self._store, operation)
        if sent is None and failure is not None:
            raise failure
        return sent

    def _gets_it(self, name: str, thing: Thing) -> bool:
        return name == ReviveStep.RESET or not why_no_command(self.run.settings, thing)

    def _assignment(self, name: str, whom: Sequence[Thing]) -> Assignment:
        """In the words that the journal has of it."""
        called = thing_name(whom[0]) if len(whom) == 1 else things_text(len(whom))
        action: Action = ResetConnection()
        summary = f"Reset the connection of {called}"
        if name == ReviveStep.SMS:
            action = the_sms(self.run.settings)
            summary = f"Send SMS “{clean(action.text, 40)}” to {called}"
        target = Target(tuple(thing.thing_id for thing in whom))
        return Assignment(action, tuple(whom), target, len(whom), summary, run_title(self.run))

    # What is waited for

    async def _wait(self, name: str, minutes: int) -> None:
        """Look now and then until all are back, or the wait is over and one look came through."""
        if not self.run.step(name).is_open:
            return
        self._keep(steps.waiting(self.run, name, minutes, self._runs.now()))
        due = self._runs.now() + LOOK_EVERY
        while self.run.step(name).is_open:
            now, until = self._runs.now(), self.run.step(name).until
            over = until is None or now >= until
            if (over or now >= due) and (over or not is_hurried(self._store)):
                due = await self._looked(name, over=over)
            if self.run.step(name).is_open:
                await self._time_passes(due if over else None)

    async def _looked(self, name: str, *, over: bool) -> datetime:
        """Look once, and say when to look again."""
        trouble = ""
        try:
            things = await things_now(self._store, steps.to_look_for(self.run))
            messages = await self._messages(name)
        except SimtuiError as error:
            trouble = error.title
        else:
            now = self._runs.now()
            self._keep(steps.looked(self.run, name, things, messages, now, final=over))
        if trouble != self.trouble:
            self.trouble = trouble
            self._on_change()
        return self._runs.now() + LOOK_EVERY

    async def _messages(self, name: str) -> Mapping[str, Sms]:
        if name != ReviveStep.VERIFY:
            return {}
        return await messages_now(self._store, self.run.step(ReviveStep.SMS).operations[-1])

    async def _time_passes(self, until: datetime | None) -> None:
        """Until somebody says that it has; at least until then."""
        while True:
            self._woken.clear()
            await self._woken.wait()
            if until is None or self._runs.now() >= until:
                return
