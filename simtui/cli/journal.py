"""``simtui journal``: what was done from here with a profile, on stdout."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simtui.cli.output import write_data, write_text
from simtui.cli.profile_choice import needed_profile
from simtui.cli.report import print_remark
from simtui.cli.shared_options import Subparsers, add_form_options, add_shared_options
from simtui.clock import SystemClock
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.config.profile import Profile
    from simtui.models.journal import JournalEntry


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "journal", help="print what was done from here, and exit", allow_abbrev=False
    )
    add_form_options(parser, "as one JSON array")
    parser.add_argument(
        "--last", type=_count, metavar="N", help="only the latest N of them; the newest is last"
    )
    add_shared_options(parser, "profile")
    parser.add_argument(
        "--filter",
        metavar="WORDS",
        default=argparse.SUPPRESS,
        help="only writes that have all these words: 'suspend unknown pump-12'",
    )
    parser.set_defaults(run=run, shared_options=("profile", "filter"))


def run(arguments: argparse.Namespace) -> int:
    """Print the journal; nothing is connected. Raises ``SimtuiError``."""
    paths = Paths.of_user()
    entries = _read(needed_profile(arguments, paths), paths)
    shown = _chosen(entries, arguments.filter, arguments.last)
    _print(shown, arguments.form)
    if not shown and arguments.form == "text":
        _explain_nothing(len(entries))
    return 0


def _read(profile: Profile, paths: Paths) -> tuple[JournalEntry, ...]:
    from simtui.store.journal.author import Author
    from simtui.store.journal.file import JournalFile, journal_file
    from simtui.store.journal.journal import Journal

    author = Author.of_this_process(profile.name, profile.base_url)
    journal = Journal(JournalFile(journal_file(paths, profile.name)), author, SystemClock())
    journal.load_all()
    return journal.entries


def _chosen(
    entries: tuple[JournalEntry, ...], words: str | None, last: int | None
) -> tuple[JournalEntry, ...]:
    from simtui.views.journal.search import matches

    passing = tuple(entry for entry in entries if matches(entry, words or ""))
    return passing if last is None else passing[-last:]


def _print(entries: tuple[JournalEntry, ...], form: str) -> None:
    from simtui.views.journal.export import journal_csv, journal_json
    from simtui.views.journal.lines import journal_lines

    if form == "json":
        write_data(journal_json(entries))
    elif form == "csv":
        write_data(journal_csv(entries))
    else:
        write_text(journal_lines(entries))


def _explain_nothing(total: int) -> None:
    if total:
        print_remark(f"None of the {total:,} writes in the journal has all these words.")
    else:
        print_remark("Nothing was changed from here with this profile yet.")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)
