"""What ``simtui apply`` is told to do, as far as it can be checked without the API."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simtui.cli.confirm import require_somebody
from simtui.cli.filter_option import check_filter
from simtui.errors import UsageError

STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Order:
    """An action by its words, exactly one kind of target, and how to go about it.

    ``pasted`` is the text of a file with ICCIDs. ``expect`` is how many Things the target
    must have.
    """

    action: str
    words: tuple[str, ...]
    filter: str | None = None
    iccids: tuple[str, ...] = ()
    pasted: str | None = None
    reason: str | None = None
    end_session: bool = False
    valid: str | None = None
    sender: str | None = None
    again: bool = False
    dry_run: bool = False
    expect: int | None = None
    yes: bool = False
    as_json: bool = False
    read_only: bool = False


def read_order(arguments: argparse.Namespace) -> Order:
    """The order of a command line; reads the file of ``--iccids-from``.

    Raises ``UsageError`` for an unknown action, for a target that is missing, double or
    unreadable, and when nobody could confirm it.
    """
    from simtui.views.plan.action_words import find_word

    action = find_word(arguments.words[0])
    _check_target(arguments)
    check_filter(arguments.filter)
    if not (arguments.yes or arguments.dry_run):
        require_somebody()
    return Order(
        action=action.name,
        words=tuple(arguments.words[1:]),
        filter=arguments.filter,
        iccids=tuple(arguments.iccid),
        pasted=_text_of(arguments.iccids_from) if arguments.iccids_from is not None else None,
        reason=arguments.reason,
        end_session=arguments.end_session,
        valid=arguments.valid,
        sender=arguments.sender,
        again=arguments.again,
        dry_run=arguments.dry_run,
        expect=arguments.expect,
        yes=arguments.yes,
        as_json=arguments.json,
        read_only=arguments.read_only,
    )


def _check_target(arguments: argparse.Namespace) -> None:
    targets = {
        "--filter": arguments.filter is not None,
        "--iccid": bool(arguments.iccid),
        "--iccids-from": arguments.iccids_from is not None,
    }
    given = [name for name, there in targets.items() if there]
    if len(given) != 1:
        problem = f"{' and '.join(given)} are more than one" if given else "A target is missing"
        raise UsageError(
            "It is not clear which Things are meant",
            problem,
            f"Say one of {', '.join(targets)}",
        )


def _text_of(name: str) -> str:
    try:
        if name == STDIN:
            return sys.stdin.read()
        return Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or ""
    except UnicodeDecodeError:
        reason = "It is not a text in UTF-8"
    raise UsageError(f"{name} cannot be read", reason, "Give a file with an ICCID on each line")
