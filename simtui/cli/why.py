"""``simtui why ICCID``: why a Thing is offline, as far as the API tells, on stdout."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simtui.cli.one_thing import add_iccid, print_thing
from simtui.cli.shared_options import Subparsers, add_shared_options
from simtui.clock import SystemClock

if TYPE_CHECKING:
    from simtui.config.profile import Profile
    from simtui.views.identity import Checked


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "why",
        help="print why a Thing is offline: checks in order, and the likely cause",
        description="Ask about ten questions, judge by the answers, and print each check with"
        " what was found, by what, and how old that is.",
        allow_abbrev=False,
    )
    add_iccid(parser)
    parser.add_argument(
        "--fleet",
        action="store_true",
        help="load the whole fleet as well, to see who else fell silent: a request for every 500"
        " Things",
    )
    add_shared_options(parser, "profile", "read_only")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Find the Thing, ask, and print. Raises ``SimtuiError``."""
    return print_thing(arguments, _lines)


async def _lines(profile: Profile, iccid: Checked, arguments: argparse.Namespace) -> list[str]:
    from simtui.cli.open_store import open_store
    from simtui.cli.read_context import read_context
    from simtui.cli.read_why import read_why
    from simtui.store.find_thing import find_thing
    from simtui.views.output.json_text import safe_json
    from simtui.views.why.words import why_document, why_text

    clock = SystemClock()
    async with open_store(profile, clock, read_only=arguments.read_only) as store:
        thing = await find_thing(store, iccid.value, is_prefix=iccid.is_prefix)
        context = await read_context(store, clock)
        diagnosis = await read_why(store, thing, context, clock, fleet=arguments.fleet)
        if arguments.json:
            return safe_json(why_document(thing, diagnosis, context.now)).split("\n")
        return why_text(thing, diagnosis, context.now)
