"""Which fields an object inside a request may have (contract §1, PATCH)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from simtui.sandbox.call import Refused, invalid


def refuse_unknown_fields(field: str, given: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse a nested object that has a field nobody knows.

    Raises:
        Refused: 400 with ``UNKNOWN_FIELD``.
    """
    for name in given:
        if name not in known:
            raise invalid(f"{field}.{name}", "UNKNOWN_FIELD", f"{field} has no field {name}")


def unknown_id(field: str, what: str, identity: str) -> Refused:
    """A 400 for a reference in a body to something that is not in the account."""
    return invalid(field, "UNKNOWN_ID", f"There is no {what} with id {identity}")
