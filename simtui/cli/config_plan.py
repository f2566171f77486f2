"""From a directory and an account to the plan of what would be changed."""

from __future__ import annotations

from pathlib import Path

from simtui.cli.config_account import find_things, read_configuration
from simtui.cli.config_directory import read_directory
from simtui.cli.output import write_data, write_text
from simtui.clock import Clock
from simtui.store.store import Store
from simtui.views.files.file_plan import FilePlan, plan_of, read_intent, things_to_find
from simtui.views.files.plan_text import plan_json, plan_lines


async def read_file_plan(store: Store, clock: Clock, directory: Path, *, prune: bool) -> FilePlan:
    """What would be done; nothing is sent that changes anything.

    Raises:
        UsageError: with a note for every mistake in the files.
        SimtuiError: what has to be read cannot be read.
    """
    found = read_directory(directory)
    configuration = await read_configuration(store)
    intent = read_intent(found.files, found.folders, configuration, prune=prune)
    things = await find_things(store, things_to_find(intent))
    return plan_of(intent, things, clock.now())


def print_file_plan(plan: FilePlan, *, prune: bool, as_json: bool) -> None:
    """What would be done, on stdout."""
    if as_json:
        write_data([plan_json(plan, dry_run=True)])
    else:
        write_text(plan_lines(plan, prune=prune))
