"""What can be asked of Things: each action as a value (contract §2, §4, §6).

An action says what, never of whom. ``kind`` is its name in the journal and on the
command line; how the API spells it is the dialect's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias


@dataclass(frozen=True, slots=True)
class SetState:
    """Go to another lifecycle state; ``end_session`` also cuts the running data session,
    which a change of state alone does not (contract §4). With ``only_from`` only Things in
    that state are meant: what was never in service must not be put into it by a "resume"."""

    kind: ClassVar[str] = "set-state"
    state: str
    reason: str = ""
    end_session: bool = False
    only_from: str | None = None


@dataclass(frozen=True, slots=True)
class Describe:
    """Give one Thing another name or description; None leaves it as it is."""

    kind: ClassVar[str] = "describe"
    name: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class SetTags:
    """Give one Thing exactly these tags."""

    kind: ClassVar[str] = "set-tags"
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddTags:
    """Add the tags that are lacking."""

    kind: ClassVar[str] = "add-tags"
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveTags:
    """Take these tags away."""

    kind: ClassVar[str] = "remove-tags"
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenameTag:
    """Put the tag ``new`` in the place of ``old``, on the Things that have ``old``."""

    kind: ClassVar[str] = "rename-tag"
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class MoveToGroup:
    """Move to another Things Group; taken at the next session (contract §3.3)."""

    kind: ClassVar[str] = "move"
    things_group_id: str


@dataclass(frozen=True, slots=True)
class SetServices:
    """Allow exactly these services; none of them blocks all (contract §3.1)."""

    kind: ClassVar[str] = "services"
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LockIp:
    """Tie an address to the Thing: ``address``, which is for one Thing, or the present lease."""

    kind: ClassVar[str] = "lock-ip"
    address: str | None = None


@dataclass(frozen=True, slots=True)
class UnlockIp:
    """Turn the lock into a lease."""

    kind: ClassVar[str] = "unlock-ip"


@dataclass(frozen=True, slots=True)
class SetImeiLock:
    """Let the SIM work in one device, in one model of device (TAC), or in any (EXT)."""

    kind: ClassVar[str] = "imei-lock"
    enabled: bool
    imei: str | None = None
    tac: str | None = None


@dataclass(frozen=True, slots=True)
class ResetConnection:
    """Cut the data session, so that the device attaches anew (EXT)."""

    kind: ClassVar[str] = "reset"


@dataclass(frozen=True, slots=True)
class Ping:
    """Send echo requests to one Thing (EXT): 1 to 10 of them, 0 to 1472 bytes each."""

    kind: ClassVar[str] = "ping"
    count: int = 3
    size: int = 56


@dataclass(frozen=True, slots=True)
class SendSms:
    """Send a text by SMS (contract §3.8), which each Thing may fill in with its own facts
    (`simtui.models.sms_template`).

    The platform tries for ``validity_minutes``, 5 to 4320. ``sender`` is up to 15 digits or
    up to 11 letters and digits; empty leaves it to the platform. ``again_of`` is the message
    that this one repeats. For ``verify_minutes`` it is looked whether the Thing comes back
    online; 0 does not look.
    """

    kind: ClassVar[str] = "send-sms"
    text: str
    validity_minutes: int = 1440
    sender: str = ""
    again_of: str = ""
    verify_minutes: int = 0


Action: TypeAlias = (
    SetState
    | Describe
    | SetTags
    | AddTags
    | RemoveTags
    | RenameTag
    | MoveToGroup
    | SetServices
    | LockIp
    | UnlockIp
    | SetImeiLock
    | ResetConnection
    | Ping
    | SendSms
)

ACTIONS: Final[Mapping[str, type[Action]]] = {
    action.kind: action
    for action in (
        SetState,
        Describe,
        SetTags,
        AddTags,
        RemoveTags,
        RenameTag,
        MoveToGroup,
        SetServices,
        LockIp,
        UnlockIp,
        SetImeiLock,
        ResetConnection,
        Ping,
        SendSms,
    )
}
"""Every action by its kind."""
