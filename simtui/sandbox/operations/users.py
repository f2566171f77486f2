"""The users of the account (contract §3.10)."""

from __future__ import annotations

from typing import Any

from simtui.sandbox import limits
from simtui.sandbox.call import Answer, Call, not_found, precondition
from simtui.sandbox.limits import check_limit
from simtui.sandbox.paging import paged
from simtui.sandbox.records import UserRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.validate.text import read_name
from simtui.sandbox.versions import amend, check_version, created, found
from simtui.sandbox.world import World

ADMINISTRATOR = "ADMINISTRATOR"

SORT_KEYS = {
    "name": lambda user: user.name.casefold(),
    "email": lambda user: user.email.casefold(),
    "permissionLevel": lambda user: user.permission_level,
    "status": lambda user: user.status,
    "createdAt": lambda user: user.created_at,
    "lastLoginAt": lambda user: user.last_login_at,
}


@operation("GET", "/users", need=("users", "READ"))
def list_users(world: World, call: Call) -> Answer:
    """All users, in the order of their invitation."""
    return paged(call, list(world.users.values()), user_view, SORT_KEYS, lambda user: user.user_id)


@operation("POST", "/users", need=("users", "WRITE"))
def invite_user(world: World, call: Call) -> Answer:
    """Invite somebody, who is INVITED until the first login."""
    check_limit(len(world.users) + 1, limits.USERS, "users")
    user = UserRecord(
        user_id="",
        email=_free_email(world, call.body["email"]),
        name=read_name(call.body["name"]),
        permission_level=call.body["permissionLevel"],
        created_at=call.now,
        status="INVITED",
        modified_by=call.user.email,
    )
    user.user_id = world.new_id("u")
    world.users[user.user_id] = user
    return created(user, user_view(user), f"/users/{user.user_id}")


@operation("GET", "/users/{userId}", need=("users", "READ"))
def get_user(world: World, call: Call) -> Answer:
    """One user."""
    user = find_user(world, call)
    return found(user, user_view(user))


@operation("PATCH", "/users/{userId}", need=("users", "WRITE"))
def change_user(world: World, call: Call) -> Answer:
    """Change a user; the last administrator and oneself keep their rights."""
    user = find_user(world, call)
    check_version(call, user, required=True)
    body = call.body
    level = body.get("permissionLevel", user.permission_level)
    status = body.get("status", user.status)
    if (level, status) != (user.permission_level, user.status):
        keeps_rights = level == ADMINISTRATOR and status == "ACTIVE"
        _refuse_lockout(world, call, user, keeps_rights=keeps_rights)
    email = _free_email(world, body["email"], user) if "email" in body else user.email
    name = read_name(body["name"]) if "name" in body else user.name
    user.email, user.name = email, name
    user.permission_level, user.status = level, status
    amend(call, user)
    return found(user, user_view(user))


@operation("DELETE", "/users/{userId}", need=("users", "WRITE"))
def remove_user(world: World, call: Call) -> Answer:
    """Remove a user other than oneself and the last administrator."""
    user = find_user(world, call)
    check_version(call, user, required=True)
    _refuse_lockout(world, call, user, keeps_rights=False)
    del world.users[user.user_id]
    return Answer({})


def find_user(world: World, call: Call) -> UserRecord:
    """The user of ``{userId}``.

    Raises:
        Refused: 404.
    """
    user = world.users.get(call.path["userId"])
    if user is None:
        raise not_found("user", call.path["userId"])
    return user


def user_view(user: UserRecord) -> dict[str, Any]:
    """A user as the wire spells it."""
    return {
        "userId": user.user_id,
        "email": user.email,
        "name": user.name,
        "permissionLevel": user.permission_level,
        "status": user.status,
        "createdAt": user.created_at,
        "lastLoginAt": user.last_login_at,
        "version": user.version,
    }


def _free_email(world: World, email: str, own: UserRecord | None = None) -> str:
    for user in world.users.values():
        if user is not own and user.email.casefold() == email.casefold():
            raise precondition("NAME_IN_USE", f"{email} is the address of another user")
    return email


def _refuse_lockout(world: World, call: Call, user: UserRecord, *, keeps_rights: bool) -> None:
    """Refuse to take rights from the last active administrator, or from oneself."""
    if _is_active_administrator(user) and not keeps_rights:
        administrators = [one for one in world.users.values() if _is_active_administrator(one)]
        if len(administrators) == 1:
            raise precondition(
                "LAST_ADMINISTRATOR", f"{user.email} is the last active administrator"
            )
    if user.user_id == call.user.user_id:
        raise precondition("SELF_CHANGE", "Nobody can remove or demote themselves")


def _is_active_administrator(user: UserRecord) -> bool:
    return user.permission_level == ADMINISTRATOR and user.status == "ACTIVE"
