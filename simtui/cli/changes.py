"""``simtui changes``: what was seen to change, from the file of the profile, on stdout."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simtui.cli.output import write_data, write_text
from simtui.cli.profile_choice import needed_profile
from simtui.cli.read_history import read_history
from simtui.cli.report import print_remark
from simtui.cli.shared_options import Subparsers, add_form_options, add_shared_options
from simtui.clock import SystemClock
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.config.profile import Profile
    from simtui.models.change import Change, ChangesWanted
    from simtui.views.history.since import Since


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "changes", help="print what was seen to change, and exit", allow_abbrev=False
    )
    add_form_options(parser, "as one JSON array")
    parser.add_argument(
        "--since",
        metavar="TIME",
        default="24h",
        help="since when it was seen: 8h, 22:00 (the last one, local time), 22:00Z, 2026-11-22,"
        " visit (the end of the last one) or all; usually 24h",
    )
    parser.add_argument("--thing", metavar="ICCID", help="only of this Thing")
    add_shared_options(parser, "profile")
    parser.add_argument(
        "--filter",
        metavar="WORDS",
        default=argparse.SUPPRESS,
        help="only changes that have all these words, and none behind a !: 'pump-12 !session'",
    )
    parser.set_defaults(run=run, shared_options=("profile", "filter"))


def run(arguments: argparse.Namespace) -> int:
    """Print them, the newest last; nothing is connected. Raises ``SimtuiError``."""
    paths = Paths.of_user()
    profile = needed_profile(arguments, paths)
    since, wanted = _wanted(arguments, paths, profile)
    found = read_history(paths, profile, wanted)
    _print(tuple(reversed(found.changes)), arguments.form)
    if not found.changes and arguments.form == "text":
        _explain_nothing(paths, profile, since)
    return 0


def _wanted(
    arguments: argparse.Namespace, paths: Paths, profile: Profile
) -> tuple[Since, ChangesWanted]:
    from simtui.cli.iccid_option import checked_iccid
    from simtui.models.change import ChangesWanted
    from simtui.store.last_visit import LastVisit, visit_file
    from simtui.views.history.since import parse_since

    clock = SystemClock()
    visit = LastVisit(visit_file(paths, profile.name), clock).previous
    since = parse_since(arguments.since, clock.now(), visit)
    iccid = checked_iccid(arguments.thing).value if arguments.thing is not None else ""
    return since, ChangesWanted(since.start, iccid=iccid, words=arguments.filter or "")


def _print(changes: tuple[Change, ...], form: str) -> None:
    from simtui.views.history.export import changes_csv, changes_json
    from simtui.views.history.lines import change_lines

    if form == "json":
        write_data(changes_json(changes))
    elif form == "csv":
        write_data(changes_csv(changes))
    else:
        write_text(change_lines(changes))


def _explain_nothing(paths: Paths, profile: Profile, since: Since) -> None:
    from simtui.models.change import ChangesWanted

    total = read_history(paths, profile, ChangesWanted()).total
    if total:
        print_remark(f"None of the {total:,} changes in the history is one of these, {since.said}.")
    else:
        print_remark("Nothing was seen to change with this profile yet.")
