"""What a change of a user means for that user."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simtui.models import UserStatus
from simtui.models.config_change import ConfigChange, Verb
from simtui.models.settings import UserSettings
from simtui.views.cell import Cell

_INVITED: Final = "It is a new invitation: the user is INVITED until the first login."
_DELETED: Final = (
    "The user loses all access. Undoing it invites them again, as a new invitation with a new id."
)
_DISABLED: Final = "The user cannot use the account until somebody enables them again."
_NO_INVITATION: Final = (
    "The invitation cannot be put back: when the user is enabled again, that is as ACTIVE."
)


def user_reach(change: ConfigChange) -> Iterator[Cell]:
    """What to know before it is sent."""
    if change.verb == Verb.CREATE:
        yield Cell(_INVITED, "dim")
    elif change.verb == Verb.DELETE:
        yield Cell(_DELETED, "warn")
    before, after = change.before, change.after
    if not isinstance(before, UserSettings) or not isinstance(after, UserSettings):
        return
    if before.status != after.status and after.status == UserStatus.DISABLED:
        yield Cell(_DISABLED, "warn")
    if before.status == UserStatus.INVITED != after.status:
        yield Cell(_NO_INVITATION, "warn")
