"""Answers that come instead of the real one: a gateway in trouble (contract §1.3, §10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from simtui.sandbox.call import Refused
from simtui.sandbox.exchange import Reply, json_reply, refusal_reply
from simtui.sandbox.quota import RESET_FORMATS

Settings: TypeAlias = Mapping[str, Any]

HTML = "text/html; charset=utf-8"


def _page(status: int, title: str) -> Reply:
    text = (
        f"<!DOCTYPE html>\n<html><head><title>{status} {title}</title></head>\n"
        f"<body><center><h1>{status} {title}</h1></center><hr>nginx</body></html>\n"
    )
    return Reply(status, text.encode(), {"content-type": HTML})


def _invalid_token_text(settings: Settings, now: datetime) -> Reply:
    return Reply(500, b"Invalid access token", {"content-type": "text/plain; charset=utf-8"})


def _server_error_page(settings: Settings, now: datetime) -> Reply:
    return _page(500, "Internal Server Error")


def _bad_gateway_page(settings: Settings, now: datetime) -> Reply:
    return _page(502, "Bad Gateway")


def _unavailable(settings: Settings, now: datetime) -> Reply:
    reply = refusal_reply(Refused(503, "UNAVAILABLE", "The service is busy, try again later"))
    reply.headers["retry-after"] = str(settings["seconds"])
    return reply


def _quota_exceeded(settings: Settings, now: datetime) -> Reply:
    reset = now + timedelta(seconds=settings["seconds"])
    reply = refusal_reply(Refused(429, "QUOTA_EXCEEDED", "The quota is used up"))
    reply.headers["quota-reset-UTC"] = RESET_FORMATS["epoch-ms"](reset)
    return reply


def _not_entitled(settings: Settings, now: datetime) -> Reply:
    message = "The product is not part of the project of this client"
    return refusal_reply(Refused(403, "NOT_ENTITLED", message))


def application_not_found(settings: Settings) -> Reply:
    """How the gateway says that an endpoint does not exist (contract, head)."""
    if settings["status"] == 405:
        return refusal_reply(Refused(405, "METHOD_NOT_ALLOWED", "This is not offered here"))
    code = "messaging.adaptors.http.flow.ApplicationNotFound"
    fault = {"faultstring": "Unable to identify proxy", "detail": {"errorcode": code}}
    return json_reply(404, {"fault": fault})


INSTEAD: Mapping[str, Callable[[Settings, datetime], Reply]] = {
    "500-invalid-token-text": _invalid_token_text,
    "500-html": _server_error_page,
    "502-html": _bad_gateway_page,
    "503-retry-after": _unavailable,
    "quota-exceeded": _quota_exceeded,
    "not-entitled": _not_entitled,
}
"""Whole answers, by the name of their fault, in the order in which they are looked at."""
