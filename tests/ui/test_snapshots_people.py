"""What the users and the account look like, and that they write nothing while nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.app_bench import screen_text
from tests.ui.people_states import DIALOGS, PAGES
from tests.ui.states import Looks
from tests.ui.terminal_bench import on_terminal

MINUTE = 65.0
ROOMY = ("users", "account", "account-ending")
SMALL = ("users", "account")


@pytest.mark.parametrize("page", PAGES)
def test_the_pages(looks_as_before: Looks, page: str) -> None:
    assert looks_as_before(PAGES[page])


@pytest.mark.parametrize("dialog", DIALOGS)
def test_the_dialogs(looks_as_before: Looks, dialog: str) -> None:
    assert looks_as_before(DIALOGS[dialog])


@pytest.mark.parametrize("page", ROOMY)
def test_with_room(looks_as_before: Looks, page: str) -> None:
    assert looks_as_before(PAGES[page], (120, 40))


@pytest.mark.parametrize("page", SMALL)
def test_with_hardly_any_room(looks_as_before: Looks, page: str) -> None:
    assert looks_as_before(PAGES[page], (40, 10))


@pytest.mark.parametrize("page", ["users", "users-levels", "users-for-others", "account"])
async def test_a_page_on_which_nothing_changes_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    async with on_terminal(PAGES[page].bench(tmp_path), monkeypatch) as terminal:
        await PAGES[page].drive(terminal.bench, terminal.app, terminal.pilot)
        await terminal.settled()
        shown = screen_text(terminal.app)
        assert [await terminal.poll(MINUTE) for _ in range(3)] == [0, 0, 0]
        assert screen_text(terminal.app) == shown
