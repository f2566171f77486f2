"""From the bytes of a success to models (contract §1, §1.4)."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic_core import SchemaValidator, ValidationError

from simtui.api import dialect
from simtui.api.raw_page import RawPage
from simtui.api.schema import object_validator, page_validator

T = TypeVar("T")


class Undecodable(Exception):
    """A body that is not JSON, or not of the form that the contract says."""


def decode_object(model: type[T], body: bytes) -> T:
    """One object. Raises ``Undecodable``."""
    found: T = _validated(object_validator(model), body)
    return found


def decode_page(model: type[T], body: bytes, offset: int, limit: int) -> RawPage[T]:
    """One page; ``offset`` and ``limit`` are what was asked for, if it does not tell.

    Raises:
        Undecodable: it is not the envelope of a list.
    """
    envelope = _validated(page_validator(model), body)
    rows = tuple(envelope[dialect.ITEMS])
    offset = _told(envelope[dialect.OFFSET], offset)
    limit = _told(envelope[dialect.LIMIT], limit)
    # Without a total, a full page promises one more row, so that a load goes on.
    at_least = offset + len(rows) + (len(rows) >= limit > 0)
    return RawPage(rows, offset, limit, _told(envelope[dialect.TOTAL], at_least))


def pretty_json(body: bytes) -> str:
    """The server's own answer, laid out for reading. Raises ``Undecodable``."""
    return json.dumps(_loads(body), indent=2, ensure_ascii=False)


def _told(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _validated(validator: SchemaValidator, body: bytes) -> Any:
    try:
        return validator.validate_json(body)
    except ValidationError as error:
        if error.errors(include_url=False, include_input=False)[0]["type"] != "json_invalid":
            raise Undecodable from None
    try:
        return validator.validate_json(_repaired(body))
    except ValidationError:
        raise Undecodable from None


def _repaired(body: bytes) -> bytes:
    """The same JSON in good UTF-8: a damaged or half character must not cost a page."""
    return json.dumps(_loads(body), ensure_ascii=False).encode(errors="replace")


def _loads(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        raise Undecodable from None
