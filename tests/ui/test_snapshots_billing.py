"""What a bill looks like, and what it sends while nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.app_bench import screen_text
from tests.ui.billing_states import BILLS, DIALOGS
from tests.ui.states import Looks
from tests.ui.terminal_bench import SCREEN, on_terminal

MINUTE = 65.0
ROOMY = ("things", "compared")
"""Those that use the room of a larger terminal in a way of their own."""
SMALL = ("things", "compared", "being-made")
"""Those that have to give something up where there is hardly any room."""


@pytest.mark.parametrize("bill", BILLS)
def test_the_bill(looks_as_before: Looks, bill: str) -> None:
    assert looks_as_before(BILLS[bill])


@pytest.mark.parametrize("asked", DIALOGS)
def test_the_dialogs_of_the_bill(looks_as_before: Looks, asked: str) -> None:
    assert looks_as_before(DIALOGS[asked])


@pytest.mark.parametrize("bill", ROOMY)
def test_the_bill_with_room(looks_as_before: Looks, bill: str) -> None:
    assert looks_as_before(BILLS[bill], (120, 40))


@pytest.mark.parametrize("bill", SMALL)
def test_the_bill_with_hardly_any_room(looks_as_before: Looks, bill: str) -> None:
    assert looks_as_before(BILLS[bill], (40, 10))


@pytest.mark.parametrize("bill", sorted({*BILLS} - {"being-made"}))
async def test_a_bill_on_which_nothing_changes_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bill: str
) -> None:
    async with on_terminal(BILLS[bill].bench(tmp_path), monkeypatch) as terminal:
        await BILLS[bill].drive(terminal.bench, terminal.app, terminal.pilot)
        await terminal.settled()
        shown = screen_text(terminal.app)
        assert [await terminal.poll(MINUTE) for _ in range(3)] == [0, 0, 0]
        assert screen_text(terminal.app) == shown


async def test_a_bill_in_another_order_is_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_terminal(BILLS["things"].bench(tmp_path), monkeypatch) as terminal:
        await BILLS["things"].drive(terminal.bench, terminal.app, terminal.pilot)
        await terminal.settled()
        assert 0 < await terminal.press("j") <= 660
        assert 0 < await terminal.press("N") <= 1.3 * SCREEN
        assert await terminal.press("tab") <= 2.5 * SCREEN
