"""Killed while a tag is being suspended, and started again: the job is found, nothing is
sent twice, and the journal tells the whole story."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import BASE_PATH
from simtui.sandbox.server import LiveServer
from tests.app.served import folder_for
from tests.app.terminal import Terminal, simtui

THINGS, TAG, TAGGED = 10_000, "depot-7", 482
FAST = 20.0
"""World seconds in a real second, while a test waits for a job."""


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    clock = WorldClock(datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC), rate=0)
    with LiveServer(build_world(things=THINGS, seed=1, fresh=False, clock=clock)) as server:
        yield server


@pytest.fixture
def folder(server: LiveServer, tmp_path: Path) -> Path:
    """Where this user's files are."""
    return folder_for(server, tmp_path)


def test_the_job_is_found_again_and_nothing_is_sent_twice(server, folder) -> None:
    tagged = [thing for thing in server.world.things.values() if TAG in thing.tags]
    active = [thing for thing in tagged if thing.state == "ACTIVE"]
    assert len(tagged) == TAGGED
    count = len(active)

    with simtui(folder) as terminal:
        wait_for_the_fleet(terminal)
        server.world.clock.set_rate(FAST)
        terminal.type(f":suspend on tag:{TAG}\r")
        terminal.wait_for(lambda: f"suspend {count} Things" in terminal.text)
        server.world.clock.set_rate(0)
        terminal.type("\r")
        terminal.wait_for(lambda: f"0/{count}" in terminal.text)
        server.world.clock.advance(2)
        terminal.wait_for(lambda: is_under_way(terminal, count))
        terminal.kill()

    suspended = sum(thing.state == "SUSPENDED" for thing in active)
    assert 0 < suspended < count
    (entry,) = journal(folder)
    assert entry["outcome"] == "accepted"

    with simtui(folder) as terminal:
        wait_for_the_fleet(terminal)
        terminal.wait_for(lambda: "still running" in terminal.text)
        server.world.clock.set_rate(FAST)
        terminal.wait_for(lambda: f"{count} done" in terminal.text)
        terminal.type("0")
        terminal.wait_for(lambda: "✓ confirmed" in terminal.text)
        terminal.type("q")
        terminal.wait_for(lambda: "STATE" in terminal.text)
        terminal.type("q")
        assert terminal.wait_for_the_end() == 0

    assert {thing.state for thing in active} == {"SUSPENDED"}
    (entry,) = journal(folder)
    assert entry["outcome"] == "confirmed"
    assert [bulk["dryRun"] for bulk in bulk_requests(server)] == [True, False]
    assert bulk_requests(server)[1]["clientReference"] == entry["reference"]


def wait_for_the_fleet(terminal: Terminal) -> None:
    """All Things are there, and nothing is on its way."""
    terminal.wait_for(lambda: "10,000" in terminal.lines[0] and "loading" not in terminal.lines[0])


def is_under_way(terminal: Terminal, count: int) -> bool:
    """Whether the screen shows a job that has done something, but not all."""
    return f"/{count}" in terminal.text and f"0/{count}" not in terminal.text.replace("00/", "")


def journal(folder: Path) -> list[dict[str, Any]]:
    """The writes in the journal's own file, each with what was learnt of it last."""
    writes: dict[str, dict[str, Any]] = {}
    for line in (folder / "STATE" / "prod.journal").read_text().splitlines():
        record = json.loads(line)["record"]
        writes.setdefault(record["entry_id"], {}).update(record)
    return list(writes.values())


def bulk_requests(server: LiveServer) -> list[dict[str, Any]]:
    """What the sandbox's own log has of them."""
    host = server.endpoint.base_url.removesuffix(BASE_PATH)
    log = httpx.get(f"{host}/_sandbox/requests", verify=False).json()
    return [one for one in log["items"] if one["path"] == "/bulk-actions"]
