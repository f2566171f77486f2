"""Killed in the middle of a twenty-rule edit, and started again: the edit is offered, goes on
where it was, and is saved as one write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.server import LiveServer
from tests.app.served import folder_for
from tests.app.terminal import Terminal, simtui

NEW_RULES = 20


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    clock = WorldClock(datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC), rate=0)
    with LiveServer(build_world(things=200, seed=1, fresh=False, clock=clock)) as server:
        yield server


def test_an_edit_of_twenty_rules_survives_a_kill(server: LiveServer, tmp_path: Path) -> None:
    folder = folder_for(server, tmp_path)
    profile = next(one for one in server.world.ip_profiles.values() if one.name == "default")
    assert not profile.inbound

    with simtui(folder) as terminal:
        open_the_list(terminal)
        terminal.type("j\r")
        terminal.wait_for(lambda: "Everything is allowed." in terminal.text)
        for number in range(1, NEW_RULES + 1):
            add_rule(terminal, number)
        terminal.type("n")
        terminal.wait_for(lambda: f"New rule {NEW_RULES + 1} " in terminal.text)
        terminal.kill()
    assert not profile.inbound

    with simtui(folder) as terminal:
        terminal.wait_for(lambda: "Not saved yet: INBOUND chain" in terminal.text)
        assert f"{NEW_RULES} steps" in terminal.text
        wait_for_the_fleet(terminal)
        terminal.type("U")
        terminal.wait_for(lambda: "Unsaved edits" in terminal.text)
        terminal.type("\r")
        terminal.wait_for(lambda: f"{NEW_RULES} rules · unsaved" in terminal.text)
        terminal.type("\x13")
        terminal.wait_for(lambda: f"{NEW_RULES} rules added" in terminal.text)
        terminal.wait_for(lambda: "enter: save it" in terminal.text)
        terminal.type("\r")
        terminal.wait_for(lambda: "✓ Saved: INBOUND chain of IP profile default" in terminal.text)
        terminal.type("\x11")
        assert terminal.wait_for_the_end() == 0

    ports = [rule.dst_ports for rule in profile.inbound]
    assert ports == [str(1000 + number) for number in range(1, NEW_RULES + 1)]
    assert not list((folder / "STATE" / "prod.drafts").iterdir())


def open_the_list(terminal: Terminal) -> None:
    """The IP profiles."""
    wait_for_the_fleet(terminal)
    terminal.type("5")
    terminal.wait_for(lambda: "INBOUND" in terminal.text and "default" in terminal.text)


def wait_for_the_fleet(terminal: Terminal) -> None:
    """All Things are there, so the connection is open."""
    terminal.wait_for(lambda: " 200 " in terminal.lines[0] and "quota" in terminal.lines[0])


def add_rule(terminal: Terminal, number: int) -> None:
    """One more rule by its form: ALLOW TCP to a port of its own."""
    terminal.type("n")
    terminal.wait_for(lambda: f"New rule {number} " in terminal.text)
    terminal.type("\rTCP\t\t\t\t")
    terminal.type(f"{1000 + number}\x13")
    terminal.wait_for(lambda: f":{1000 + number}" in terminal.text)
