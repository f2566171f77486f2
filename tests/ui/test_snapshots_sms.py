"""What messages look like: the lists, a conversation, deliveries, and writing one."""

from __future__ import annotations

import pytest

from tests.ui.sms_states import DIALOGS, PAGES
from tests.ui.states import Looks

ROOMY = {name: PAGES[name] for name in ("sms-open", "conversation", "deliveries")}
SMALL = {"conversation": PAGES["conversation"], "composing": DIALOGS["composing"]}


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
