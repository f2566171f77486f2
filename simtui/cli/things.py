"""``simtui things``: the fleet, or the part of it that passes a filter, on stdout."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from simtui.cli.filter_option import check_filter, parsed_filter
from simtui.cli.habits import with_habits
from simtui.cli.output import write_data, write_text
from simtui.cli.profile_choice import needed_profile
from simtui.cli.report import print_remark
from simtui.cli.shared_options import Subparsers, add_form_options, add_shared_options
from simtui.clock import SystemClock
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.config.profile import Profile
    from simtui.models import Thing
    from simtui.views.fleet_context import FleetContext


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("things", help="print the Things and exit", allow_abbrev=False)
    add_form_options(parser, "as one JSON array")
    add_shared_options(parser, "profile", "read_only", "filter")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Load the fleet and print it. Raises ``SimtuiError``."""
    import asyncio

    check_filter(arguments.filter)
    profile = needed_profile(arguments, Paths.of_user())
    things, context, total = asyncio.run(_read(profile, arguments))
    _print(things, context, arguments.form)
    if not things and arguments.form == "text":
        _explain_nothing(total)
    return 0


async def _read(
    profile: Profile, arguments: argparse.Namespace
) -> tuple[list[Thing], FleetContext, int]:
    """The Things that pass, what their names are, and how many Things there are."""
    from simtui.cli.load_progress import load_progress
    from simtui.cli.open_store import open_store
    from simtui.cli.read_context import read_context
    from simtui.store.queries import FleetQuery

    clock = SystemClock()
    async with (
        open_store(profile, clock, read_only=arguments.read_only) as store,
        load_progress(store),
    ):
        context = await read_context(store, clock)
        fleet = await store.fetch(FleetQuery())
        context = with_habits(context, fleet.things.values(), arguments.filter)
        return _passing(fleet.things.values(), context, arguments.filter), context, len(fleet)


def _passing(things: Iterable[Thing], context: FleetContext, text: str | None) -> list[Thing]:
    """Those that pass, by ICCID: pages arrive in any order, and scripts compare outputs.

    Raises ``UsageError`` for a group, network or IP profile that there is not.
    """
    from simtui.views.filter.evaluate import compile_filter
    from simtui.views.filter.vocabulary import vocabulary_of

    passes = compile_filter(parsed_filter(text, vocabulary_of(context)), context)
    return sorted(filter(passes, things), key=lambda thing: (thing.iccid, thing.thing_id))


def _print(things: list[Thing], context: FleetContext, form: str) -> None:
    from simtui.views.output.csv_text import csv_lines
    from simtui.views.output.json_text import json_array
    from simtui.views.output.table_text import table_lines

    if form == "json":
        write_data(json_array(things))
    elif form == "csv":
        write_data(csv_lines(things, context))
    else:
        write_text(table_lines(things, context))


def _explain_nothing(total: int) -> None:
    if total:
        print_remark(f"None of the {total:,} Things passes the filter.")
    else:
        print_remark("There are no Things in this account yet; the vendor's portal adds them.")
