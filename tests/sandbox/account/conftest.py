"""A seeded account, and a check of answers against the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from simtui.sandbox.call import Answer
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import document
from simtui.sandbox.world import World

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


def build_account(things: int = 150, seed: int = 4) -> World:
    return build_world(things=things, seed=seed, fresh=False, clock=WorldClock(NOW, rate=0))


@pytest.fixture
def account() -> World:
    """150 Things with a past, to be changed at will."""
    return build_account()


@pytest.fixture(scope="session")
def settled() -> World:
    """400 Things with a past, for reading only."""
    return build_account(400)


def as_wire(answer: Answer) -> Any:
    """The body as a client reads it."""
    return msgspec.json.decode(msgspec.json.encode(answer.body))


@pytest.fixture
def conforms() -> Callable[[Answer, str, str], Any]:
    """``conforms(answer, "GET", "/sms")``: the decoded body, valid by the document."""

    def check(answer: Answer, method: str, path: str) -> Any:
        operation = document()["paths"][path][method.lower()]
        schema = operation["responses"][str(answer.status)]["content"]["application/json"]["schema"]
        whole = {"components": document()["components"], **schema}
        validator: Validator = Draft202012Validator(
            whole, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        body = as_wire(answer)
        validator.validate(body)
        return body

    return check
