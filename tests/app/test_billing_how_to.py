"""What a group will cost, by keyboard alone at 80x24, in the demo."""

from __future__ import annotations

import re
from pathlib import Path

from tests.app.terminal import Terminal, simtui


def test_read_what_a_group_will_cost(tmp_path: Path) -> None:
    with simtui(tmp_path, "demo", "--things", "300") as terminal:
        terminal.wait_for(lambda: " 300 " in terminal.lines[0] and "quota" in terminal.lines[0])
        terminal.type("7")
        terminal.wait_for(lambda: "EUR so far" in terminal.text and "▌" in terminal.text)
        terminal.type("\t")
        terminal.wait_for(lambda: "GROUP" in terminal.text and " depot-7 " in terminal.text)
        to_row(terminal, "depot-7")
        terminal.type("\r")
        terminal.wait_for(
            lambda: "▸ depot-7" in terminal.lines[0] and "EUR so far" in terminal.text
        )
        so_far = amount(terminal, r"^ ([0-9.]+) EUR so far = subscriptions")
        if "no estimate" not in terminal.text:  # on the first day of a month there is none
            at_the_end = amount(terminal, r"^ ≈ ([0-9.]+) EUR at its end · estimate: usage ÷")
            assert at_the_end >= so_far
        terminal.wait_for(lambda: "Subscriptions" in terminal.text)
        assert "0.9500" in terminal.text

        terminal.type("3")
        terminal.wait_for(lambda: "▌" in terminal.text and " depot-7 " in terminal.text)
        to_row(terminal, "depot-7")
        terminal.type("\r")
        terminal.wait_for(lambda: "Groups ▸ depot-7" in terminal.lines[0])
        terminal.type("b")
        terminal.wait_for(
            lambda: "Billing ▸" in terminal.lines[0] and "EUR so far" in terminal.text
        )
        assert "depot-7" in terminal.lines[0]
        terminal.type("\x11")
        assert terminal.wait_for_the_end() == 0


def amount(terminal: Terminal, pattern: str) -> float:
    """A number that the screen shows."""
    found: list[str] = []

    def is_there() -> bool:
        found[:] = [m[1] for line in terminal.lines if (m := re.search(pattern, line))]
        return bool(found)

    terminal.wait_for(is_there)
    return float(found[0])


def to_row(terminal: Terminal, name: str) -> None:
    """Put the cursor on the row of a name, wherever the table begins."""

    def row() -> int:
        return next(at for at, line in enumerate(terminal.lines) if f" {name} " in f"{line} ")

    first = next(at for at, line in enumerate(terminal.lines) if line.startswith("▌"))
    terminal.type("j" * (row() - first))
    terminal.wait_for(lambda: terminal.lines[row()].startswith("▌"))
