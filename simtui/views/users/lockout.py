"""Who keeps their rights: the last active administrator, and oneself (contract §3.10).

The server refuses it too (412); it is told here before anything is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from simtui.models import User, UserStatus
from simtui.models.config_change import ConfigChange, Kind
from simtui.models.settings import Settings, UserSettings, settings_of
from simtui.views.forms.field import FieldError
from simtui.views.plan.wording import named

ADMINISTRATOR: Final = "ADMINISTRATOR"
LEVEL_FIELD: Final = "permission_level"
STATUS_FIELD: Final = "status"
_LAST_HINT: Final = (
    "Make another user an active ADMINISTRATOR first; one that is INVITED or DISABLED does not"
    " count"
)
_SELF_HINT: Final = "Ask another administrator to do it"

Users = Mapping[str, UserSettings]
"""The users of the account by id, as far as they can be set."""


def users_as_set(users: Iterable[User]) -> Users:
    """What can be set of each user, by id."""
    found = {user.user_id: settings_of(user) for user in users}
    return {key: one for key, one in found.items() if isinstance(one, UserSettings)}


def is_active_administrator(user: UserSettings) -> bool:
    """Whether this user may change users now."""
    return user.permission_level == ADMINISTRATOR and user.status == UserStatus.ACTIVE


def last_administrator(users: Users) -> str:
    """The id of the only active administrator; empty when there are others, or none."""
    found = [user_id for user_id, user in users.items() if is_active_administrator(user)]
    return found[0] if len(found) == 1 else ""


def check_rights(user_id: str, wanted: UserSettings | None, users: Users, own_id: str = "") -> None:
    """Refuse what takes the last administrator, or one's own rights, away.

    ``wanted`` is None for a user who is to be deleted; ``own_id`` is who we are, empty when
    that is not known.

    Raises:
        FieldError: about the field that takes the rights away; of a deletion too.
    """
    user = users.get(user_id)
    if user is None:
        return
    keeps = wanted is not None and is_active_administrator(wanted)
    if user_id == last_administrator(users) and not keeps:
        raise FieldError(
            _field(user, wanted),
            f"User {named(user.email)} is the last active administrator",
            "Without one nobody could invite or change users any more",
            _LAST_HINT,
        )
    if user_id == own_id and _rights(wanted) != _rights(user):
        raise FieldError(
            _field(user, wanted),
            f"User {named(user.email)} is you, and nobody takes away their own rights",
            "",
            _SELF_HINT,
        )


def why_user_stays(user_id: str, users: Users, own_id: str = "") -> str:
    """Why a user cannot be deleted, as sentences; empty when that can be."""
    try:
        check_rights(user_id, None, users, own_id)
    except FieldError as error:
        return str(error)
    return ""


def check_lockout(change: ConfigChange, siblings: Mapping[str, Settings], own_id: str = "") -> None:
    """As ``check_rights``, for any change; only those of users are refused.

    ``siblings`` are the objects of its kind as they are now, by id.

    Raises:
        FieldError: why it cannot be.
    """
    if change.ref.kind != Kind.USER:
        return
    users = {key: one for key, one in siblings.items() if isinstance(one, UserSettings)}
    wanted = change.after if isinstance(change.after, UserSettings) else None
    check_rights(change.ref.object_id, wanted, users, own_id)


def _rights(user: UserSettings | None) -> tuple[str, str | None] | None:
    return (user.permission_level, user.status) if user is not None else None


def _field(user: UserSettings, wanted: UserSettings | None) -> str:
    changes_level = wanted is not None and wanted.permission_level != user.permission_level
    return LEVEL_FIELD if changes_level or wanted is None else STATUS_FIELD
