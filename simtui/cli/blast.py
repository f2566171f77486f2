"""``simtui blast``: what the silent Things share that the healthy ones do not, on stdout."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simtui.cli.filter_option import check_filter, parsed_filter
from simtui.cli.output import write_data, write_text
from simtui.cli.profile_choice import needed_profile
from simtui.cli.shared_options import Subparsers, add_shared_options
from simtui.clock import SystemClock
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.config.profile import Profile
    from simtui.models.journal import JournalEntry
    from simtui.views.fleet_context import FleetContext
    from simtui.views.fleet_index import FleetIndex


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "blast", help="print what the silent Things share, and exit", allow_abbrev=False
    )
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    add_shared_options(parser, "profile", "read_only", "filter")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Load the fleet, look at it once, and print what was found. Raises ``SimtuiError``."""
    import asyncio

    check_filter(arguments.filter)
    profile = needed_profile(arguments, Paths.of_user())
    index, context, entries = asyncio.run(_read(profile, arguments))
    _print(arguments, profile, index, context, entries)
    return 0


async def _read(
    profile: Profile, arguments: argparse.Namespace
) -> tuple[FleetIndex, FleetContext, tuple[JournalEntry, ...]]:
    """The fleet, the names around it, and what was done from here."""
    from simtui.cli.load_progress import load_progress
    from simtui.cli.open_store import open_store
    from simtui.cli.read_context import read_context
    from simtui.store.queries import FleetQuery
    from simtui.views.fleet_index import FleetIndex

    clock = SystemClock()
    async with (
        open_store(profile, clock, read_only=arguments.read_only) as store,
        load_progress(store),
    ):
        context = await read_context(store, clock)
        fleet = await store.fetch(FleetQuery())
        await store.journal.load_aside()
        return FleetIndex(fleet.things.values()), context, store.journal.entries


def _print(
    arguments: argparse.Namespace,
    profile: Profile,
    index: FleetIndex,
    context: FleetContext,
    entries: tuple[JournalEntry, ...],
) -> None:
    from simtui.cli.read_history import read_history
    from simtui.models.change import ChangesWanted
    from simtui.views.blast.changes import changes_of_journal
    from simtui.views.blast.look import Look
    from simtui.views.blast.question import Question
    from simtui.views.blast.report import accounts_of, report_lines
    from simtui.views.blast.seen_changes import LOOKED_AT, SUSPICIOUS, changes_of_history
    from simtui.views.filter.vocabulary import vocabulary_of
    from simtui.views.output.blast_json import blast_json

    query = parsed_filter(arguments.filter, vocabulary_of(context))
    blast = Look(index, context, Question(query)).finish()
    wanted = ChangesWanted(context.now - LOOKED_AT, kinds=SUSPICIOUS)
    seen = changes_of_history(read_history(Paths.of_user(), profile, wanted).changes, context)
    changes = (*changes_of_journal(entries, context), *seen)
    accounts = accounts_of(blast, index, changes)
    if arguments.json:
        write_data([blast_json(blast, accounts, context)])
    else:
        write_text(report_lines(blast, accounts, context))
