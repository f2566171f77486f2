"""What the tests of editing do over and over: go to a page, wait for a dialog, save."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import httpx
from textual.pilot import Pilot
from textual.screen import Screen

from simtui.sandbox.records import IpProfileRecord, NetworkRecord
from simtui.ui.app import SimtuiApp
from simtui.ui.history import Place
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.save_dialog import SaveDialog
from tests.ui.acting_bench import writes
from tests.ui.app_bench import Bench, until

D = TypeVar("D", bound=Screen[Any])


def profile_named(bench: Bench, name: str) -> IpProfileRecord:
    """An IP profile of the world."""
    return next(one for one in bench.world.ip_profiles.values() if one.name == name)


def network_named(bench: Bench, name: str) -> NetworkRecord:
    """A network of the world."""
    return next(one for one in bench.world.networks.values() if one.name == name)


async def at(app: SimtuiApp, pilot: Pilot[None], place: Place) -> None:
    """Go somewhere, and wait until it is there."""
    await until(pilot, lambda: app.visit.acting.level is not None)
    await app.go(place)
    await pilot.pause()


async def dialog(app: SimtuiApp, pilot: Pilot[None], kind: type[D]) -> D:
    """A dialog of this kind, as soon as it is open."""
    await until(pilot, lambda: isinstance(app.screen, kind) and app.screen.is_mounted)
    assert isinstance(app.screen, kind)
    return app.screen


async def fill(app: SimtuiApp, pilot: Pilot[None], **answers: str) -> FormDialog:
    """Type answers into the form that opens, by the names of its fields."""
    form = await dialog(app, pilot, FormDialog)
    for row in form._rows:
        if (text := answers.pop(row.field.name, None)) is not None:
            row.entry.focus()
            await pilot.pause()
            row.entry.value = text
            await pilot.pause()
    assert not answers, f"the form has no {', '.join(answers)}"
    return form


async def save(app: SimtuiApp, pilot: Pilot[None]) -> None:
    """Confirm what is shown, and wait until it is saved."""
    asked = await dialog(app, pilot, SaveDialog)
    await until(pilot, lambda: asked.ready)
    await pilot.press("enter")
    await until(pilot, lambda: app.screen is not asked)


def sent(bench: Bench) -> list[tuple[str, str, Any]]:
    """The writes that went out: method, the end of the path, and the body."""
    return [(one.method, path_of(one), body_of(one)) for one in writes(bench)]


def path_of(request: httpx.Request) -> str:
    """The path below the base."""
    return request.url.path.split("/iotprogrammablesim", 1)[-1]


def body_of(request: httpx.Request) -> Any:
    """What was sent with it."""
    return json.loads(request.content) if request.content else None
