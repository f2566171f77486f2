"""The vendor's how-tos about the configuration, by keyboard alone at 80x24, in the demo."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.records import ThingRecord
from tests.app.terminal import Terminal, simtui

THINGS = 300
SAVE = "\x13"
GENERATE = "\x07"
LEAVE = "\x11"


@pytest.fixture(scope="module")
def unlocked() -> ThingRecord:
    """A Thing of network ``depots`` that has an address which is not locked; the demo has the
    same fleet."""
    clock = WorldClock(datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC), rate=0)
    world = build_world(things=THINGS, seed=1, fresh=False, clock=clock)
    groups = {
        group.group_id
        for group in world.groups.values()
        if world.networks[group.network_id].name == "depots"
    }
    return next(
        thing
        for thing in world.things.values()
        if thing.group_id in groups
        and thing.state == "ACTIVE"
        and thing.ip_address is not None
        and not thing.ip_locked
    )


def test_add_a_firewall_filter_rule(tmp_path: Path) -> None:
    with demo(tmp_path) as terminal:
        ready(terminal)
        terminal.type("5")
        see(terminal, "scada")
        to_row(terminal, "scada")
        terminal.type("\r")
        see(terminal, "INBOUND towards the Thing · 5 rules")
        terminal.type("n")
        see(terminal, "New rule 2 of the INBOUND chain")
        terminal.type("DROP\rTCP\t10.0.0.1/8\t")
        see(terminal, "10.0.0.1/8 has host bits set")
        terminal.type("\x1b[Z192.0.2.0/24\t\t\t0\t")
        see(terminal, "Ports are 1 to 65535")
        terminal.type("\x1b[Z22\t\tno SSH from there" + SAVE)
        see(terminal, "+2  DROP    tcp    192.0.2.0/24")
        terminal.type(SAVE)
        see(terminal, "1 rule added")
        see(terminal, "enter: save it")
        terminal.type("\r")
        see(terminal, "✓ Saved: INBOUND chain of IP profile scada")
        leave(terminal)


def test_add_a_nat_rule_and_lock_the_address_for_it(tmp_path: Path, unlocked: ThingRecord) -> None:
    with demo(tmp_path) as terminal:
        ready(terminal)
        open_network(terminal, "depots")
        terminal.type("\t\t")
        see(terminal, "▸NAT")
        terminal.type("n")
        see(terminal, "New NAT rule of network depots")
        terminal.type(f"ssh\t{unlocked.iccid}\tTCP\t80\t")
        see(terminal, "Public ports are 1024 to 65535")
        terminal.type("\x1b[Z18022\t22\t192.0.2.0/24\t2h\t")
        see(terminal, "not locked: it will be locked first")
        terminal.type(SAVE)
        see(terminal, "+ first: ")
        see(terminal, "enter: create it")
        terminal.type("\r")
        see(terminal, "✓ Created: NAT rule ssh of network depots")
        terminal.type("0")
        see(terminal, "Create NAT rule ssh of network depots")
        see(terminal, "to valve-1 (1 of 2)")
        leave(terminal)


def test_set_up_an_ipsec_tunnel(tmp_path: Path) -> None:
    with demo(tmp_path) as terminal:
        ready(terminal)
        open_network(terminal, "depots")
        terminal.type("\x1b[Z")
        see(terminal, "▸IPsec")
        terminal.type("n")
        see(terminal, "New")
        terminal.type("hq\t\t\tvpn example.com\t")
        see(terminal, "✗ ")
        terminal.type("\x1b[Zvpn.example.com\t\t\t0secret1\t")
        see(terminal, "begins with the digit zero")
        terminal.type(GENERATE)
        see(terminal, "shown only now")
        shown = terminal.text.split("shown only now:")[1].split()[0]
        terminal.type("\t\t192.168.77.0/24" + SAVE)
        see(terminal, "enter: create it")
        assert shown not in terminal.text
        terminal.type("\r")
        see(terminal, "✓ Created: IPsec tunnel hq of network depots")
        see(terminal, "◌ negotiates")
        assert shown not in terminal.text
        leave(terminal)


def test_isolate_a_use_case_with_its_own_group_network_and_profile(
    tmp_path: Path, unlocked: ThingRecord
) -> None:
    """A network with a pool, isolated; an IP profile; a group that ties them; Things moved."""
    with demo(tmp_path) as terminal:
        ready(terminal)
        terminal.type("4")
        see(terminal, "depots")
        terminal.type("n")
        see(terminal, "New network")
        terminal.type("lifts" + SAVE)
        confirm(terminal, "✓ Created: network lifts")
        open_network(terminal, "lifts")
        terminal.type("n")
        see(terminal, "New pool of network lifts")
        terminal.type("10.44.0.0/15\r")
        see(terminal, "too large for a pool")
        terminal.type("\x7f6\r")
        see(terminal, "enter: create it")
        terminal.type("\r")
        see(terminal, "✓ Created: IP pool 10.44.0.0/16 of network lifts")
        terminal.type("I")
        see(terminal, "isolation: off → on")
        confirm(terminal, "✓ Saved: network lifts")
        see(terminal, "isolation on")

        terminal.type("5")
        see(terminal, "scada")
        terminal.type("n")
        see(terminal, "New IP profile")
        terminal.type("lifts" + SAVE)
        confirm(terminal, "✓ Created: IP profile lifts")
        terminal.type("3")
        see(terminal, "north-yard")
        terminal.type("n")
        see(terminal, "New group")
        terminal.type("lifts\tlifts\tlifts\t" + SAVE)
        confirm(terminal, "✓ Created: group lifts")
        to_row(terminal, "lifts")
        terminal.type("\r")
        see(terminal, "Groups ▸ lifts")
        terminal.type("m")
        see(terminal, "Move")
        terminal.type(f"iccid:{unlocked.iccid}" + SAVE)
        see(terminal, "enter: move")
        terminal.type("\r")
        see(terminal, "to group lifts: done", "1 · 100 %")
        leave(terminal)


def demo(folder: Path):  # a context with the terminal
    return simtui(folder, "demo", "--things", str(THINGS))


def ready(terminal: Terminal) -> None:
    """All Things are there, so the connection is open."""
    terminal.go_to_the_list()
    terminal.wait_for(lambda: " 300 " in terminal.lines[0] and "quota" in terminal.lines[0])


def see(terminal: Terminal, *texts: str) -> None:
    """Wait until the screen says so, wherever its lines break."""
    terminal.wait_for(lambda: all(text in _flat(terminal) for text in texts))


def _flat(terminal: Terminal) -> str:
    plain = (line.replace("│", " ") for line in terminal.lines)
    return " ".join(" ".join(plain).split()) + "\n" + terminal.text


def confirm(terminal: Terminal, done: str) -> None:
    """Confirm what the dialog shows."""
    see(terminal, "enter: ")
    terminal.wait_for(lambda: "enter: create it" in _flat(terminal) or "save it" in _flat(terminal))
    terminal.type("\r")
    see(terminal, done)


def to_row(terminal: Terminal, name: str) -> None:
    """Put the cursor on the row of a name."""
    terminal.wait_for(lambda: any(f" {name} " in f"{line} " for line in terminal.rows))
    at = next(at for at, line in enumerate(terminal.rows) if f" {name} " in f"{line} ")
    terminal.type("g" + "j" * at)
    terminal.wait_for(lambda: terminal.rows[at].startswith("▌"))


def open_network(terminal: Terminal, name: str) -> None:
    """Its first part, the pools."""
    terminal.type("4")
    see(terminal, "FULLEST", name)
    to_row(terminal, name)
    terminal.type("\r")
    see(terminal, f"Networks ▸ {name}")


def leave(terminal: Terminal) -> None:
    """Quit from wherever it is."""
    terminal.type(LEAVE)
    assert terminal.wait_for_the_end() == 0
