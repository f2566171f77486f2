"""``simtui thing ICCID``: all that is known of one Thing, on stdout."""

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
    parser = subparsers.add_parser("thing", help="print one Thing and exit", allow_abbrev=False)
    add_iccid(parser)
    add_shared_options(parser, "profile", "read_only")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Find the Thing and print it. Raises ``SimtuiError``."""
    return print_thing(arguments, _lines)


async def _lines(profile: Profile, iccid: Checked, arguments: argparse.Namespace) -> list[str]:
    from simtui.cli.open_store import open_store
    from simtui.cli.read_context import read_context
    from simtui.cli.read_thing_parts import read_thing_parts
    from simtui.store.find_thing import find_thing
    from simtui.views.output.json_text import thing_json
    from simtui.views.output.sections_text import section_lines
    from simtui.views.thing_detail import thing_sections

    clock = SystemClock()
    async with open_store(profile, clock, read_only=arguments.read_only) as store:
        thing = await find_thing(store, iccid.value, is_prefix=iccid.is_prefix)
        if arguments.json:
            return [thing_json(thing, indent=2)]
        context = await read_context(store, clock)
        parts = await read_thing_parts(store, thing.thing_id)
        return list(section_lines(thing_sections(thing, context, parts)))
