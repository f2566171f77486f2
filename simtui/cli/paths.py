"""``simtui paths``: where the files are."""

from __future__ import annotations

import argparse

from simtui.cli.output import write_text
from simtui.cli.shared_options import Subparsers
from simtui.paths import Paths


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("paths", help="print where the files are, and exit")
    parser.set_defaults(run=run, shared_options=())


def run(_arguments: argparse.Namespace) -> int:
    """Print a line for each place, whether or not something is there yet."""
    paths = Paths.of_user()
    places = {"config": paths.config_file, "cache": paths.cache_dir, "state": paths.state_dir}
    write_text(f"{name:<7} {place}" for name, place in places.items())
    return 0
