"""``simtui export``: the configuration of the account as files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from simtui.cli.output import write_text
from simtui.cli.profile_choice import needed_profile
from simtui.cli.report import print_remark
from simtui.cli.shared_options import Subparsers, add_shared_options
from simtui.clock import SystemClock
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.config.profile import Profile
    from simtui.views.files.configuration import Configuration


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "export",
        help="write groups, networks, IP profiles, NAT rules and tunnels as files",
        description="Write groups, networks, IP profiles, NAT rules and IPsec tunnels as TOML"
        " files, without keys. The same account always gives the same files.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "directory", metavar="DIR", help="a new or empty directory, or an earlier export"
    )
    add_shared_options(parser, "profile", "read_only")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read the account and write the files. Raises ``SimtuiError``."""
    import asyncio

    from simtui.cli.config_directory import write_export
    from simtui.views.files.exported import exported

    profile = needed_profile(arguments, Paths.of_user())
    configuration = asyncio.run(_read(profile, read_only=arguments.read_only))
    texts = exported(configuration)
    written = write_export(Path(arguments.directory), texts)
    write_text([_summary(arguments.directory, len(texts), configuration)])
    for path in written.removed:
        print_remark(f"removed {path}: it is not in the account any more, or has another name")
    for path in written.left_alone:
        print_remark(f"left alone {path}: it is not of the account")
    return 0


async def _read(profile: Profile, *, read_only: bool) -> Configuration:
    from simtui.cli.config_account import read_configuration
    from simtui.cli.open_store import open_store

    async with open_store(profile, SystemClock(), read_only=read_only) as store:
        return await read_configuration(store)


def _summary(directory: str, files: int, configuration: Configuration) -> str:
    from simtui.views.plan.wording import plural
    from simtui.views.text import clean

    parts = (
        (len(configuration.groups), "group", "groups"),
        (len(configuration.networks), "network", "networks"),
        (len(configuration.profiles), "IP profile", "IP profiles"),
    )
    told = ", ".join(f"{count} {plural(count, one, many)}" for count, one, many in parts)
    return f"{clean(directory)}: {files} {plural(files, 'file', 'files')} with {told}"
