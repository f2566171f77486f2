"""``simtui apply``: do something to Things, from a script or by hand."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from simtui.cli.apply_order import read_order
from simtui.cli.confirm import require_writing
from simtui.cli.fleet_options import whole_number
from simtui.cli.profile_choice import needed_profile
from simtui.cli.shared_options import Subparsers, add_shared_options
from simtui.clock import SystemClock
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.cli.apply_order import Order
    from simtui.config.profile import Profile

_MOST: Final = 10_000_000
_USAGE: Final = "simtui apply ACTION [ARGUMENT ...] TARGET [OPTION ...]"
_DESCRIPTION: Final = """\
Plan an action on Things, show the plan, ask, do it once, and report on every Thing.
"""


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "apply",
        help="do something to Things: plan, confirm, apply, report",
        usage=_USAGE,
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.add_argument("words", metavar="ACTION", nargs="+", help="an action, see below")
    _add_target(parser.add_argument_group("target, one of"))
    _add_options(parser)
    parser.set_defaults(run=run, shared_options=("profile", "read_only", "filter"))


def run(arguments: argparse.Namespace) -> int:
    """Carry the order out; 4 when anything failed or was not possible. Raises ``SimtuiError``."""
    import asyncio

    order = read_order(arguments)
    profile = needed_profile(arguments, Paths.of_user())
    read_only = order.read_only or profile.read_only
    if not order.dry_run:
        require_writing(order.action, read_only=read_only)
    return asyncio.run(_run(profile, order, read_only=read_only))


async def _run(profile: Profile, order: Order, *, read_only: bool) -> int:
    from simtui.cli.apply_plan import read_plan
    from simtui.cli.apply_run import carry_out, rehearse_only
    from simtui.cli.open_store import open_store

    clock = SystemClock()
    async with open_store(profile, clock, read_only=read_only) as store:
        plan = await read_plan(store, clock, order)
        if order.dry_run:
            return await rehearse_only(store, plan, order, read_only=read_only)
        return await carry_out(store, plan, order)


def _add_target(group: argparse._ArgumentGroup) -> None:
    add_shared_options(group, "filter")
    group.add_argument(
        "--iccid", metavar="ICCID", action="append", default=[], help="this Thing; can be repeated"
    )
    group.add_argument(
        "--iccids-from",
        metavar="FILE",
        help="the Things of a list, one ICCID a line; - is the standard input",
    )


def _add_options(parser: argparse.ArgumentParser) -> None:
    flags: dict[str, dict[str, Any]] = {
        "--reason": {"metavar": "TEXT", "help": "why a state is changed, for its history"},
        "--end-session": {"action": "store_true", "help": "cut the running sessions as well"},
        "--valid": {"metavar": "TIME", "help": "how long a message is tried: 90, 2h, 1d"},
        "--sender": {"metavar": "WHO", "help": "whom a message says it is from"},
        "--again": {
            "action": "store_true",
            "help": "send a text also to those who were sent the very same one within the hour",
        },
        "--dry-run": {"action": "store_true", "help": "print the plan and change nothing"},
        "--expect": {
            "metavar": "N",
            "type": _number,
            "help": "send nothing unless the target has exactly N Things",
        },
        "--yes": {"action": "store_true", "help": "do not ask; retiring needs --expect as well"},
        "--json": {"action": "store_true", "help": "print the result as one JSON object"},
    }
    for flag, settings in flags.items():
        parser.add_argument(flag, **settings)
    add_shared_options(parser, "profile", "read_only")
    parser.add_argument("-h", "--help", action=_HelpWithActions, nargs=0, help="show this and exit")


def _number(text: str) -> int:
    return whole_number(text, 1, _MOST)


class _HelpWithActions(argparse.Action):
    """Shows the help; only then the table of actions is worth loading."""

    def __call__(
        self, parser: argparse.ArgumentParser, *_others: object, **_options: object
    ) -> None:
        parser.epilog = "\n".join(_action_lines())
        parser.print_help()
        parser.exit()


def _action_lines() -> Iterator[str]:
    from simtui.views.plan.action_words import ACTION_WORDS

    width = max(len(word.usage) for word in ACTION_WORDS.values())
    yield "actions:"
    for word in ACTION_WORDS.values():
        yield f"  {word.usage:<{width}}  {word.help}"
