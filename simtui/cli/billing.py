"""``simtui billing``: what the account, a group or a Thing costs, on stdout."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from simtui.cli.output import write_data, write_text
from simtui.cli.profile_choice import needed_profile
from simtui.cli.report import print_remark
from simtui.cli.shared_options import Subparsers, add_form_options, add_shared_options
from simtui.clock import SystemClock
from simtui.models.billing import GroupBy
from simtui.paths import Paths

if TYPE_CHECKING:
    from simtui.cli.read_bill import FoundBill
    from simtui.config.profile import Profile

_GROUP_BY: Final = (GroupBy.THING, GroupBy.GROUP, GroupBy.DAY)


def add_parser(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "billing", help="print what it costs, and exit", allow_abbrev=False
    )
    add_form_options(parser, "as one JSON object")
    parser.add_argument(
        "--cycle",
        metavar="CYCLE",
        help="which billing cycle, such as 2026-11; usually the open one",
    )
    parser.add_argument(
        "--scope",
        default="account",
        metavar="SCOPE",
        help="account (the default), group:NAME or thing:ICCID",
    )
    parser.add_argument(
        "--group-by",
        type=str.upper,
        choices=_GROUP_BY,
        default="",
        help="tell the lines apart by Thing, by group or by day",
    )
    add_shared_options(parser, "profile", "read_only")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read the bill and print it. Raises ``SimtuiError``."""
    import asyncio

    from simtui.cli.read_bill import read_scope

    wanted = read_scope(arguments.scope)
    profile = needed_profile(arguments, Paths.of_user())
    _print(asyncio.run(_read(profile, wanted, arguments)), arguments.form)
    return 0


async def _read(
    profile: Profile, wanted: tuple[str, str], arguments: argparse.Namespace
) -> FoundBill:
    from simtui.cli.open_store import open_store
    from simtui.cli.read_bill import read_bill

    clock = SystemClock()
    async with open_store(profile, clock, read_only=arguments.read_only) as store:
        return await read_bill(store, clock, wanted, arguments.cycle, arguments.group_by)


def _print(found: FoundBill, form: str) -> None:
    from simtui.views.billing.export import bill_csv, bill_json
    from simtui.views.billing.text import bill_lines, warnings

    if form == "json":
        write_data(bill_json(found.report, found.names))
    elif form == "csv":
        write_data(bill_csv(found.report, found.names))
    else:
        write_text(bill_lines(found.whole, found.report, found.view, found.names))
    for warning in warnings(found.report, found.view):
        print_remark(warning)
