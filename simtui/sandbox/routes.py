"""From a method and a path to the operation that answers (contract §2)."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from urllib.parse import unquote

from simtui.sandbox import operations
from simtui.sandbox.call import Refused
from simtui.sandbox.registry import OPERATIONS, Operation


class MethodNotAllowed(Refused):
    """405: the path exists, the method does not. ``allowed`` are the ones that do."""

    def __init__(self, method: str, allowed: Iterable[str]) -> None:
        self.allowed = ", ".join(sorted(allowed))
        super().__init__(
            405, "METHOD_NOT_ALLOWED", f"{method} is not offered here; {self.allowed} is"
        )


@dataclass(frozen=True, slots=True)
class _Template:
    steps: tuple[str, ...]
    by_method: Mapping[str, Operation]

    def match(self, steps: tuple[str, ...]) -> dict[str, str] | None:
        found = {}
        for own, given in zip(self.steps, steps, strict=True):
            if own.startswith("{"):
                found[own[1:-1]] = given
            elif own != given:
                return None
        return found


@cache
def all_routes() -> Routes:
    """The routes of the whole contract."""
    return Routes()


class Routes:
    """All operations by path. Of two paths that fit, the more literal one wins."""

    def __init__(self) -> None:
        _load_operations()
        paths: dict[str, dict[str, Operation]] = {}
        for (method, path), operation in OPERATIONS.items():
            paths.setdefault(path, {})[method] = operation
        self._by_length: dict[int, list[_Template]] = {}
        for path in sorted(paths, key=lambda path: [step[:1] == "{" for step in _steps(path)]):
            steps = _steps(path)
            self._by_length.setdefault(len(steps), []).append(_Template(steps, paths[path]))

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        """The operation and the path's parameters, decoded.

        Raises:
            Refused: 404 for a path the contract does not know, 405 for a method.
        """
        steps = tuple(_decoded(step) for step in _steps(path))
        for template in self._by_length.get(len(steps), ()):
            found = template.match(steps)
            if found is not None:
                if method not in template.by_method:
                    raise MethodNotAllowed(method, template.by_method)
                return template.by_method[method], found
        raise Refused(404, "NOT_FOUND", f"There is no {path} in this API")


def _load_operations() -> None:
    for module in pkgutil.iter_modules(operations.__path__):
        import_module(f"{operations.__name__}.{module.name}")


def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.removeprefix("/").split("/"))


def _decoded(step: str) -> str:
    """A step of the path in plain text; what is no UTF-8 names nothing."""
    try:
        return unquote(step, errors="strict")
    except UnicodeDecodeError:
        raise Refused(404, "NOT_FOUND", f"{step} is not UTF-8") from None
