"""One action on many Things, as one request (contract §6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from simtui.models.action import Action

MOST_THING_IDS: Final = 1000
"""How many Things a request can name by their ids."""

REHEARSAL: Final = "simtui dry run"
"""The ``clientReference`` of a dry run: the server's list of jobs does not tell it otherwise."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which Things are meant: exactly one of a tag, a group, and a list of ids."""

    thing_ids: tuple[str, ...] = ()
    tag: str | None = None
    things_group_id: str | None = None


@dataclass(frozen=True, slots=True)
class BulkRequest:
    """What to send. The server refuses it when the target is not ``expected_count`` Things.

    A ``dry_run`` changes nothing and answers what would happen. Retiring for good needs
    ``confirm_count``. By ``client_reference`` (at most 64 characters) the job of a request
    whose answer was lost is found again; ``message_reference`` is that of each SMS it sends.
    """

    action: Action
    target: Target
    expected_count: int
    dry_run: bool = False
    confirm_count: int | None = None
    client_reference: str | None = None
    message_reference: str | None = None
