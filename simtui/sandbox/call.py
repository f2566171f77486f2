"""One request as an operation sees it, and what the operation answers.

Operations are plain functions of the world: ``def op(world, call) -> Answer``. They
raise ``Refused`` when a rule of the contract says no. Authentication, quota,
permission, syntax and schema have been dealt with before they are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simtui.sandbox.records import UserRecord


@dataclass(frozen=True, slots=True)
class Call:
    """A request that is well-formed, authenticated and permitted.

    ``query`` holds values converted by the OpenAPI document: a list for a parameter
    that may be repeated, else a single value; absent parameters are absent.
    ``if_match`` is the header as sent.
    """

    user: UserRecord
    now: datetime
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    if_match: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. ``version`` becomes a strong ETag ``"v17"`` (contract §1.5).

    ``location`` is relative to the base path, e.g. ``/jobs/j_77``.
    """

    body: Any
    status: int = 200
    version: int | None = None
    location: str | None = None
    retry_after: int | None = None


class Refused(Exception):
    """The contract says no: a status of its table and a name of its §8."""

    def __init__(
        self,
        status: int,
        name: str,
        message: str,
        info: str = "",
        problems: tuple[tuple[str, str, str], ...] = (),
    ) -> None:
        super().__init__(f"{status} {name}: {message}")
        self.status = status
        self.name = name
        self.message = message
        self.info = info
        self.problems = problems


def invalid(field_name: str, code: str, message: str) -> Refused:
    """A 400 that names one field and what is wrong with it."""
    return Refused(400, "VALIDATION_FAILED", message, problems=((field_name, code, message),))


def not_found(what: str, identity: str) -> Refused:
    """A 404 for an id that is not in the account."""
    return Refused(404, "NOT_FOUND", f"There is no {what} with id {identity}")


def precondition(name: str, message: str, info: str = "") -> Refused:
    """A 412: a rule about the server's state does not hold (contract §1, Conflict)."""
    return Refused(412, name, message, info)


def check_if_match(call: Call, version: int, *, required: bool, changed_by: str | None) -> None:
    """Enforce ``If-Match`` against a record's version (contract §1.5).

    Raises:
        Refused: 412 ``IF_MATCH_REQUIRED`` or ``ETAG_MISMATCH``.
    """
    given = call.if_match
    if given is None or (given == "*" and required):
        if required:
            raise precondition("IF_MATCH_REQUIRED", "This change needs an If-Match header")
        return
    if given != "*" and f'"v{version}"' not in [tag.strip() for tag in given.split(",")]:
        who = f" by {changed_by}" if changed_by else ""
        raise precondition(
            "ETAG_MISMATCH", f"The object was changed{who}", f"current version v{version}"
        )
