"""What a group will cost, by keyboard alone at 80x24, in the demo."""

from __future__ import annotations

import re
from pathlib import Path

from tests.app.terminal import Terminal, simtui


def test_read_what_a_group_will_cost(tmp_path: Path) -> None:
    with simtui(tmp_path, "demo", "--things", "300") as terminal:
        terminal.go_to_the_list()
        terminal.wait_for(lambda: " 300 " in terminal.lines[0] and "quota" in terminal.lines[0])
        terminal.type("7")
        see(terminal, "demo ▸ Billing", "EUR so far", "▌")
        terminal.type("\t")
        see(terminal, "GROUP", " depot-7 ")
        to_row(terminal, "depot-7")
        terminal.type("\r")
        see(terminal, "▸ depot-7", "EUR so far", "Subscriptions", "0.9500")
        so_far = amount(terminal, r"^ ([0-9.]+) EUR so far = subscriptions")
        if "no estimate" not in terminal.text:  # on the first day of a month there is none
            at_the_end = amount(terminal, r"^ ≈ ([0-9.]+) EUR at its end · estimate: usage ÷")
            assert at_the_end >= so_far

        terminal.type("3")
        see(terminal, "demo ▸ Groups", "IP PROFILE", "▌", " depot-7 ")
        to_row(terminal, "depot-7")
        terminal.type("\r")
        see(terminal, "Groups ▸ depot-7")
        terminal.type("$")
        see(terminal, "demo ▸ Billing", "EUR so far")
        assert "▸ depot-7" in terminal.lines[0]
        terminal.type("\x11")
        assert terminal.wait_for_the_end() == 0


def see(terminal: Terminal, *texts: str) -> None:
    """Wait until all of it is on the screen."""
    terminal.wait_for(lambda: all(text in terminal.text for text in texts))


def amount(terminal: Terminal, pattern: str) -> float:
    """A number that the screen shows."""
    return float(next(m[1] for line in terminal.lines if (m := re.search(pattern, line))))


def to_row(terminal: Terminal, name: str) -> None:
    """Put the cursor on the row of a name, wherever the table begins."""

    def row() -> int:
        return next(at for at, line in enumerate(terminal.lines) if f" {name} " in f"{line} ")

    first = next(at for at, line in enumerate(terminal.lines) if line.startswith("▌"))
    terminal.type("j" * (row() - first))
    terminal.wait_for(lambda: terminal.lines[row()].startswith("▌"))
