"""What the blast radius looks like."""

from __future__ import annotations

import pytest

from tests.ui.blast_states import PAGES
from tests.ui.states import Looks


@pytest.mark.parametrize("page", PAGES)
def test_the_pages(looks_as_before: Looks, page: str) -> None:
    assert looks_as_before(PAGES[page])


@pytest.mark.parametrize("size", [(120, 40), (40, 10)])
def test_other_sizes(looks_as_before: Looks, size: tuple[int, int]) -> None:
    assert looks_as_before(PAGES["findings"], size)
