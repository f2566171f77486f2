"""The gateway: what every request goes through before and after its operation.

The order is that of the contract: faults, token (401), quota (429), route (404, 405),
permission (403), schema (400), then the operation with its own rules.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from simtui.sandbox.call import Answer, Call, Refused
from simtui.sandbox.exchange import Asked, Reply, json_reply, refusal_reply
from simtui.sandbox.faults.catalogue import WRITES
from simtui.sandbox.faults.instead import INSTEAD, application_not_found
from simtui.sandbox.faults.meddling import BEFORE
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.faults.tampering import TAMPERING
from simtui.sandbox.openapi import BASE_PATH
from simtui.sandbox.permissions import levels_for, permits
from simtui.sandbox.quota import Quota, quota_headers
from simtui.sandbox.records import AuditRecord, UserRecord
from simtui.sandbox.registry import Operation
from simtui.sandbox.routes import MethodNotAllowed, all_routes
from simtui.sandbox.schema import request_schema
from simtui.sandbox.token import Credentials
from simtui.sandbox.world import World

_LOG = logging.getLogger("simtui.sandbox")

AUDIT_KEPT = 10_000
FIXED_HEADERS = {
    "api-version": "1.4.0",
    "sunset": "n/a",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "access-control-allow-origin": "*",
    "cache-control": "no-store",
}
"""On every answer (contract §1.2)."""


class Gateway:
    """Turns a request into a reply, in the world's time. It never raises."""

    def __init__(self, world: World, credentials: Credentials, faults: Faults) -> None:
        self.world = world
        self.credentials = credentials
        self.faults = faults
        self.quota = Quota()
        self._low_quota = self.quota
        self._routes = all_routes()

    def reply(self, asked: Asked) -> Reply:
        """Let the world catch up, handle the request, and add the headers of every answer."""
        now = self.world.clock.now()
        quota = self._quota_for(asked)
        try:
            now = self.world.catch_up()
            reply = self._instead(asked, now) or self._handle(asked, now, quota)
        except Refused as refused:
            reply = refusal_reply(refused)
            if isinstance(refused, MethodNotAllowed):
                reply.headers["allow"] = refused.allowed
        except Exception:
            _LOG.exception("The sandbox failed at %s %s", asked.method, asked.path)
            reply = refusal_reply(Refused(500, "INTERNAL", "The sandbox has failed"))
        told = quota_headers(quota, now, self._reset_format(asked))
        reply.headers = FIXED_HEADERS | self._sunset(asked) | told | reply.headers
        return reply

    def _instead(self, asked: Asked, now: datetime) -> Reply | None:
        """The answer of a gateway in trouble, when such a fault is on."""
        for name, answer in INSTEAD.items():
            settings = self.faults.strike(name, asked.method, asked.path)
            if settings is not None:
                return answer(settings, now)
        return None

    def _handle(self, asked: Asked, now: datetime, quota: Quota) -> Reply:
        user = self._user(asked, now)
        quota.spend(now)
        try:
            reply = self._perform(asked, user, now)
        except Refused as refused:
            self._audit(asked, user, now, refused.status)
            raise
        self._audit(asked, user, now, reply.status)
        return reply

    def _perform(self, asked: Asked, user: UserRecord, now: datetime) -> Reply:
        operation, path = self._routes.find(asked.method, asked.path)
        absent = operation.ext and self.faults.strike("ext-absent", asked.method, asked.path)
        if absent:
            return application_not_found(absent)
        _check_permission(operation, user)
        call = _read_call(operation, path, asked, user, now)
        for name, meddle in BEFORE.items():
            settings = self.faults.strike(name, asked.method, asked.path)
            if settings is not None:
                meddle(self.world, asked.path, settings, now)
        return self._finish(asked, operation.handler(self.world, call))

    def _finish(self, asked: Asked, answer: Answer) -> Reply:
        """Write an answer down: ETag, Location and Retry-After (contract §1.3, §1.5)."""
        for name, tamper in TAMPERING.items():
            settings = self.faults.strike(name, asked.method, asked.path)
            if settings is not None:
                tamper(answer.body, settings)
        is_redirect = answer.status == 302
        reply = Reply(302, b"") if is_redirect else json_reply(answer.status, answer.body)
        if answer.version is not None:
            reply.headers["etag"] = f'"v{answer.version}"'
        if answer.location is not None:
            reply.headers["location"] = self._location(asked, answer)
        if answer.retry_after is not None:
            reply.headers["retry-after"] = str(answer.retry_after)
        if self.faults.strike("not-json", asked.method, asked.path) is not None:
            reply.content = reply.content[: len(reply.content) // 2]
        return reply

    def _location(self, asked: Asked, answer: Answer) -> str:
        host = asked.host_url
        if answer.status == 302:
            foreign = self.faults.strike("foreign-redirect", asked.method, asked.path)
            host = foreign["host"] if foreign else host
        return f"{host}{BASE_PATH}{answer.location}"

    def _user(self, asked: Asked, now: datetime) -> UserRecord:
        if self.faults.strike("expire-tokens", asked.method, asked.path) is not None:
            self.credentials.expire_all()
        user = self.credentials.user_of(asked.headers.get("authorization"), now)
        switched = self.faults.strike("permission-level", asked.method, asked.path)
        return replace(user, permission_level=switched["level"]) if switched else user

    def _sunset(self, asked: Asked) -> dict[str, str]:
        """The end of this version, where one is told (contract §1.2)."""
        ends = self.faults.strike("sunset", asked.method, asked.path)
        return {"sunset": str(ends["value"])} if ends is not None else {}

    def _quota_for(self, asked: Asked) -> Quota:
        low = self.faults.strike("quota-low", asked.method, asked.path)
        if low is None:
            return self.quota
        given = (low["limit"], max(1, low["seconds"]))
        if given != (self._low_quota.limit, self._low_quota.window_seconds):
            self._low_quota = Quota(*given)
        return self._low_quota

    def _reset_format(self, asked: Asked) -> str:
        settings = self.faults.strike("quota-reset-format", asked.method, asked.path)
        return settings["format"] if settings else "epoch-ms"

    def _audit(self, asked: Asked, user: UserRecord, now: datetime, status: int) -> None:
        """Remember who changed what, also who tried (contract §2, ``/audit-log``)."""
        if asked.method not in WRITES:
            return
        entry = AuditRecord(now, user.email, asked.method, asked.path, status)
        self.world.audit.append(entry)
        if len(self.world.audit) >= 2 * AUDIT_KEPT:
            del self.world.audit[:AUDIT_KEPT]


def _check_permission(operation: Operation, user: UserRecord) -> None:
    area, access = operation.need
    if not permits(user.permission_level, area, access):
        levels = ", ".join(levels_for(area, access))
        raise Refused(
            403,
            "PERMISSION_DENIED",
            f"{user.permission_level} may not do this; it takes one of: {levels}",
            info=f"{access} on {area}",
        )


def _read_call(
    operation: Operation, path: dict[str, str], asked: Asked, user: UserRecord, now: datetime
) -> Call:
    schema = request_schema(operation.method, operation.path)
    return Call(
        user=user,
        now=now,
        path=schema.read_path(path),
        query=schema.read_query(asked.query),
        body=schema.read_body(asked.content, asked.headers.get("content-type")),
        if_match=schema.read_if_match(asked.headers.get("if-match")),
    )
