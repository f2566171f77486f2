"""A request in the words of the contract, before it becomes HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from simtui.api.dialect import Operation, path_of
from simtui.secret import Secret

Params: TypeAlias = Mapping[str, "str | tuple[str, ...]"]
"""Query parameters; a tuple is a repeated parameter, an empty one is left out."""


@dataclass(frozen=True, slots=True)
class Call:
    """An operation, the objects it is about, and what goes with it.

    ``request_id`` is what the journal knows a write by; it stays the same when the write
    is repeated. Without one every request gets an id of its own. ``secrets`` are fields of
    the body that nobody may see; they join it when it is sent.
    """

    operation: Operation
    ids: Mapping[str, str] = field(default_factory=dict)
    params: Params = field(default_factory=dict)
    body: Any = None
    if_match: str | None = None
    request_id: str | None = None
    secrets: Mapping[str, Secret] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path below the base URL. Raises ``NotFound`` for an impossible id."""
        return path_of(self.operation, self.ids)

    @property
    def title(self) -> str:
        """What to say when it fails."""
        return f"Could not {self.operation.purpose}"
