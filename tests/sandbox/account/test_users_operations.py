from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simtui.sandbox import limits
from simtui.sandbox.call import Answer, Refused
from simtui.sandbox.operations.users import (
    change_user,
    get_user,
    invite_user,
    list_users,
    remove_user,
)
from simtui.sandbox.world import World

Run = Callable[..., Answer]
Conforms = Callable[[Answer, str, str], Any]

NEW = {"email": "new@example.com", "name": "New One", "permissionLevel": "OPERATOR"}


def change(call: Run, user_id: str, if_match: str | None = '"v1"', **body: Any) -> Answer:
    return call(change_user, path={"userId": user_id}, body=body, if_match=if_match)


def refusal(run: Callable[[], Answer]) -> tuple[int, str]:
    with pytest.raises(Refused) as refused:
        run()
    return refused.value.status, refused.value.name


def test_an_invitation(world: World, call: Run, conforms: Conforms) -> None:
    answer = call(invite_user, body=NEW)
    body = conforms(answer, "POST", "/users")
    assert answer.status == 201 and answer.location == f"/users/{body['userId']}"
    assert body["status"] == "INVITED" and body["lastLoginAt"] is None and answer.version == 1
    read = call(get_user, path={"userId": body["userId"]})
    assert conforms(read, "GET", "/users/{userId}") == body


def test_an_address_is_taken_whatever_its_case(call: Run) -> None:
    body = NEW | {"email": "OPERATOR@example.com"}
    assert refusal(lambda: call(invite_user, body=body)) == (412, "NAME_IN_USE")


@pytest.mark.parametrize("name", ["", "   ", "tab\there", "x" * 65])
def test_bad_names(call: Run, name: str) -> None:
    status, code = refusal(lambda: call(invite_user, body=NEW | {"name": name}))
    assert (status, code) == (400, "VALIDATION_FAILED")


def test_there_is_a_limit(world: World, call: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "USERS", len(world.users))
    assert refusal(lambda: call(invite_user, body=NEW)) == (412, "LIMIT_REACHED")


def test_a_change(call: Run, conforms: Conforms) -> None:
    answer = change(call, "u_3", permissionLevel="READ_ONLY", name="Opa", status="DISABLED")
    body = conforms(answer, "PATCH", "/users/{userId}")
    assert (body["permissionLevel"], body["name"], body["status"]) == (
        "READ_ONLY",
        "Opa",
        "DISABLED",
    )
    assert body["version"] == answer.version == 2


def test_a_bad_change_changes_nothing(world: World, call: Run) -> None:
    with pytest.raises(Refused):
        change(call, "u_3", permissionLevel="READ_ONLY", email="billing@example.com")
    assert world.users["u_3"].permission_level == "OPERATOR"
    assert world.users["u_3"].version == 1


@pytest.mark.parametrize(
    ("if_match", "name"),
    [(None, "IF_MATCH_REQUIRED"), ("*", "IF_MATCH_REQUIRED"), ('"v9"', "ETAG_MISMATCH")],
)
def test_changes_need_the_version(call: Run, if_match: str | None, name: str) -> None:
    assert refusal(lambda: change(call, "u_3", if_match, name="X")) == (412, name)
    run: Callable[[], Answer] = lambda: call(  # noqa: E731
        remove_user, path={"userId": "u_3"}, if_match=if_match
    )
    assert refusal(run) == (412, name)


def test_the_last_administrator_stays(world: World, call: Run) -> None:
    for body in ({"permissionLevel": "OPERATOR"}, {"status": "DISABLED"}):
        assert refusal(lambda body=body: change(call, "u_1", **body)) == (412, "LAST_ADMINISTRATOR")
    run: Callable[[], Answer] = lambda: call(  # noqa: E731
        remove_user, path={"userId": "u_1"}, if_match='"v1"'
    )
    assert refusal(run) == (412, "LAST_ADMINISTRATOR")


def test_nobody_demotes_themselves(world: World, call: Run) -> None:
    world.users["u_2"].permission_level = "ADMINISTRATOR"
    for body in ({"permissionLevel": "OPERATOR"}, {"status": "DISABLED"}):
        assert refusal(lambda body=body: change(call, "u_1", **body)) == (412, "SELF_CHANGE")
    run: Callable[[], Answer] = lambda: call(  # noqa: E731
        remove_user, path={"userId": "u_1"}, if_match='"v1"'
    )
    assert refusal(run) == (412, "SELF_CHANGE")
    assert change(call, "u_1", name="Still me").body["name"] == "Still me"


def test_an_invited_administrator_does_not_count_as_one(world: World, call: Run) -> None:
    call(invite_user, body=NEW | {"permissionLevel": "ADMINISTRATOR"})
    assert refusal(lambda: change(call, "u_1", status="DISABLED")) == (412, "LAST_ADMINISTRATOR")


def test_another_administrator_can_be_demoted(world: World, call: Run) -> None:
    world.users["u_2"].permission_level = "ADMINISTRATOR"
    assert change(call, "u_2", permissionLevel="BILLING").body["permissionLevel"] == "BILLING"


def test_removal(world: World, call: Run, conforms: Conforms) -> None:
    answer = call(remove_user, path={"userId": "u_5"}, if_match='"v1"')
    assert conforms(answer, "DELETE", "/users/{userId}") == {}
    assert refusal(lambda: call(get_user, path={"userId": "u_5"})) == (404, "NOT_FOUND")


def test_the_list(call: Run, conforms: Conforms) -> None:
    body = conforms(call(list_users, query={"sort": "-email", "limit": 2}), "GET", "/users")
    assert body["total"] == 5
    assert [row["email"] for row in body["items"]] == [
        "read-only@example.com",
        "operator@example.com",
    ]
