"""The vendor's how-tos, by keyboard alone at 80x24, on an account as it is shipped."""

from __future__ import annotations

from pathlib import Path

from tests.app.terminal import simtui


def test_initial_information_and_a_new_sim(tmp_path: Path) -> None:
    """Retrieve initial information; activate a new SIM."""
    with simtui(tmp_path, "demo", "--fresh", "--things", "50") as terminal:
        terminal.wait_for(lambda: "○ prov." in terminal.rows[-1])
        assert " 50 " in terminal.lines[0]

        terminal.type("\r")
        terminal.wait_for(lambda: "○ prov." in terminal.text and "IMSI" in terminal.text)
        name = terminal.lines[0].split("▸ ")[-1].split("  ")[0].strip()

        terminal.type("t")
        terminal.wait_for(lambda: f"enter: activate {name}" in terminal.text)
        terminal.wait_for(lambda: "PROVISIONED → ACTIVE" in terminal.text)
        assert "charged for this cycle" in " ".join(terminal.text.split())
        terminal.type("\r")
        terminal.wait_for(lambda: f"✓ {name} is active" in terminal.text)

        terminal.type("2")
        terminal.wait_for(lambda: "● active" in terminal.rows[0])
        terminal.type("q")
        assert terminal.wait_for_the_end() == 0
