"""What can be typed behind ``:``: places with an argument, and the twins of keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from simtui.errors import UsageError
from simtui.ui.key import Key

ARGUMENTS: Mapping[str, str] = {
    "things": "a filter",
    "filter": "a filter",
    "thing": "an ICCID",
    "why": "an ICCID",
    "blast": "a filter",
    "sort": "a column",
    "columns": "a set of columns",
    "profile": "a profile",
    "changes": "a time such as 8h, 22:00, 2026-11-22, visit or all",
    "export": "a file that ends in .json or .csv",
}
"""The commands that take an argument, and what it is."""

_REQUIRED = frozenset({"thing", "sort", "profile", "export"})
_ALIASES = {"quit!": "quit", "exit": "quit", "h": "help", "?": "help", "!": "error"}

Candidates = Callable[[str, str], Sequence[str]]
"""From a command and its argument so far to the arguments it could become."""


@dataclass(frozen=True, slots=True)
class Order:
    """A command that was understood; ``key`` is its row when it is a key's twin."""

    name: str
    argument: str = ""
    key: Key | None = None


def parse_order(text: str, keys: Sequence[Key], actions: Collection[str] = ()) -> Order:
    """What was typed, as an order; ``actions`` are words that take any argument.

    Raises:
        UsageError: for an unknown command, a missing or a superfluous argument.
    """
    name, _, argument = text.strip().removeprefix(":").partition(" ")
    name, argument = _ALIASES.get(name, name), argument.strip()
    twins = {key.command: key for key in keys if key.command}
    if name in actions:
        return Order(name, argument)
    if name not in twins and name not in ARGUMENTS:
        raise _unknown(name, sorted({*twins, *ARGUMENTS, *actions}))
    if argument and name not in ARGUMENTS:
        raise UsageError(f":{name} takes no argument")
    if not argument and name in _REQUIRED:
        raise UsageError(f":{name} needs {ARGUMENTS[name]}")
    return Order(name, argument, None if argument else twins.get(name))


def complete_order(
    text: str, keys: Sequence[Key], candidates: Candidates, actions: Collection[str] = ()
) -> list[str]:
    """The whole lines that ``text`` could become."""
    name, space, argument = text.partition(" ")
    if space:
        return [f"{name} {whole}" for whole in candidates(name, argument)]
    twins = {key.command for key in keys if key.command}
    more = {*ARGUMENTS, *actions}
    return [
        f"{known} " if known in more else known
        for known in sorted({*twins, *more})
        if known.startswith(name)
    ]


def _unknown(name: str, known: Sequence[str]) -> UsageError:
    near = get_close_matches(name, known, n=1)
    return UsageError(
        f"There is no command :{name}" if name else "Nothing was typed",
        f"did you mean :{near[0]}?" if near else "",
        "tab shows what there is",
    )
