"""Calls by path, with every request and answer held against the OpenAPI document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module, resources
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from simtui.sandbox.call import Answer, Call, Refused
from simtui.sandbox.registry import OPERATIONS, Operation
from simtui.sandbox.world import World

DOCUMENT = json.loads(resources.files("simtui.sandbox").joinpath("openapi.json").read_text())

for module in (
    "filter_rules",
    "groups",
    "ip_pools",
    "ip_profiles",
    "ipsec_tunnels",
    "leases",
    "nat_rules",
    "networks",
    "routes",
):
    import_module(f"simtui.sandbox.operations.{module}")


class Door:
    """What the gateway does around an operation, without HTTP."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        if_match: str | None = None,
        query: dict[str, Any] | None = None,
        user: str = "u_1",
    ) -> Answer:
        """Send a request that the document allows; the answer is as decoded from JSON."""
        operation, names = _operation(method, path)
        if body is not None:
            _hold_against(_request_schema(operation), body)
        now = self.world.catch_up()
        call = Call(self.world.users[user], now, names, query or {}, body, if_match)
        answer = operation.handler(self.world, call)
        wire = json.loads(msgspec.json.encode(answer.body))
        _hold_against(_response_schema(operation, answer.status), wire)
        return Answer(wire, answer.status, answer.version, answer.location, answer.retry_after)

    def refused(self, name: str, *request: Any, **more: Any) -> Refused:
        """Send a request that must be refused by this name with the status it stands for."""
        with pytest.raises(Refused) as caught:
            self(*request, **more)
        assert caught.value.name == name
        assert caught.value.status == {"VALIDATION_FAILED": 400, "NOT_FOUND": 404}.get(name, 412)
        return caught.value

    def bad(self, field: str, code: str, *request: Any, **more: Any) -> None:
        """Send a request that must be refused for one field with a reason."""
        refused = self.refused("VALIDATION_FAILED", *request, **more)
        ((found_field, found_code, message),) = refused.problems
        assert (found_field, found_code) == (field, code)
        assert message


@pytest.fixture
def send(world: World) -> Door:
    """``send(method, path, body, if_match=…, query=…)``."""
    return Door(world)


@pytest.fixture
def wait(world: World) -> Callable[[float], None]:
    """Let so many seconds of the world pass, with everything that is due in them."""

    def pass_time(seconds: float) -> None:
        world.clock.advance(seconds)
        world.catch_up()

    return pass_time


def _operation(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    for (known, template), operation in OPERATIONS.items():
        match = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template), path)
        if known == method and match:
            return operation, match.groupdict()
    raise LookupError(f"{method} {path}")


def _request_schema(operation: Operation) -> Any:
    described = DOCUMENT["paths"][operation.path][operation.method.lower()]
    return described["requestBody"]["content"]["application/json"]["schema"]


def _response_schema(operation: Operation, status: int) -> Any:
    described = DOCUMENT["paths"][operation.path][operation.method.lower()]
    return described["responses"][str(status)]["content"]["application/json"]["schema"]


def _hold_against(schema: Any, value: Any) -> None:
    whole = {**schema, "components": DOCUMENT["components"]}
    Draft202012Validator(whole).validate(value)
