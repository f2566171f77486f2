"""A moment to stand still at, and Things to look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from simtui.models import Apn, IpProfile, Network, Rule, Thing, ThingsGroup
from simtui.views.fleet_context import FleetContext

ThingMaker = Callable[..., Thing]


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


@pytest.fixture
def make_thing() -> ThingMaker:
    def make(thing_id: str = "t1", **fields: Any) -> Thing:
        fields.setdefault("iccid", "8931086200000000019")
        fields.setdefault("state", "ACTIVE")
        return Thing(thing_id, **fields)

    return make


@pytest.fixture
def context(now: datetime) -> FleetContext:
    rule = Rule("r1", "INBOUND", "DROP", "TCP")
    return FleetContext(
        now,
        groups={
            "g1": ThingsGroup("g1", "depot-7", network_id="n1", ip_profile_id="p1"),
            "g2": ThingsGroup("g2", "North yard", network_id="n2", ip_profile_id="p2"),
        },
        networks={
            "n1": Network("n1", "factory", apn=Apn("jpu.m2m")),
            "n2": Network("n2", "field"),
        },
        ip_profiles={
            "p1": IpProfile("p1", "closed", inbound=(rule,)),
            "p2": IpProfile("p2", "open"),
        },
    )
