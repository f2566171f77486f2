"""The states of the users and of the account, each brought about on a frozen world."""

from __future__ import annotations

from pathlib import Path

import httpx
from textual.pilot import Pilot

from simtui.sandbox.records import UserRecord
from simtui.ui.app import SimtuiApp
from simtui.ui.history import AccountPlace, UsersPlace
from simtui.ui.screens.form_dialog import FormDialog
from tests.ui.app_bench import Bench, screen_text, until
from tests.ui.config_bench import dialog, fill
from tests.ui.config_states import quiet_and_read_only, quiet_bench, shows
from tests.ui.states import State

SUNSET = "2027-01-31"


def user_named(bench: Bench, name: str) -> UserRecord:
    """A user of the world, by the beginning of the name."""
    return next(one for one in bench.world.users.values() if one.name.startswith(name))


def bench_of(level: str, folder: Path) -> Bench:
    """The account as somebody of another level sees it."""
    bench = quiet_bench(folder)
    bench.faults.switch_on("permission-level", {"level": level})
    return bench


def only_one_administrator(folder: Path) -> Bench:
    bench = quiet_bench(folder)
    user_named(bench, "Bram").status = "DISABLED"
    return bench


def ending(folder: Path) -> Bench:
    """The API tells that it ends."""
    bench = quiet_bench(folder)
    bench.faults.switch_on("sunset", {"value": SUNSET})
    return bench


def hostile(folder: Path) -> Bench:
    """A user whose name and address would act on a terminal."""
    bench = quiet_bench(folder)
    user = user_named(bench, "Chl")
    user.name, user.email = "Ch\x1b[2Jlo\u202e\u00e9 " * 6, "c\x07hloe@example.com"
    return bench


def without_users(folder: Path) -> Bench:
    """The list of users breaks."""
    bench = quiet_bench(folder)
    bench.cable.instead = lambda request: (
        httpx.Response(502, text="<html><title>Bad gateway</title></html>")
        if request.url.path.endswith("/users")
        else None
    )
    return bench


USERS = shows(lambda bench: UsersPlace(), "Daan Bakker")


async def inviting(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await USERS(bench, app, pilot)
    await pilot.press("n")
    form = await fill(app, pilot, email="zoe@example.com", name="Zoe Claes")
    form._rows[2].entry.focus()
    await pilot.pause()


async def refused(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """The last administrator is given another level."""
    await USERS(bench, app, pilot)
    await pilot.press("e")
    await dialog(app, pilot, FormDialog)
    await fill(app, pilot, permission_level="OPERATOR")
    await pilot.press("tab", "tab")
    await until(pilot, lambda: "last active administrator" in screen_text(app))


PAGES = {
    "users": State(quiet_bench, USERS),
    "users-levels": State(quiet_bench, shows(lambda bench: UsersPlace(), "Daan", "v", "j", "j")),
    "users-for-others": State(
        lambda folder: bench_of("OPERATOR", folder),
        shows(lambda bench: UsersPlace(), "seeing them needs"),
    ),
    "users-read-only": State(quiet_and_read_only, USERS),
    "users-last-administrator": State(only_one_administrator, USERS),
    "users-hostile": State(hostile, shows(lambda bench: UsersPlace(), "Daan", "j", "j")),
    "users-broken": State(without_users, shows(lambda bench: UsersPlace(), "could not be loaded")),
    "account": State(quiet_bench, shows(lambda bench: AccountPlace(), "Example Utilities")),
    "account-ending": State(ending, shows(lambda bench: AccountPlace(), "Example Utilities")),
}
DIALOGS = {
    "user-invited": State(quiet_bench, inviting),
    "user-refused": State(only_one_administrator, refused),
}
