"""``simtui demo``: the app on a fleet that is made up on the spot."""

from __future__ import annotations

import argparse

from simtui.cli.filter_option import check_filter
from simtui.cli.fleet_options import add_fleet_options, check_scenario
from simtui.cli.shared_options import Subparsers, add_shared_options
from simtui.cli.terminal import require_terminal
from simtui.paths import Paths


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "demo",
        help="open the app on a made-up fleet: no network, no configuration",
        allow_abbrev=False,
    )
    add_fleet_options(parser)
    add_shared_options(parser, "read_only", "filter")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the app on the sandbox; the user's own files are neither read nor written."""
    check_filter(arguments.filter)
    check_scenario(arguments.scenario)
    require_terminal()
    from simtui.ui.launch import DemoOptions, run_app

    with Paths.temporary() as paths:
        return run_app(
            None,
            paths=paths,
            read_only=arguments.read_only,
            filter_text=arguments.filter or _the_thing_of(arguments.scenario),
            demo=DemoOptions(
                things=arguments.things,
                seed=arguments.seed,
                fresh=arguments.fresh,
                scenario=arguments.scenario,
            ),
        )


def _the_thing_of(scenario: str | None) -> str | None:
    """The filter that shows the Thing that a scenario happened to."""
    return f"tag:scenario-{scenario}" if scenario else None
