"""``simtui apply-config``: make the account what files say, after a person agreed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from simtui.cli.confirm import require_somebody, require_writing
from simtui.cli.output import write_text
from simtui.cli.profile_choice import needed_profile
from simtui.cli.shared_options import Subparsers, add_shared_options
from simtui.clock import SystemClock
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.config.profile import Profile

_FLAGS = {
    "--prune": "delete what is only in the account as well",
    "--dry-run": "print the plan and change nothing",
    "--yes": "do not ask",
    "--json": "print the result as one JSON object",
}


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "apply-config",
        help="make the account what the files of an export say: plan, confirm, apply",
        description="Plan what the files of DIR would change in the account, show it, ask, and"
        " send each change once, in order. It stops at the first one that is not done.",
        allow_abbrev=False,
    )
    parser.add_argument("directory", metavar="DIR", help="a directory that simtui export wrote")
    for flag, words in _FLAGS.items():
        parser.add_argument(flag, action="store_true", help=words)
    add_shared_options(parser, "profile", "read_only")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry the files out; 0 when all of it is done. Raises ``SimtuiError``."""
    import asyncio

    if not (arguments.yes or arguments.dry_run):
        require_somebody()
    profile = needed_profile(arguments, Paths.of_user())
    read_only = arguments.read_only or profile.read_only
    if not arguments.dry_run:
        require_writing("apply-config", read_only=read_only)
    return asyncio.run(_run(profile, arguments, read_only=read_only))


async def _run(profile: Profile, arguments: argparse.Namespace, *, read_only: bool) -> int:
    from simtui.cli.config_apply import carry_out
    from simtui.cli.config_plan import print_file_plan, read_file_plan
    from simtui.cli.open_store import open_store
    from simtui.cli.permission import read_account, require_level
    from simtui.models.permission import Area

    clock, directory = SystemClock(), Path(arguments.directory)
    async with open_store(profile, clock, read_only=read_only) as store:
        plan = await read_file_plan(store, clock, directory, prune=arguments.prune)
        if arguments.dry_run or not plan.steps:
            print_file_plan(plan, prune=arguments.prune, as_json=arguments.json)
            if plan.steps and not arguments.json:
                write_text(["", "Nothing was sent."])
            return 0
        require_level(await read_account(store), Area.NETWORK, "Changing the configuration")
        await carry_out(store, plan, arguments)
        return 0
