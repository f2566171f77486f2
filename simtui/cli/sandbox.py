"""``simtui sandbox``: the API itself, on this machine, for anything that speaks HTTP."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from typing import TYPE_CHECKING, Final

from simtui.cli.fleet_options import add_fleet_options, check_scenario, whole_number
from simtui.cli.output import flush_output, write_data
from simtui.cli.shared_options import Subparsers

if TYPE_CHECKING:
    from simtui.sandbox.server import Endpoint

DEFAULT_PORT: Final = 8931
"""Always the same one, so that a restarted sandbox is found where it was."""

_VARIABLES: Final = {
    "baseUrl": "SIMTUI_BASE_URL",
    "tokenUrl": "SIMTUI_TOKEN_URL",
    "clientId": "SIMTUI_CLIENT_ID",
    "clientSecret": "SIMTUI_CLIENT_SECRET",
}


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "sandbox",
        help="serve the same API on 127.0.0.1; Ctrl-C ends it",
        description="Serve the API with a made-up fleet on 127.0.0.1. The first line on"
        " stdout is a JSON object with baseUrl, tokenUrl, clientId and clientSecret.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--port",
        metavar="P",
        type=_port,
        default=DEFAULT_PORT,
        help=f"the port to listen on (usually {DEFAULT_PORT}); 0 takes any free one",
    )
    add_fleet_options(parser)
    parser.set_defaults(run=run, shared_options=())


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM. Raises ``SimtuiError`` when the port is taken."""
    check_scenario(arguments.scenario)
    from simtui.sandbox.server import serve

    serve(
        port=arguments.port,
        things=arguments.things,
        seed=arguments.seed,
        fresh=arguments.fresh,
        announce=announce,
        scenario=arguments.scenario,
    )
    return 0


def announce(endpoint: Endpoint) -> None:
    """Tell programs (stdout, one line) and people (stderr) how to connect."""
    connection = endpoint.announcement()
    write_data([json.dumps(connection)])
    flush_output()
    lines = [f"export {name}={shlex.quote(connection[key])}" for key, name in _VARIABLES.items()]
    sys.stderr.write(
        "The sandbox answers. To use it from another terminal:\n\n  "
        + "\n  ".join(lines)
        + "\n\nCtrl-C ends it.\n"
    )
    sys.stderr.flush()


def _port(text: str) -> int:
    return whole_number(text, 0, 65_535)
