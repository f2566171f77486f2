"""Commands about one Thing, which is named by its ICCID."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from simtui.cli.iccid_option import checked_iccid
from simtui.cli.output import write_data, write_text
from simtui.cli.profile_choice import needed_profile
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.config.profile import Profile
    from simtui.views.identity import Checked

    Lines = Callable[[Profile, Checked, argparse.Namespace], Awaitable[list[str]]]


def add_iccid(parser: argparse.ArgumentParser) -> None:
    """The Thing, and ``--json``."""
    parser.add_argument(
        "iccid",
        metavar="ICCID",
        help="the number on the card: 19 or 20 digits; blanks, hyphens and a last F do no harm",
    )
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def print_thing(arguments: argparse.Namespace, lines_of: Lines) -> int:
    """Find the Thing and print what ``lines_of`` makes of it. Raises ``SimtuiError``."""
    import asyncio

    async def lines() -> list[str]:
        return await lines_of(profile, iccid, arguments)

    iccid = checked_iccid(arguments.iccid)
    profile = needed_profile(arguments, Paths.of_user())
    (write_data if arguments.json else write_text)(asyncio.run(lines()))
    return 0
