"""Changes to a good answer before it goes out (contract §10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

Settings: TypeAlias = Mapping[str, Any]


def _objects(body: Any) -> list[dict[str, Any]]:
    """The objects an answer is about: the items of a list, or the one itself."""
    if not isinstance(body, dict):
        return []
    items = body.get("items")
    return [body] if items is None else list(items)


def _things(body: Any) -> Iterator[dict[str, Any]]:
    return (one for one in _objects(body) if "iccid" in one and "thingsGroupId" in one)


def _stale_as_of(body: Any, settings: Settings) -> None:
    age = timedelta(hours=settings["hours"])
    for one in _objects(body):
        for part in (one, one.get("session"), one.get("usageCycle")):
            if isinstance(part, dict) and isinstance(part.get("asOf"), datetime):
                part["asOf"] -= age


def _unknown_enum(body: Any, settings: Settings) -> None:
    for thing in _first(_things(body)):
        thing["state"] = settings["value"]
        if thing["session"] is not None:
            thing["session"] = {**thing["session"], "state": settings["value"]}


def _unknown_fields(body: Any, settings: Settings) -> None:
    for one in _objects(body):
        one["x-unknown"] = {"nested": [1, "two", None]}


def _bad_iccid(body: Any, settings: Settings) -> None:
    for thing in _first(_things(body)):
        iccid = thing["iccid"]
        thing["iccid"] = f"{iccid[:-1]}{(int(iccid[-1]) + 1) % 10}"


def _first(things: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return [thing for thing, _ in zip(things, range(1), strict=False)]


TAMPERING: Mapping[str, Callable[[Any, Settings], None]] = {
    "stale-as-of": _stale_as_of,
    "unknown-enum": _unknown_enum,
    "unknown-fields": _unknown_fields,
    "bad-iccid": _bad_iccid,
}
"""What is done to the body of an answer, by the name of the fault."""
