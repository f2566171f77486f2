"""Seeded worlds whose clock moves by ``advance`` only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.world import World

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


def seeded(things: int, seed: int = 1, *, fresh: bool = False) -> World:
    return build_world(things=things, seed=seed, fresh=fresh, clock=WorldClock(NOW, rate=0))


@pytest.fixture
def make_world() -> Callable[..., World]:
    """``make_world(things, seed, fresh=…)``."""
    return seeded


@pytest.fixture(scope="session")
def fleet() -> World:
    """10,000 Things, for reading only."""
    return seeded(10_000)
