"""Versions of objects that several people may change (contract §1.5)."""

from __future__ import annotations

from typing import Any, Protocol

from simtui.sandbox.call import Answer, Call, check_if_match


class Versioned(Protocol):
    """Anything with an ETag."""

    version: int
    modified_by: str | None


def check_version(call: Call, record: Versioned, *, required: bool = False) -> None:
    """Enforce the call's ``If-Match`` against a record.

    Raises:
        Refused: 412 ``IF_MATCH_REQUIRED`` or ``ETAG_MISMATCH``.
    """
    check_if_match(call, record.version, required=required, changed_by=record.modified_by)


def amend(call: Call, record: Versioned) -> None:
    """Count a change that the call made to a record."""
    record.version += 1
    record.modified_by = call.user.email


def found(record: Versioned, body: dict[str, Any]) -> Answer:
    """A 200 with one object and its ETag."""
    return Answer(body, version=record.version)


def created(record: Versioned, body: dict[str, Any], location: str) -> Answer:
    """A 201 with the new object, its ETag and where it is."""
    return Answer(body, status=201, version=record.version, location=location)
