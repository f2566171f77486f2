"""The real program in a real pseudo-terminal: what a person sees and types."""

from __future__ import annotations

from pathlib import Path

from tests.app.terminal import simtui

ALTERNATE_ON, ALTERNATE_OFF = b"\x1b[?1049h", b"\x1b[?1049l"
CURSOR_ON = b"\x1b[?25h"


def test_the_demo_begins_on_the_pulse_and_leads_to_what_is_behind_a_number(tmp_path: Path) -> None:
    with simtui(tmp_path, "demo") as terminal:
        terminal.wait_for(lambda: "▸ Pulse" in terminal.lines[0] and "✗ red" in terminal.text)
        terminal.wait_for(lambda: "Silent beyond habit" in terminal.rows[1])
        terminal.type("\r")
        terminal.wait_for(lambda: "▸ /silent:yes" in terminal.lines[0])
        terminal.type("[")
        terminal.wait_for(lambda: "▸ Pulse" in terminal.lines[0])
        terminal.type("qq")
        assert terminal.wait_for_the_end() == 0


def test_from_nothing_to_a_fleet_and_back_to_the_shell(tmp_path: Path) -> None:
    with simtui(tmp_path) as terminal:
        terminal.wait_for(lambda: "Demo" in terminal.text and "Connect" in terminal.text)
        terminal.type("d")
        terminal.wait_for(lambda: "2,000" in terminal.lines[0] and "● active" in terminal.text)
        assert "demo ▸ Things" in terminal.lines[0]

        terminal.type("/pump-1\r")  # in one go, as a slow line delivers it
        terminal.wait_for(lambda: "▸ /pump-1 " in terminal.lines[0])
        terminal.wait_for(lambda: all("pump-1" in line for line in terminal.rows))
        assert " of 2,000" in terminal.lines[0]

        terminal.type("\r")
        terminal.wait_for(lambda: "ICCID" in terminal.text and "IMSI" in terminal.text)
        assert "▸ pump-1" in terminal.lines[0]

        terminal.type("q")
        terminal.wait_for(lambda: "STATE" in terminal.lines[2])
        terminal.type("q")
        assert terminal.wait_for_the_end() == 0

    assert terminal.received.index(ALTERNATE_ON) < terminal.received.index(ALTERNATE_OFF)
    assert terminal.received.rindex(ALTERNATE_OFF) > terminal.received.rindex(ALTERNATE_ON)
    assert CURSOR_ON in terminal.received[terminal.received.index(ALTERNATE_OFF) - 200 :]
    assert b"Traceback" not in terminal.received
    assert list(tmp_path.rglob("*.toml")) == []
