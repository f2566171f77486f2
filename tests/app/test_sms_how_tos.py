"""Messages in the real program: the how-to by keyboard, and 482 of them with a kill in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.server import LiveServer
from tests.app.served import folder_for
from tests.app.terminal import Terminal, simtui
from tests.app.test_killed_in_the_middle import (
    FAST,
    bulk_requests,
    is_under_way,
    journal,
    wait_for_the_fleet,
)

THINGS, TAG, TAGGED = 10_000, "depot-7", 482
MOST_TRIES = 3
"""The network of the demo refuses one message in a hundred, as real ones do."""


def test_an_sms_command_is_sent_and_seen_delivered(tmp_path: Path) -> None:
    """Send an SMS command to a Thing."""
    with simtui(tmp_path, "demo") as terminal:
        terminal.go_to_the_list()
        terminal.wait_for(
            lambda: "2,000" in terminal.lines[0] and "loading" not in terminal.lines[0]
        )
        terminal.type("/online:yes state:active pump\r")
        terminal.wait_for(lambda: "state:active pu" in terminal.lines[0])
        terminal.wait_for(lambda: "pump" in terminal.rows[-1] and "online" in terminal.rows[-1])
        terminal.type("s")
        terminal.wait_for(lambda: "╭─ SMS to pump-" in terminal.text)
        terminal.type("STATUS")
        terminal.wait_for(lambda: "GSM-7 · 6 units · 1 segment" in terminal.text)
        terminal.type("\x13")
        for _ in range(MOST_TRIES):
            terminal.wait_for(lambda: "enter: send “STATUS” to pump-" in terminal.text)
            terminal.type("\r")
            terminal.wait_for(lambda: "▸ SMS ▸ pump-" in terminal.lines[0])
            terminal.wait_for(lambda: newest(terminal) in ("✓ delivered", "✗ failed"))
            if newest(terminal) == "✓ delivered":
                break
            terminal.type("R")
            terminal.wait_for(lambda: "╭─ SMS to pump-" in terminal.text)
            terminal.type("\x13")
            terminal.wait_for(lambda: "y plan it" in terminal.text)
            terminal.type("y")
        terminal.wait_for(lambda: "← received   OK up" in terminal.text)
        terminal.type("\x03")
        assert terminal.wait_for_the_end() == 0


def newest(terminal: Terminal) -> str:
    """How the last message that was sent stands."""
    sent = [line for line in terminal.rows if "STATUS" in line and "“" not in line]
    return " ".join(sent[-1].replace("▌", " ").split()[1:3]) if sent else ""


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    clock = WorldClock(datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC), rate=0)
    world = build_world(things=THINGS, seed=1, fresh=False, clock=clock)
    for thing in world.things.values():
        if TAG in thing.tags:
            thing.state, thing.allowed_services = "ACTIVE", ("DATA", "SMS")
    with LiveServer(world) as server:
        yield server


def test_482_by_tag_killed_in_the_middle_are_sent_once(server: LiveServer, tmp_path: Path) -> None:
    folder = folder_for(server, tmp_path)
    world = server.world
    before = set(world.sms)

    with simtui(folder) as terminal:
        wait_for_the_fleet(terminal)
        world.clock.set_rate(FAST)
        terminal.type(f":send-sms VERSION on tag:{TAG}\r")
        terminal.wait_for(lambda: f"enter: send “VERSION” to {TAGGED} Things" in terminal.text)
        world.clock.set_rate(0)
        terminal.type("\r")
        terminal.wait_for(lambda: f"0/{TAGGED}" in terminal.text)
        world.clock.advance(2)
        terminal.wait_for(lambda: is_under_way(terminal, TAGGED))
        terminal.kill()

    assert 0 < len(set(world.sms) - before) < TAGGED
    (entry,) = journal(folder)
    assert entry["outcome"] == "accepted"

    with simtui(folder) as terminal:
        wait_for_the_fleet(terminal)
        terminal.wait_for(lambda: "still running" in terminal.text)
        world.clock.set_rate(FAST)
        terminal.wait_for(lambda: f"{TAGGED} done" in terminal.text)
        terminal.type("8")
        terminal.wait_for(lambda: "✓ done" in terminal.text)
        terminal.type("\r")
        terminal.wait_for(lambda: "d deliveries" in terminal.lines[-1])
        terminal.type("d")
        terminal.wait_for(lambda: f"{TAGGED} messages" in terminal.text)
        terminal.wait_for(lambda: "queued" not in terminal.lines[3])
        terminal.wait_for(lambda: "delivered" in terminal.lines[3])
        terminal.type("\r")
        terminal.wait_for(lambda: "VERSION" in terminal.text and "services" in terminal.lines[2])
        terminal.type("\x03")
        assert terminal.wait_for_the_end() == 0

    sent = [world.sms[one] for one in set(world.sms) - before]
    own = [sms for sms in sent if sms.direction == "MT"]
    tagged = {thing.thing_id for thing in world.things.values() if TAG in thing.tags}
    assert Counter(sms.thing_id for sms in own) == dict.fromkeys(tagged, 1)
    assert len(tagged) == TAGGED
    assert [bulk["dryRun"] for bulk in bulk_requests(server)] == [True, False]
    (entry,) = journal(folder)
    assert entry["outcome"] == "confirmed"
