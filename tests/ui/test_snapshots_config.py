"""What editing looks like: groups, networks, firewall, NAT and IPsec, and their dialogs."""

from __future__ import annotations

import pytest

from tests.ui.config_states import DIALOGS, PAGES
from tests.ui.states import Looks

ROOMY = {
    "firewall-edited": PAGES["firewall-edited"],
    "tunnel-with-an-error": PAGES["tunnel-with-an-error"],
    "tunnel-form": DIALOGS["tunnel-form"],
}
"""Those that use the room of a larger terminal in a way of their own."""
SMALL = {"firewall-edited": PAGES["firewall-edited"], "save": DIALOGS["save"]}
"""Those that have to give something up where there is hardly any room."""


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
