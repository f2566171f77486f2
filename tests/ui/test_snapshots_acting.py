"""What acting looks like: its dialogs, the jobs, the journal and the IMEI changes."""

from __future__ import annotations

from itertools import count
from uuid import UUID

import pytest

from tests.ui.acting_states import DIALOGS, PAGES
from tests.ui.states import Looks

ROOMY = {
    "plan-of-many": DIALOGS["plan-of-many"],
    "conflict": DIALOGS["conflict"],
    "job-with-failures": PAGES["job-with-failures"],
    "journal": PAGES["journal"],
}
"""Those that use the room of a larger terminal in a way of their own."""
SMALL = {name: DIALOGS[name] for name in ("menu-of-several", "retiring")}
"""Those that have to give something up where there is hardly any room."""


@pytest.fixture(autouse=True)
def ids_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ids of writes are counted instead of drawn."""
    numbers = count(1)
    monkeypatch.setattr("simtui.store.outbox.uuid4", lambda: UUID(int=next(numbers) << 64))


@pytest.mark.parametrize("dialog", DIALOGS)
def test_the_dialogs(looks_as_before: Looks, dialog: str) -> None:
    assert looks_as_before(DIALOGS[dialog])


@pytest.mark.parametrize("page", PAGES)
def test_the_pages(looks_as_before: Looks, page: str) -> None:
    assert looks_as_before(PAGES[page])


@pytest.mark.parametrize("what", ROOMY)
def test_with_room(looks_as_before: Looks, what: str) -> None:
    assert looks_as_before(ROOMY[what], (120, 40))


@pytest.mark.parametrize("what", SMALL)
def test_with_hardly_any_room(looks_as_before: Looks, what: str) -> None:
    assert looks_as_before(SMALL[what], (40, 10))
