"""Who may call: clients of the sandbox and the tokens they are given (contract §1.1)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from simtui.sandbox.call import Refused
from simtui.sandbox.records import UserRecord
from simtui.sandbox.world import World
from simtui.secret import Secret

LIFETIME = timedelta(seconds=3599)
CLIENT_IDS = {
    "ADMINISTRATOR": "sandbox-admin",
    "NETWORK_MANAGER": "sandbox-network-manager",
    "OPERATOR": "sandbox-operator",
    "BILLING": "sandbox-billing",
    "READ_ONLY": "sandbox-read-only",
}


@dataclass(frozen=True, slots=True)
class ApiClient:
    """Client credentials, and the user that they act for."""

    client_id: str
    client_secret: Secret
    user: UserRecord


class InvalidClient(Exception):
    """The client id and secret do not belong together."""


class Credentials:
    """One client for every permission level.

    Their secrets follow from ``seed``, as the fleet does, so that who was connected to a
    sandbox is connected again when it has been restarted. They protect nothing but a
    made-up fleet on this machine.
    """

    def __init__(self, world: World, *, seed: int = 0) -> None:
        self._world = world
        self._clients = {
            level: ApiClient(client_id, _secret_of(client_id, seed), _user_of(world, level))
            for level, client_id in CLIENT_IDS.items()
        }
        self._tokens: dict[str, tuple[ApiClient, datetime]] = {}

    def of(self, level: str) -> ApiClient:
        """The client of a permission level."""
        return self._clients[level]

    def describe(self) -> list[dict[str, str]]:
        """Every client with its secret, for whoever tries out the permission levels."""
        return [
            {
                "permissionLevel": level,
                "clientId": client.client_id,
                "clientSecret": client.client_secret.reveal(),
            }
            for level, client in self._clients.items()
        ]

    def issue(self, client_id: str, client_secret: str) -> dict[str, str]:
        """A token as the endpoint answers it: every field is a string.

        Raises:
            InvalidClient: when the credentials are wrong.
        """
        client = self._authenticated(client_id, client_secret)
        now = self._world.clock.now()
        self._forget_expired(now)
        token = secrets.token_urlsafe(24)
        self._tokens[token] = (client, now + LIFETIME)
        return {
            "access_token": token,
            "token_type": "BearerToken",
            "expires_in": str(int(LIFETIME.total_seconds())),
            "issued_at": str(int(now.timestamp() * 1000)),
            "client_id": client.client_id,
            "scope": "",
            "status": "approved",
        }

    def user_of(self, authorization: str | None, now: datetime) -> UserRecord:
        """The user that a request's ``Authorization`` header stands for.

        Raises:
            Refused: 401 ``INVALID_TOKEN``, or 403 ``NOT_ENTITLED`` for a disabled user.
        """
        scheme, _, token = (authorization or "").partition(" ")
        client, expires = self._tokens.get(token.strip(), (None, now))
        if scheme.lower() != "bearer" or client is None or expires <= now:
            raise Refused(401, "INVALID_TOKEN", "The access token is missing, unknown or expired")
        if client.user.status == "DISABLED":
            raise Refused(403, "NOT_ENTITLED", f"The user {client.user.email} is disabled")
        return client.user

    def expire_all(self) -> None:
        """Make every token that was issued worthless."""
        self._tokens.clear()

    def _authenticated(self, client_id: str, client_secret: str) -> ApiClient:
        for client in self._clients.values():
            if client.client_id == client_id and secrets.compare_digest(
                client.client_secret.reveal().encode(), client_secret.encode()
            ):
                return client
        raise InvalidClient(client_id)

    def _forget_expired(self, now: datetime) -> None:
        self._tokens = {token: held for token, held in self._tokens.items() if held[1] > now}


def token_problem(form: Mapping[str, str]) -> str | None:
    """What is missing in a token request, as a sentence; None when it is complete."""
    if form.get("grant_type") != "client_credentials":
        return "grant_type must be client_credentials"
    for name in ("client_id", "client_secret"):
        if not form.get(name):
            return f"{name} is missing"
    return None


def _secret_of(client_id: str, seed: int) -> Secret:
    return Secret(hashlib.sha256(f"{client_id} {seed}".encode()).hexdigest()[:32])


def _user_of(world: World, level: str) -> UserRecord:
    """The first active user of a level, or one of the sandbox's own."""
    for user in world.users.values():
        if user.permission_level == level and user.status == "ACTIVE":
            return user
    client_id = CLIENT_IDS[level]
    return UserRecord(
        f"u_{client_id}", f"{client_id}@example.com", client_id, level, world.clock.now()
    )
