"""Carrying out the plan of files: confirmed, keys fetched, sent step by step, reported."""

from __future__ import annotations

import argparse
import asyncio
from typing import Final

from simtui.cli.config_keys import keys_of, require_keys
from simtui.cli.config_steps import writes_of
from simtui.cli.confirm import confirm
from simtui.cli.output import write_data, write_text
from simtui.cli.progress_line import progress_line
from simtui.cli.report import print_remark
from simtui.errors import Conflict, OutcomeUnknown, SimtuiError
from simtui.store.config_write import ConfigWrite
from simtui.store.store import Store
from simtui.views.amounts import count_text
from simtui.views.files.file_plan import FilePlan
from simtui.views.files.plan_text import counts_text, plan_json, plan_lines, steps_text
from simtui.views.text import clean

_DONE: Final = "done"
_FAILED: Final = "failed"
_UNKNOWN: Final = "unknown"
_NOT_SENT: Final = "not sent"


async def carry_out(store: Store, plan: FilePlan, arguments: argparse.Namespace) -> None:
    """Ask, get the keys of new tunnels, send every change, and print what became of it.

    Raises:
        UsageError: without a consent or a key; nothing was sent.
        SimtuiError: why a change was not done; those before it stay done.
    """
    require_keys(plan.steps)
    if not arguments.yes:
        question = f"Carry out {counts_text(plan)}?"
        confirm(plan_lines(plan, prune=arguments.prune), question)
    writes = writes_of(plan.steps, keys_of(plan.steps), store)
    begun = [0]
    try:
        await _save(store, writes, begun)
    except SimtuiError as error:
        _add_notes(error, begun[-1], len(writes), arguments.directory)
        if arguments.json:
            outcomes = _outcomes(begun[-1], len(writes), error)
            write_data([plan_json(plan, dry_run=False, outcomes=outcomes, error=str(error))])
        raise
    if arguments.json:
        outcomes = _outcomes(len(writes) + 1, len(writes), None)
        write_data([plan_json(plan, dry_run=False, outcomes=outcomes)])
    else:
        write_text([write.summary for write in writes])
        write_text(["", f"Done: {steps_text(len(writes))}"])


async def _save(store: Store, writes: list[ConfigWrite], begun: list[int]) -> None:
    """Send them; the last of ``begun`` is the number of the one under way."""

    def on_step(number: int) -> None:
        begun.append(number)

    def text() -> str:
        number = max(begun[-1], 1)
        return f"{number} of {len(writes)}: {writes[number - 1].summary}"

    try:
        async with progress_line(text):
            await store.saving.save(writes, on_step, on_unknown=_tell_lost)
    except asyncio.CancelledError:
        print_remark(f"what was sent may still be done. {_where_it_stands(begun[-1])}")
        raise


def _where_it_stands(begun: int) -> str:
    return f"what is known of it: simtui journal --last {max(begun, 1)}"


def _tell_lost() -> None:
    print_remark("an answer was lost; looking up what became of it")


def _outcomes(begun: int, total: int, error: SimtuiError | None) -> list[str]:
    ended = _UNKNOWN if isinstance(error, OutcomeUnknown) else _FAILED
    return [
        _DONE if number < begun else ended if number == begun else _NOT_SENT
        for number in range(1, total + 1)
    ]


def _add_notes(error: SimtuiError, begun: int, total: int, directory: str) -> None:
    done = max(begun - 1, 0)
    error.add_note(f"  {count_text(done)} of {steps_text(total)} done; {_where_it_stands(begun)}")
    if isinstance(error, Conflict):
        error.add_note(f"  Run plan again to see how it is now: simtui plan {clean(directory)}")
