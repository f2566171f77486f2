"""The options that several commands take, before the command or after it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from simtui.errors import UsageError

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where a command adds its parser."""

_FLAGS: Final[Mapping[str, Mapping[str, Any]]] = {
    "profile": {"metavar": "NAME", "help": "the profile of the configuration file to use"},
    "read_only": {"action": "store_true", "help": "send nothing that changes anything"},
    "filter": {
        "metavar": "EXPR",
        "help": "only these Things, in the language of / in the app:"
        " 'state:active seen>2h !tag:test'",
    },
}
_AT_TOP: Final[Mapping[str, object]] = {"profile": None, "read_only": False, "filter": None}


def add_shared_options(
    parser: argparse._ActionsContainer, *names: str, at_top: bool = False
) -> None:
    """Let ``parser``, or a group of its options, take these, and remember which they are.

    Only the top parser has defaults: a command's own would overwrite what stood before
    the command.
    """
    for name in names:
        flag = f"--{name.replace('_', '-')}"
        default = _AT_TOP[name] if at_top else argparse.SUPPRESS
        parser.add_argument(flag, dest=name, default=default, **_FLAGS[name])
    parser.set_defaults(shared_options=names)


def add_form_options(parser: argparse.ArgumentParser, json: str) -> None:
    """``--json`` or ``--csv``, else text for people; ``json`` says what the JSON is."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help=json)
    form.add_argument(
        "--csv", dest="form", action="store_const", const="csv", help="as CSV with a header"
    )
    parser.set_defaults(form="text")


def refuse_misplaced_options(parsed: argparse.Namespace) -> None:
    """Raise ``UsageError`` for an option before a command that has no use for it."""
    for name, absent in _AT_TOP.items():
        if name not in parsed.shared_options and getattr(parsed, name) != absent:
            raise UsageError(
                "The command line is not understood",
                f"--{name.replace('_', '-')} means nothing to `simtui {parsed.command}`",
                f"See simtui {parsed.command} --help",
            )
