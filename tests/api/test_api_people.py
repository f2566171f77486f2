"""Users, permission levels, and what the headers tell of the API itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from simtui.api.dialect import model_name, wire_name
from simtui.errors import Conflict, Forbidden
from simtui.models import ApiRelease, PermissionLevel
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.permission_level import PRESETS, known_levels
from simtui.models.saved import Saved
from simtui.models.settings import UserSettings, settings_of
from tests.api.test_api_on_the_sandbox import Box

ZOE = UserSettings("zoe@example.com", "Zoe", "READ_ONLY")


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    box = Box(fresh=False)
    yield box
    await box.client.close()


async def do(box: Box, change: ConfigChange) -> Saved:
    saved = await box.client.configure(change, request_id="r-1")
    assert isinstance(saved, Saved)
    return saved


async def test_the_levels_of_the_api_are_those_that_would_stand_in(box: Box) -> None:
    assert known_levels(await box.client.permission_levels()) == known_levels(PRESETS)


async def test_a_user_is_invited_changed_and_deleted(box: Box) -> None:
    made = await do(box, ConfigChange(Ref(Kind.USER), "zoe", None, ZOE))
    ref = Ref(Kind.USER, made.object_id)
    invited = UserSettings("zoe@example.com", "Zoe", "READ_ONLY", "INVITED")
    assert await now(box, ref) == invited
    disabled = UserSettings("zoe@example.com", "Zoe C.", "OPERATOR", "DISABLED")
    saved = await do(box, ConfigChange(ref, "zoe", invited, disabled, made.version))
    assert await now(box, ref) == disabled
    await do(box, ConfigChange(ref, "zoe", disabled, None, saved.version))
    assert await now(box, ref) is None


async def now(box: Box, ref: Ref) -> object:
    users = {user.user_id: user for user in await box.client.users()}
    user = users.get(ref.object_id)
    return settings_of(user) if user is not None else None


async def test_what_the_server_protects_is_told_with_the_way_out(box: Box) -> None:
    users = {user.email: user for user in await box.client.users()}
    own, other = users["anna@example.com"], users["bram@example.com"]
    change = ConfigChange(Ref(Kind.USER, own.user_id), "x", settings_of(own), None, own.version)
    with pytest.raises(Conflict) as caught:
        await box.client.configure(change, request_id="r-1")
    assert (caught.value.name, caught.value.title) == ("SELF_CHANGE", "Could not delete the user")
    assert "Ask another administrator" in caught.value.hint
    ref = Ref(Kind.USER, other.user_id)
    await do(box, ConfigChange(ref, "x", settings_of(other), None, other.version))
    with pytest.raises(Conflict) as caught:
        await box.client.configure(change, request_id="r-1")
    assert caught.value.name == "LAST_ADMINISTRATOR"
    assert "Make another user an ADMINISTRATOR first" in caught.value.hint


async def test_only_an_administrator_is_told_who_the_users_are(box: Box) -> None:
    box.faults.switch_on("permission-level", {"level": "NETWORK_MANAGER"})
    assert len(await box.client.permission_levels()) == 5
    with pytest.raises(Forbidden):
        await box.client.users()


async def test_limits_have_the_names_of_the_models(box: Box) -> None:
    limits = (await box.client.account()).limits
    assert limits["things_groups"] == 500
    assert limits["bulk_thing_ids"] == 1000
    assert all(model_name(wire_name(name)) == name for name in limits)


async def test_levels_that_come_malformed_fall_back(api) -> None:
    items = [
        {"name": "OPERATOR", "permissions": "everything"},
        {"name": "AUDITOR", "permissions": {"users": ["READ"]}, "icon": "eye"},
        {"permissions": {}},
    ]
    api.answer_with(httpx.Response(200, json={"items": items, "total": 3}))
    assert await api.client().permission_levels() == (
        PermissionLevel("OPERATOR"),
        PermissionLevel("AUDITOR", {"users": ("READ",)}),
    )


# The API itself


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("2027-01-31", datetime(2027, 1, 31, tzinfo=UTC)),
        ("Sun, 31 Jan 2027 23:59:59 GMT", datetime(2027, 1, 31, 23, 59, 59, tzinfo=UTC)),
        ("2027-01-31T12:00:00+01:00", datetime(2027, 1, 31, 11, tzinfo=UTC)),
        ("1801440000", datetime(2027, 2, 1, tzinfo=UTC)),
        ("next spring", None),
        ("2027-13-31", None),
    ],
)
async def test_the_end_of_the_api_is_told_once(api, words: str, at: datetime | None) -> None:
    heard: list[ApiRelease] = []
    answers = [httpx.Response(200, json={"accountId": "a"}, headers=one) for one in (
        {"api-version": "1.4.0", "sunset": "n/a"},
        {"api-version": "1.4.0", "sunset": words},
        {},
        {"sunset": words},
        {"sunset": "N/A"},
    )]  # fmt: skip
    api.answer_with(*answers)
    client = api.client()
    client.on_release = heard.append
    for _ in answers:
        await client.account()
    assert heard == [
        ApiRelease("1.4.0"),
        ApiRelease("1.4.0", words, at),
        ApiRelease("1.4.0"),
    ]
    assert client.release == heard[-1]
    assert client.on_release is not None


async def test_the_sandbox_can_tell_an_end(box: Box) -> None:
    await box.client.account()
    assert box.client.sunset is None
    box.faults.switch_on("sunset", {"value": "2027-06-30"})
    await box.client.account()
    assert box.client.release == ApiRelease(
        "1.4.0", "2027-06-30", datetime(2027, 6, 30, tzinfo=UTC)
    )
