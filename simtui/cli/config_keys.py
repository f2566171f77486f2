"""The pre-shared keys of new tunnels: told by a program, or typed where nobody sees them."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence

from simtui.cli.confirm import ctrl_c_at_once
from simtui.config.secret_command import secret_from_command
from simtui.errors import ConfigError, UsageError
from simtui.secret import Secret
from simtui.views.fields.ipsec import parse_psk
from simtui.views.files.steps import Step


def require_keys(steps: Sequence[Step]) -> None:
    """Go on only if every new tunnel can get its key.

    Raises:
        UsageError: one has no ``psk_command``, and nobody is there to type it.
    """
    for step in steps:
        if step.makes_tunnel and not step.psk_command and not _somebody_is_there():
            raise UsageError(
                f"The key of {step.change.title} is missing",
                "Its table has no psk_command, and there is no terminal to type the key at",
                'Give it one, for example psk_command = ["pass", "show", "vpn/depots"]',
            )


def keys_of(steps: Sequence[Step]) -> dict[int, Secret]:
    """The keys of new tunnels, by the places of their steps.

    Raises:
        ConfigError: a program does not tell one. No error holds any of a key.
        UsageError: a key is not allowed, or was not typed the same twice.
    """
    return {number: _key_of(step) for number, step in enumerate(steps) if step.makes_tunnel}


def _key_of(step: Step) -> Secret:
    title = step.change.title
    told = _told(step.psk_command, title) if step.psk_command else _typed(title)
    try:
        return parse_psk(told.reveal())
    except UsageError as error:
        refused = UsageError(f"{error.title} ({title})", error.detail, error.hint)
    raise refused


def _told(command: tuple[str, ...], title: str) -> Secret:
    try:
        return secret_from_command(command)
    except ConfigError as error:
        failed = ConfigError(
            f"The psk_command of {title} failed",
            error.detail,
            "Run it by hand to see why; the first line it prints must be the key",
        )
    raise failed


def _typed(title: str) -> Secret:
    with ctrl_c_at_once():
        first = getpass.getpass(f"Pre-shared key of {title}: ", sys.stderr)
        second = getpass.getpass("The same again: ", sys.stderr)
    if first != second:
        raise UsageError("The two keys differ", f"Both were for {title}", "Nothing was sent")
    return Secret(first)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
