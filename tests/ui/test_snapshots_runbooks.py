"""What runbooks look like: their pages, their dialogs, and their list."""

from __future__ import annotations

import pytest

from tests.ui.runbook_states import DIALOGS, PAGES
from tests.ui.states import Looks

ROOMY = ("stolen-evidence", "stolen-tagging", "revive-waiting", "revive-ended", "runbooks")
"""Those that use the room of a larger terminal in a way of their own."""
SMALL = ("stolen-evidence", "revive-ended", "runbooks")
"""Those that have to give something up where there is hardly any room."""


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
