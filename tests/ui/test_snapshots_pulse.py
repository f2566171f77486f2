"""What the Pulse looks like."""

from __future__ import annotations

import pytest

from tests.ui.pulse_states import PAGES
from tests.ui.states import Looks


@pytest.mark.parametrize("state", PAGES)
def test_the_pulse(looks_as_before: Looks, state: str) -> None:
    assert looks_as_before(PAGES[state])


@pytest.mark.parametrize("size", [(120, 40), (40, 10)], ids=str)
@pytest.mark.parametrize("state", ["usual", "silenced"])
def test_the_pulse_with_other_room(
    looks_as_before: Looks, state: str, size: tuple[int, int]
) -> None:
    assert looks_as_before(PAGES[state], size)
