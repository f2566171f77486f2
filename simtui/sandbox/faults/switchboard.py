"""Which faults are on, for which requests, and how often they still strike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simtui.sandbox.bad_order import BadOrder
from simtui.sandbox.faults.catalogue import ALL, KINDS, FaultKind
from simtui.sandbox.permissions import PRESETS
from simtui.sandbox.quota import RESET_FORMATS

CHOICES = {
    ("quota-reset-format", "format"): frozenset(RESET_FORMATS),
    ("permission-level", "level"): frozenset(PRESETS),
    ("ext-absent", "status"): frozenset({404, 405}),
}


@dataclass(slots=True)
class Fault:
    """A fault that is on. ``path`` is the beginning of the paths it strikes."""

    kind: FaultKind
    settings: Mapping[str, Any]
    times: int | None
    methods: frozenset[str]
    path: str = ""

    def concerns(self, method: str, path: str) -> bool:
        """Whether it can strike a request."""
        return method in self.methods and path.startswith(self.path)


class Faults:
    """The switches. Everything is off at first."""

    def __init__(self) -> None:
        self._on: dict[str, Fault] = {}

    def switch_on(self, name: str, given: Mapping[str, Any] | None = None) -> None:
        """Switch a fault on with ``times``, ``path``, ``method`` and its own settings.

        Raises:
            BadOrder: for a name, a setting or a value that it does not have.
        """
        kind = _kind(name)
        rest = dict(given or {})
        times = rest.pop("times", kind.times)
        path = rest.pop("path", "")
        method = rest.pop("method", None)
        if not (times is None or (type(times) is int and times > 0)):
            raise BadOrder("times must be a whole number above 0, or null for always")
        if not isinstance(path, str):
            raise BadOrder("path must be the beginning of a path, for example /things")
        if method is not None and method not in ALL:
            raise BadOrder(f"method must be one of {', '.join(sorted(ALL))}")
        methods = kind.methods if method is None else frozenset({method})
        self._on[name] = Fault(kind, _settings(kind, rest), times, methods, path)

    def switch_off(self, name: str) -> None:
        """Switch a fault off; it may be off already.

        Raises:
            BadOrder: when there is no such fault.
        """
        self._on.pop(_kind(name).name, None)

    def switch_all_off(self) -> None:
        """Let everything be well again."""
        self._on.clear()

    def strike(self, name: str, method: str, path: str) -> Mapping[str, Any] | None:
        """The settings of a fault that strikes this request, counted; None if it does not."""
        fault = self._on.get(name)
        if fault is None or not fault.concerns(method, path):
            return None
        if fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                del self._on[name]
        return fault.settings

    def describe(self) -> list[dict[str, Any]]:
        """Every fault: what it does, whether it is on, and how."""
        return [self._describe(kind) for kind in KINDS.values()]

    def _describe(self, kind: FaultKind) -> dict[str, Any]:
        fault = self._on.get(kind.name)
        return {
            "name": kind.name,
            "description": kind.description,
            "on": fault is not None,
            "times": fault.times if fault else kind.times,
            "path": fault.path if fault else "",
            "methods": sorted(fault.methods if fault else kind.methods),
            **(fault.settings if fault else kind.settings),
        }


def _kind(name: str) -> FaultKind:
    if name not in KINDS:
        raise BadOrder(f"There is no fault called {name}; there are {', '.join(KINDS)}")
    return KINDS[name]


def _settings(kind: FaultKind, given: Mapping[str, Any]) -> Mapping[str, Any]:
    for name, value in given.items():
        if name not in kind.settings:
            known = ", ".join(["times", "path", "method", *kind.settings])
            raise BadOrder(f"{kind.name} has no setting {name}; it has {known}")
        _check(kind, name, value)
    return {**kind.settings, **given}


def _check(kind: FaultKind, name: str, value: Any) -> None:
    default = kind.settings[name]
    wanted = (int, float) if isinstance(default, float) else type(default)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise BadOrder(f"{name} of {kind.name} must look like {default!r}")
    if isinstance(value, int | float) and value < 0:
        raise BadOrder(f"{name} of {kind.name} cannot be negative")
    choices = CHOICES.get((kind.name, name))
    if choices is not None and value not in choices:
        shown = ", ".join(sorted(map(str, choices)))
        raise BadOrder(f"{name} of {kind.name} must be one of {shown}")
