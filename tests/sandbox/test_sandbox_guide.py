"""What docs/sandbox.md says of faults, troubles, clients and EXT endpoints is what there is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from simtui.cli.fleet_options import DEFAULT_SEED, DEFAULT_THINGS, FEWEST_THINGS, MOST_THINGS
from simtui.cli.sandbox import DEFAULT_PORT
from simtui.sandbox.faults.catalogue import ALL, KINDS, READS, FaultKind
from simtui.sandbox.faults.switchboard import CHOICES
from simtui.sandbox.life.trouble import NETWORK_TROUBLES, THING_TROUBLES
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH, document
from simtui.sandbox.permissions import PRESETS
from simtui.sandbox.provoke import describe_troubles
from simtui.sandbox.scenarios.catalogue import SCENARIOS
from simtui.sandbox.token import CLIENT_IDS, Credentials
from simtui.sandbox.world import World

GUIDE = Path(__file__).parents[2] / "docs" / "sandbox.md"


def table(title: str) -> list[str]:
    """The rows of the table under a heading, without its head."""
    section = GUIDE.read_text("utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| `")]


def fault_row(kind: FaultKind) -> str:
    times = "until off" if kind.times is None else "once"
    strikes = (
        "all"
        if kind.methods == ALL
        else "GET"
        if kind.methods == READS
        else _names(
            method for method in ("POST", "PUT", "PATCH", "DELETE") if method in kind.methods
        )
    )
    settings = "; ".join(_setting(kind, name) for name in kind.settings) or "–"
    return f"| `{kind.name}` | {kind.description} | {settings} | {strikes} | {times} |"


def _setting(kind: FaultKind, name: str) -> str:
    choices = CHOICES.get((kind.name, name))
    usual = f"`{name}` ({kind.settings[name]})"
    return f"{usual}: {_names(sorted(map(str, choices)))}" if choices else usual


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)


def test_every_fault_is_described() -> None:
    assert table("Faults") == [fault_row(kind) for kind in KINDS.values()]


def test_every_trouble_is_described() -> None:
    expected = [
        f"| `{one['name']}` | {one['strikes'].split()[0]} | {one['description']} |"
        for one in describe_troubles()
    ]
    assert len(expected) == len(THING_TROUBLES) + len(NETWORK_TROUBLES)
    assert table("Troubles by hand") == expected


def test_every_scenario_is_described() -> None:
    expected = [f"| `{one.name}` | {one.description} | {one.truth} |" for one in SCENARIOS.values()]
    assert table("Scenarios") == expected


def test_every_client_is_named_with_what_it_may_do() -> None:
    rows = table("Clients and permission levels")
    assert [row.split("`")[1] for row in rows] == [CLIENT_IDS[level] for level in PRESETS]
    for row, (level, areas) in zip(rows, PRESETS.items(), strict=True):
        assert level in row
        assert all(area in row for area in areas)


def test_the_secret_to_copy_is_that_of_the_default_seed(world: World) -> None:
    admin = Credentials(world, seed=DEFAULT_SEED).of("ADMINISTRATOR")
    assert f"SIMTUI_CLIENT_SECRET={admin.client_secret.reveal()}\n" in GUIDE.read_text("utf-8")


def test_every_ext_endpoint_is_listed() -> None:
    ext = {
        f"{method.upper()} {path}"
        for path, methods in document()["paths"].items()
        for method, one in methods.items()
        if isinstance(one, dict) and one.get("x-extension")
    }
    assert {row.split("`")[1] for row in table("What is EXT")} == ext


@pytest.mark.parametrize(
    "fact",
    [
        f"{BASE_PATH}",
        f"{TOKEN_PATH}",
        f"port {DEFAULT_PORT}",
        f"{FEWEST_THINGS} to {MOST_THINGS:,}",
        f"{DEFAULT_THINGS:,} Things",
        f"seed is {DEFAULT_SEED}",
    ],
)
def test_the_facts_of_the_command_are_told(fact: str) -> None:
    assert fact in GUIDE.read_text("utf-8")


def test_the_number_of_operations_is_right() -> None:
    count = sum(len(path.keys() - {"parameters"}) for path in document()["paths"].values())
    assert f"{count} operations" in GUIDE.read_text("utf-8")
