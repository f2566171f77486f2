"""The quota of contract §1.2 and the token endpoint of §1.1."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from simtui.sandbox.call import Refused
from simtui.sandbox.permissions import PRESETS
from simtui.sandbox.quota import RESET_FORMATS, Quota
from simtui.sandbox.token import Credentials
from simtui.sandbox.world import World

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
TOKEN_URL = "http://sandbox.test/oauth/client_credential/accesstoken"
GRANT = {"grant_type": "client_credentials"}


def test_a_used_up_quota_refuses_until_the_next_window() -> None:
    quota = Quota(limit=2)
    quota.spend(NOW)
    quota.spend(NOW)
    with pytest.raises(Refused) as refused:
        quota.spend(NOW)
    assert (refused.value.status, refused.value.name) == (429, "QUOTA_EXCEEDED")
    assert quota.used(NOW) == 2
    assert quota.reset_at(NOW) == NOW.replace(minute=13, second=0)
    quota.spend(NOW + timedelta(seconds=55))
    assert quota.used(NOW + timedelta(seconds=55)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("epoch-ms", "1795317185000"),
        ("epoch-s", "1795317185"),
        ("rfc3339", "2026-11-22T03:13:05Z"),
        ("rfc1123", "Sun, 22 Nov 2026 03:13:05 GMT"),
    ],
)
def test_the_reset_can_be_written_in_every_format(name: str, text: str) -> None:
    assert RESET_FORMATS[name](NOW + timedelta(minutes=1)) == text


async def test_quota_headers_count_requests(api: httpx.AsyncClient) -> None:
    used = [int((await api.get("/things")).headers["quota-used"]) for _ in range(3)]
    assert used == [1, 2, 3]
    refused = await api.get("/things", headers={"Authorization": ""})
    assert refused.headers["quota-used"] == "3"


async def test_a_token_is_an_answer_of_strings(
    api: httpx.AsyncClient, credentials: Credentials
) -> None:
    client = credentials.of("OPERATOR")
    form = {"client_id": client.client_id, "client_secret": client.client_secret.reveal()}
    answer = await api.post(TOKEN_URL, params=GRANT, data=form)
    body = answer.json()
    assert answer.status_code == 200
    assert {type(value) for value in body.values()} == {str}
    assert (body["expires_in"], body["status"]) == ("3599", "approved")
    assert body["issued_at"] == str(int(NOW.timestamp() * 1000))
    given = {"Authorization": f"bearer {body['access_token']}"}
    assert (await api.get("/account", headers=given)).json()["permissionLevel"] == "OPERATOR"


async def test_a_token_expires_by_the_worlds_clock(api: httpx.AsyncClient, world: World) -> None:
    world.clock.advance(3598)
    assert (await api.get("/things")).status_code == 200
    world.clock.advance(1)
    assert (await api.get("/things")).status_code == 401


@pytest.mark.parametrize(
    ("params", "form", "status", "code"),
    [
        (GRANT, {"client_id": "sandbox-admin", "client_secret": "no"}, 401, "invalid_client"),
        (GRANT, {"client_id": "nobody", "client_secret": "é"}, 401, "invalid_client"),
        (GRANT, {"client_id": "sandbox-admin"}, 400, "invalid_request"),
        ({}, {"client_id": "a", "client_secret": "b"}, 400, "invalid_request"),
    ],
)
async def test_a_wrong_token_request_is_refused(
    api: httpx.AsyncClient, params: dict[str, str], form: dict[str, str], status: int, code: str
) -> None:
    answer = await api.post(TOKEN_URL, params=params, data=form)
    assert (answer.status_code, answer.json()["ErrorCode"]) == (status, code)


async def test_tokens_are_only_posted_for(api: httpx.AsyncClient) -> None:
    assert (await api.get(TOKEN_URL, params=GRANT)).status_code == 405


def test_secrets_stay_out_of_reprs(world: World) -> None:
    client = Credentials(world).of("ADMINISTRATOR")
    assert client.client_secret.reveal() not in repr(client)


def test_a_level_without_a_user_has_a_client_all_the_same(world: World) -> None:
    del world.users["u_4"]
    client = Credentials(world).of("BILLING")
    assert client.user.permission_level == "BILLING"
    assert client.user.user_id not in world.users


def test_a_restarted_sandbox_knows_its_clients_again(world: World) -> None:
    before, after = Credentials(world, seed=3), Credentials(world, seed=3)
    other = Credentials(world, seed=4)
    for level in PRESETS:
        assert before.of(level).client_secret == after.of(level).client_secret
        assert before.of(level).client_secret != other.of(level).client_secret
