"""What the page of what changed looks like."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from simtui.ui.app import SimtuiApp
from simtui.ui.history import ChangesPlace, ThingPlace
from simtui.ui.screens.changes import ChangesPage
from tests.ui.app_bench import Bench, screen_text, until
from tests.ui.changes_bench import changes_bench, come, night, seed
from tests.ui.states import Looks, State, loaded


async def listed(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await seed(app)
    await app.go(ChangesPlace())
    await come(pilot, lambda: isinstance(app.page, ChangesPage) and len(app.page.keys()) == 6)


async def empty(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await app.go(ChangesPlace())
    await come(pilot, lambda: "Nothing was seen to change yet." in screen_text(app))


async def of_a_thing(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await seed(app)
    await app.go(ChangesPlace(night(app)[0].object_id))
    await come(pilot, lambda: "state active" in screen_text(app))


async def page_of_a_thing(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await seed(app)
    await app.go(ThingPlace(night(app)[0].object_id))
    await come(pilot, lambda: "Changes seen here" in screen_text(app))
    await until(pilot, lambda: not app.page.asking)
    await come(pilot, lambda: "State history" in screen_text(app))


STATES = {
    "changes": State(changes_bench, listed),
    "no-changes": State(changes_bench, empty),
    "changes-of-a-thing": State(changes_bench, of_a_thing),
}


@pytest.mark.parametrize("state", STATES)
def test_the_page(looks_as_before: Looks, state: str) -> None:
    assert looks_as_before(STATES[state])


def test_the_page_with_room(looks_as_before: Looks) -> None:
    assert looks_as_before(STATES["changes"], (120, 40))


def test_the_page_with_hardly_any_room(looks_as_before: Looks) -> None:
    assert looks_as_before(STATES["changes"], (40, 10))


def test_the_page_of_a_thing_that_changed(looks_as_before: Looks) -> None:
    assert looks_as_before(State(changes_bench, page_of_a_thing), (120, 40))
