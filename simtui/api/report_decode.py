"""From the bytes of an answer to a billing report, with the event loop free in between.

A report of 100,000 Things has 300,000 lines (contract §3.9).
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, Final, TypeVar

from pydantic_core import ValidationError

from simtui.api import dialect
from simtui.api.decode import Undecodable
from simtui.api.json_slices import LongList
from simtui.api.schema import object_validator
from simtui.models import BillingLine, BillingReport

T = TypeVar("T")

AT_ONCE: Final = 1_000
"""Lines that are read between two looks at the keys; some milliseconds."""


async def decode_report(body: bytes) -> tuple[BillingReport, int]:
    """A report that is the answer itself, and how many of its lines cannot be read.

    Raises:
        Undecodable: it is none.
    """
    document, lines, unreadable = await _read(body, (dialect.LINES,))
    return replace(_validated(BillingReport, document), lines=lines), unreadable


async def decode_made(body: bytes, model: type[T]) -> tuple[T, BillingReport | None, int]:
    """The result of a job as ``model``, the report in it, if one is, and what of that report
    cannot be read.

    Raises:
        Undecodable: it is no such result.
    """
    document, lines, unreadable = await _read(body, (dialect.DOCUMENT, dialect.LINES))
    result = _validated(model, document)
    try:
        report = _validated(BillingReport, document.get(dialect.DOCUMENT))
    except Undecodable:
        return result, None, 0
    return result, replace(report, lines=lines), unreadable


async def _read(
    body: bytes, path: tuple[str, ...]
) -> tuple[dict[str, Any], tuple[BillingLine, ...], int]:
    try:
        long = LongList(body.decode("utf-8-sig", errors="replace"), path)
        lines, unreadable = await _lines(long)
        document = long.rest()
    except (ValueError, RecursionError):
        raise Undecodable from None
    if not isinstance(document, dict):
        raise Undecodable
    return document, lines, unreadable


async def _lines(long: LongList) -> tuple[tuple[BillingLine, ...], int]:
    validate = object_validator(BillingLine).validate_python
    lines: list[BillingLine] = []
    shared: dict[str, str] = {}
    unreadable = 0
    for number, element in enumerate(long.elements(), start=1):
        try:
            lines.append(validate(_sharing(element, shared)))
        except ValidationError:
            unreadable += 1
        if number % AT_ONCE == 0:
            await asyncio.sleep(0)
    return tuple(lines), unreadable


def _sharing(element: object, shared: dict[str, str]) -> object:
    """The same with equal texts as one: kinds, prices and ids come again in every line."""
    if not isinstance(element, dict):
        return element
    share = shared.setdefault
    return {
        name: share(value, value) if type(value) is str else value
        for name, value in element.items()
    }


def _validated(model: type[T], document: object) -> T:
    try:
        found: T = object_validator(model).validate_python(document)
    except ValidationError:
        raise Undecodable from None
    return found
