"""What editing looks like: groups, networks, firewall, NAT and IPsec, and their dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.ui.config_states import DIALOGS, PAGES
from tests.ui.states import Looks, State

ROOMY = {
    "firewall-edited": PAGES["firewall-edited"],
    "tunnel-with-an-error": PAGES["tunnel-with-an-error"],
    "tunnel-form": DIALOGS["tunnel-form"],
}
"""Those that use the room of a larger terminal in a way of their own."""
SMALL = {"firewall-edited": PAGES["firewall-edited"], "save": DIALOGS["save"]}
"""Those that have to give something up where there is hardly any room."""


@pytest.fixture
def looks_as_before(snap_compare: Looks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Looks:
    monkeypatch.delenv("NO_COLOR", raising=False)

    def compare(state: State, size: tuple[int, int] = (80, 24)) -> bool:
        bench = state.bench(tmp_path)
        app = bench.app()

        async def drive(pilot: Pilot[Any]) -> None:
            await state.drive(bench, app, pilot)

        return snap_compare(app, run_before=drive, terminal_size=size)

    return compare


@pytest.mark.parametrize("page", PAGES)
def test_the_pages(looks_as_before: Looks, page: str) -> None:
    assert looks_as_before(PAGES[page])


@pytest.mark.parametrize("dialog", DIALOGS)
def test_the_dialogs(looks_as_before: Looks, dialog: str) -> None:
    assert looks_as_before(DIALOGS[dialog])


@pytest.mark.parametrize("what", ROOMY)
def test_with_room(looks_as_before: Looks, what: str) -> None:
    assert looks_as_before(ROOMY[what], (120, 40))


@pytest.mark.parametrize("what", SMALL)
def test_with_hardly_any_room(looks_as_before: Looks, what: str) -> None:
    assert looks_as_before(SMALL[what], (40, 10))
