from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from simtui.sandbox import events
from simtui.sandbox.call import Answer, Refused
from simtui.sandbox.events import log_event
from simtui.sandbox.operations.audit_log import list_audit_log
from simtui.sandbox.operations.events_list import list_events
from simtui.sandbox.records import AuditRecord
from simtui.sandbox.world import World

Run = Callable[..., Answer]
Conforms = Callable[[Answer, str, str], Any]


@pytest.fixture
def noticed(world: World) -> World:
    """Three events of the last hours."""
    now = world.clock.now()
    log_event(world, now - timedelta(hours=3), "CRITICAL", "TUNNEL_DOWN", "It went down")
    log_event(world, now - timedelta(hours=2), "WARNING", "IMEI_CHANGED", "Swapped", "t_1")
    log_event(world, now - timedelta(hours=1), "INFO", "TUNNEL_UP", "It is up")
    return world


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({}, ["TUNNEL_UP", "IMEI_CHANGED", "TUNNEL_DOWN"]),
        ({"thingId": "t_1"}, ["IMEI_CHANGED"]),
        ({"thingId": "t_2"}, []),
        ({"severity": "CRITICAL"}, ["TUNNEL_DOWN"]),
        ({"type": "TUNNEL_UP"}, ["TUNNEL_UP"]),
        ({"type": "TUNNEL_UP", "severity": "CRITICAL"}, []),
        ({"sort": "-severity"}, ["TUNNEL_DOWN", "IMEI_CHANGED", "TUNNEL_UP"]),
        ({"sort": "at", "limit": 1}, ["TUNNEL_DOWN"]),
    ],
)
def test_events_are_filtered(
    noticed: World, call: Run, conforms: Conforms, query: dict[str, Any], kinds: list[str]
) -> None:
    body = conforms(call(list_events, query=query), "GET", "/events")
    assert [row["type"] for row in body["items"]] == kinds


def test_events_since(noticed: World, call: Run) -> None:
    since = noticed.clock.now() - timedelta(hours=2)
    items = call(list_events, query={"since": since}).body["items"]
    assert [row["type"] for row in items] == ["TUNNEL_UP", "IMEI_CHANGED"]
    with pytest.raises(Refused) as refused:
        call(list_events, query={"since": since - timedelta(days=92)})
    assert refused.value.status == 400


def test_the_oldest_events_go(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "KEPT", 10)
    for number in range(95):
        log_event(world, world.clock.now(), "INFO", "TEST", str(number))
    assert 10 <= len(world.events) < 20
    assert world.events[-1].message == "94"
    assert len({event.event_id for event in world.events}) == len(world.events)


def test_the_audit_log_is_filtered(world: World, call: Run, conforms: Conforms) -> None:
    now = world.clock.now()
    for hours, user, path in (
        (3, "anna@example.com", "/things/t_1"),
        (2, "daan@example.com", "/things/t_2/state"),
        (1, "anna@example.com", "/users/u_2"),
    ):
        world.audit.append(AuditRecord(now - timedelta(hours=hours), user, "PATCH", path, 200))

    def paths(**query: Any) -> list[str]:
        body = conforms(call(list_audit_log, query=query), "GET", "/audit-log")
        return [row["path"] for row in body["items"]]

    assert paths() == ["/users/u_2", "/things/t_2/state", "/things/t_1"]
    assert paths(user="anna@example.com") == ["/users/u_2", "/things/t_1"]
    assert paths(path="/things") == ["/things/t_2/state", "/things/t_1"]
    assert paths(**{"from": now - timedelta(hours=2)}) == ["/users/u_2", "/things/t_2/state"]
    assert paths(to=now - timedelta(hours=2)) == ["/things/t_1"]
    assert paths(sort="path")[0] == "/things/t_1"
