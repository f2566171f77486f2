"""The faults there are: a name, a sentence and the settings each one takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

READS = frozenset({"GET"})
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
ALL = READS | WRITES


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A fault that can be switched on. ``times`` None means until it is switched off.

    ``settings`` are its own parameters with their defaults; ``methods`` are the
    requests it can strike when nobody narrows it down.
    """

    name: str
    description: str
    times: int | None = None
    methods: frozenset[str] = ALL
    settings: Mapping[str, Any] = field(default_factory=dict)


_KINDS = (
    FaultKind(
        "expire-tokens", "All tokens expire at once, in the middle of a session (401).", times=1
    ),
    FaultKind(
        "permission-level",
        "Every caller is treated as a user of the given permission level (403).",
        settings={"level": "READ_ONLY"},
    ),
    FaultKind("not-entitled", "The product was not added to this client's project (403)."),
    FaultKind(
        "second-writer",
        "Another user changes the object just before a write to it is handled (412).",
        times=1,
        methods=frozenset({"PUT", "PATCH", "DELETE"}),
    ),
    FaultKind(
        "quota-low",
        "The quota is this small and its window this short.",
        settings={"limit": 10, "seconds": 5},
    ),
    FaultKind(
        "quota-exceeded",
        "The quota is used up and resets in a moment (429).",
        times=1,
        settings={"seconds": 2},
    ),
    FaultKind(
        "sunset",
        "Every answer tells that this version of the API ends then.",
        settings={"value": "2027-01-31"},
    ),
    FaultKind(
        "quota-reset-format",
        "quota-reset-UTC is written as epoch-ms, epoch-s, rfc3339, rfc1123 or unreadable.",
        settings={"format": "rfc3339"},
    ),
    FaultKind(
        "500-invalid-token-text",
        "A plain text about an invalid token arrives as a server error (500).",
        times=1,
    ),
    FaultKind("500-html", "The gateway breaks and answers a page in HTML (500).", times=1),
    FaultKind("502-html", "The gateway reaches nobody and answers HTML (502).", times=1),
    FaultKind(
        "503-retry-after",
        "The service is busy and says when to come back (503, Retry-After).",
        times=1,
        settings={"seconds": 2},
    ),
    FaultKind("not-json", "A success arrives with a body that is cut off in the middle.", times=1),
    FaultKind("slow", "Answers take their time.", settings={"seconds": 2.0}),
    FaultKind("drop-before", "The connection is closed before the request is handled.", times=1),
    FaultKind(
        "drop-after",
        "The request is handled, but the connection is closed before the answer.",
        times=1,
    ),
    FaultKind(
        "total-changes",
        "Things vanish and appear between the pages of a list.",
        methods=READS,
        settings={"removed": 1, "added": 1},
    ),
    FaultKind(
        "job-errors",
        "Some targets of the next bulk job fail (COMPLETED_WITH_ERRORS).",
        times=1,
        methods=frozenset({"POST"}),
        settings={"targets": 1},
    ),
    FaultKind(
        "foreign-redirect",
        "Redirects point at another host, which must never see the token.",
        methods=READS,
        settings={"host": "https://attacker.example"},
    ),
    FaultKind(
        "ext-absent",
        "EXT endpoints are not offered here: ApplicationNotFound (404), or 405.",
        settings={"status": 404},
    ),
    FaultKind(
        "stale-as-of",
        "Session and usage states are this many hours old.",
        methods=READS,
        settings={"hours": 36},
    ),
    FaultKind(
        "unknown-enum",
        "The first Thing of an answer has a state that the contract does not know.",
        methods=READS,
        settings={"value": "HIBERNATING"},
    ),
    FaultKind("unknown-fields", "Objects have fields the contract does not know.", methods=READS),
    FaultKind(
        "bad-iccid", "The first Thing of an answer has an ICCID that fails Luhn.", methods=READS
    ),
    FaultKind(
        "token-invalid-client-500",
        "The token endpoint answers 500 invalid_client, as one product does (contract §1.1).",
        methods=frozenset({"POST"}),
    ),
)

KINDS: Mapping[str, FaultKind] = {kind.name: kind for kind in _KINDS}
