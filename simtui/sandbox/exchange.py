"""A request and its answer as they cross the gateway: text, bytes and headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import msgspec

from simtui.sandbox.call import Refused

_ENCODER = msgspec.json.Encoder()
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the API. ``path`` is below the base path and still percent-encoded.

    ``host_url`` is how the client reached this host, e.g. ``http://127.0.0.1:8080``;
    the names in ``headers`` are in lower case.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    content: bytes
    host_url: str


@dataclass(slots=True)
class Reply:
    """What goes out. The gateway adds the headers of every answer (contract §1.2)."""

    status: int
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)


def json_reply(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    """A reply with a JSON body; moments are written as RFC 3339 with ``Z``."""
    return Reply(status, _ENCODER.encode(body), {"content-type": JSON, **(headers or {})})


def refusal_reply(refused: Refused) -> Reply:
    """The gateway's error envelope, all strings (contract §1.3)."""
    body: dict[str, Any] = {
        "transactionId": str(uuid4()),
        "status": str(refused.status),
        "name": refused.name,
        "message": refused.message,
        "info": refused.info,
    }
    if refused.problems:
        body["errors"] = [
            {"field": name, "code": code, "message": message}
            for name, code, message in refused.problems
        ]
    return json_reply(refused.status, body)
