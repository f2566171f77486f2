"""What each screen looks like in each state. `pytest --snapshot-update` accepts a new look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from simtui.paths import Paths
from simtui.ui.app import SimtuiApp
from tests.ui.app_bench import Bench, bench_in, is_loaded, screen_text, type_at_once, until
from tests.ui.states import DETAIL, LIST, State

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
HOME = Path("/home/anna")
"""Nobody's: it is shown, and never read or written."""
Looks = Callable[..., bool]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours do not depend on who looks."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@SIZES
@pytest.mark.parametrize("state", LIST)
def test_the_thing_list(looks_as_before: Looks, state: str, size: tuple[int, int]) -> None:
    assert looks_as_before(LIST[state], size)


@SIZES
@pytest.mark.parametrize("state", DETAIL)
def test_the_thing_detail(looks_as_before: Looks, state: str, size: tuple[int, int]) -> None:
    assert looks_as_before(DETAIL[state], size)


def after(keys: str, shows: str = "") -> State:
    """The list, loaded, when keys were pressed and something that comes of it is there."""

    async def drive(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: is_loaded(app))
        type_at_once(app, keys)
        await pilot.pause()
        if shows:  # a window must not be looked at like this: it forgets what is behind it
            await until(pilot, lambda: shows in screen_text(app))

    return State(bench_in, drive)


OVER_THE_LIST = {
    "candidates": after(":co", shows="columns  copy"),
    "refused-command": after(":thigns\r", shows="Did you mean"),
    "refused-filter": after("/state:activex\r", shows="▾"),
    "help": after("?"),
    "copy": after("c"),
    "json": after("y", shows='"thingId"'),
}


@pytest.mark.parametrize("what", OVER_THE_LIST)
def test_over_the_list(looks_as_before: Looks, what: str) -> None:
    assert looks_as_before(OVER_THE_LIST[what])


def test_an_error_in_full(looks_as_before: Looks) -> None:
    async def drive(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
        await LIST["error"].drive(bench, app, pilot)
        await pilot.press("exclamation_mark")

    assert looks_as_before(State(bench_in, drive))


@pytest.fixture
def first_run_looks_as_before(snap_compare: Looks, bench: Bench) -> Looks:
    """The same for the app with nothing configured."""
    bench.paths = Paths(HOME / ".config/simtui", HOME / ".cache/simtui", HOME / ".local/state")

    def compare(drive: Callable[[Pilot[Any]], Awaitable[None]]) -> bool:
        return snap_compare(SimtuiApp(bench.launcher(), None), run_before=drive)

    return compare


def test_the_welcome(first_run_looks_as_before: Looks) -> None:
    async def nothing(pilot: Pilot[Any]) -> None:
        await pilot.pause()

    assert first_run_looks_as_before(nothing)


def test_the_form_with_a_refused_field(first_run_looks_as_before: Looks) -> None:
    async def fill_in(pilot: Pilot[Any]) -> None:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*"my client", "ctrl+s")

    assert first_run_looks_as_before(fill_in)
