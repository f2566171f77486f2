"""One dialog after the other in the same place, so that no key falls through between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from simtui.ui.screens.dialog import Dialog
from simtui.ui.widgets.command_bar import CommandBar

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp


def show(app: App[Any], dialog: Dialog[Any]) -> None:
    """Show a dialog, in the place of the one that is open."""
    if isinstance(app.screen, Dialog):
        app.switch_screen(dialog)
    else:
        app.push_screen(dialog)


def close_dialogs(app: App[Any]) -> None:
    """Show the page again."""
    while isinstance(app.screen, Dialog):
        app.screen.dismiss()


def is_busy(app: SimtuiApp) -> bool:
    """Whether the person is in a dialog or typing, so that nothing may open by itself."""
    typing = app.page is not None and app.page.query_one(CommandBar).is_open
    return typing or isinstance(app.screen, Dialog)
