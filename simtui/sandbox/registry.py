"""The table of operations: method and path to function, permission and kind.

Modules under ``simtui.sandbox.operations`` register theirs by decorating; the
gateway looks them up. The paths are those of the OpenAPI document.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from simtui.sandbox.call import Answer, Call

if TYPE_CHECKING:
    from simtui.sandbox.world import World

Handler: TypeAlias = "Callable[[World, Call], Answer]"
Registered = TypeVar("Registered", bound="Callable[..., Any]")
Area: TypeAlias = Literal["things", "actions", "tags", "network", "billing", "users"]
Need: TypeAlias = "tuple[Area, Literal['READ', 'WRITE']]"


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of contract §2. ``ext`` ones can be switched off as a capability."""

    method: str
    path: str
    handler: Handler
    need: Need
    ext: bool = False


OPERATIONS: dict[tuple[str, str], Operation] = {}


def operation(
    method: str, path: str, need: Need, *, ext: bool = False
) -> Callable[[Registered], Registered]:
    """Register the decorated function for a method and a path of the contract.

    Raises:
        ValueError: when the row is taken already.
    """

    def register(handler: Registered) -> Registered:
        if (method, path) in OPERATIONS:
            raise ValueError(f"{method} {path} is registered twice")
        OPERATIONS[method, path] = Operation(method, path, handler, need, ext)
        return handler

    return register
