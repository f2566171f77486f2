"""The options that describe a made-up fleet, for ``demo`` and ``sandbox``."""

from __future__ import annotations

import argparse
from typing import Final

DEFAULT_THINGS: Final = 2_000
FEWEST_THINGS: Final = 10
MOST_THINGS: Final = 1_000_000
DEFAULT_SEED: Final = 1


def add_fleet_options(parser: argparse.ArgumentParser) -> None:
    """Let ``parser`` take the size, the seed and the freshness of a fleet."""
    parser.add_argument(
        "--things",
        metavar="N",
        type=_things,
        default=DEFAULT_THINGS,
        help=f"how many Things, {FEWEST_THINGS} to {MOST_THINGS:,} (usually {DEFAULT_THINGS:,})",
    )
    parser.add_argument(
        "--seed",
        metavar="S",
        type=_seed,
        default=DEFAULT_SEED,
        help="a whole number; the same one makes the same fleet",
    )
    parser.add_argument(
        "--fresh",
        action="store_true",
        help="an account as shipped: every Thing PROVISIONED in the default group",
    )
    parser.add_argument(
        "--scenario",
        metavar="NAME",
        help="something has happened to one Thing, for example tunnel-down; docs/sandbox.md"
        " lists them, and a wrong name does",
    )


def check_scenario(name: str | None) -> None:
    """Raise ``UsageError`` that names all scenarios when there is none of that name."""
    if name is None:
        return
    from simtui.errors import UsageError
    from simtui.sandbox.bad_order import BadOrder
    from simtui.sandbox.scenarios.play import scenario_named

    try:
        scenario_named(name)
    except BadOrder as error:
        raise UsageError("--scenario is not understood", str(error)) from None


def whole_number(text: str, lowest: int, highest: int) -> int:
    """A number within bounds; ``100,000`` and ``100_000`` are fine too.

    Raises ``argparse.ArgumentTypeError`` with what was expected.
    """
    digits = text.replace(",", "").replace("_", "")
    if digits.isascii() and digits.isdigit() and len(digits) <= 20:
        number = int(digits)
        if lowest <= number <= highest:
            return number
    raise argparse.ArgumentTypeError(
        f'expected a whole number from {lowest} to {highest:,}, not "{text}"'
    )


def _things(text: str) -> int:
    return whole_number(text, FEWEST_THINGS, MOST_THINGS)


def _seed(text: str) -> int:
    return whole_number(text, 0, 2**63 - 1)
