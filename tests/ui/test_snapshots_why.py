"""What finding out why a Thing is offline looks like."""

from __future__ import annotations

import pytest

from tests.ui.states import Looks
from tests.ui.why_states import ROOMY, SMALL, STATES


@pytest.mark.parametrize("state", STATES)
def test_the_page(looks_as_before: Looks, state: str) -> None:
    assert looks_as_before(STATES[state])


@pytest.mark.parametrize("state", ROOMY)
def test_with_room(looks_as_before: Looks, state: str) -> None:
    assert looks_as_before(ROOMY[state], (120, 40))


@pytest.mark.parametrize("state", SMALL)
def test_with_hardly_any_room(looks_as_before: Looks, state: str) -> None:
    assert looks_as_before(SMALL[state], (40, 10))
