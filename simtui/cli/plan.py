"""``simtui plan``: what files would change in the account; nothing is sent."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from simtui.cli.profile_choice import needed_profile
from simtui.cli.shared_options import Subparsers, add_shared_options
from simtui.clock import SystemClock
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.config.profile import Profile
    from simtui.views.files.file_plan import FilePlan


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "plan",
        help="print what the files of an export would change in the account",
        description="Compare the files of DIR with the account and print the difference. Nothing"
        " is sent. The exit code is 0 with differences and without; --json says which.",
        allow_abbrev=False,
    )
    parser.add_argument("directory", metavar="DIR", help="a directory that simtui export wrote")
    parser.add_argument(
        "--prune", action="store_true", help="with the deletion of what is only in the account"
    )
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    add_shared_options(parser, "profile", "read_only")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the plan. Raises ``SimtuiError``, ``UsageError`` for mistakes in the files."""
    import asyncio

    from simtui.cli.config_plan import print_file_plan

    profile = needed_profile(arguments, Paths.of_user())
    plan = asyncio.run(_plan(profile, arguments))
    print_file_plan(plan, prune=arguments.prune, as_json=arguments.json)
    return 0


async def _plan(profile: Profile, arguments: argparse.Namespace) -> FilePlan:
    from simtui.cli.config_plan import read_file_plan
    from simtui.cli.open_store import open_store

    clock = SystemClock()
    async with open_store(profile, clock, read_only=arguments.read_only) as store:
        return await read_file_plan(store, clock, Path(arguments.directory), prune=arguments.prune)
