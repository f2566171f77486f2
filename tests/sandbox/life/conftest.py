"""A seeded world whose clock moves by ``advance`` only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.world import World

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


@pytest.fixture
def living() -> World:
    """200 Things."""
    return build_world(things=200, seed=3, fresh=False, clock=WorldClock(NOW, rate=0))


@pytest.fixture
def pass_time(living: World) -> Callable[[float], datetime]:
    """Let seconds pass in the living world and everything happen that is due."""

    def run(seconds: float) -> datetime:
        living.clock.advance(seconds)
        return living.catch_up()

    return run
