"""The words of the command line, and the check that they go together."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from simtui import __version__
from simtui.cli import (
    app,
    apply,
    apply_config,
    billing,
    blast,
    changes,
    demo,
    export,
    journal,
    paths,
    plan,
    sandbox,
    thing,
    things,
    why,
)
from simtui.cli.shared_options import add_shared_options, refuse_misplaced_options
from simtui.errors import UsageError

_EPILOG = """\
exit codes: 0 done, 2 usage, 3 configuration or credentials, 4 the API refused or something
  failed, 5 unreachable or the outcome is unknown, 130 interrupted
environment, before the file: SIMTUI_BASE_URL, SIMTUI_TOKEN_URL, SIMTUI_CLIENT_ID,
  SIMTUI_CLIENT_SECRET, SIMTUI_PROFILE, SIMTUI_CONFIG_DIR, SIMTUI_CACHE_DIR, SIMTUI_STATE_DIR
"""


class Parser(argparse.ArgumentParser):
    """Refuses with a ``UsageError``, so that every error looks and ends the same."""

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError`` with argparse's own reason."""
        raise UsageError("The command line is not understood", message, f"See {self.prog} --help")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments, with the command's function as ``run``.

    Raises ``UsageError``; ends the program for ``--help`` and ``--version``.
    """
    parsed = _build().parse_args(arguments)
    refuse_misplaced_options(parsed)
    return parsed


def _build() -> Parser:
    parser = Parser(
        prog="simtui",
        description="A terminal user interface for fleets of IoT SIM cards."
        " Without a command it opens on the fleet of the profile.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"simtui {__version__}")
    add_shared_options(parser, *app.SHARED_OPTIONS, at_top=True)
    parser.set_defaults(run=app.run, command=None, shared_options=app.SHARED_OPTIONS)
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    reading = (things, thing, why, blast, billing, journal, changes)
    writing = (apply, export, plan, apply_config)
    for command in (demo, *reading, *writing, sandbox, paths):
        command.add_parser(subparsers)
    return parser
