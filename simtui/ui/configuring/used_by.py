"""The groups that use a network or an IP profile, to go to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.models.config_change import Ref
from simtui.ui.acting.showing import close_dialogs, show
from simtui.ui.history import GroupPlace
from simtui.ui.screens.pick_dialog import PickDialog
from simtui.views.config.names import KIND_NAMES
from simtui.views.config.reach import groups_reached
from simtui.views.forms.field import Choice
from simtui.views.plan.wording import things_text

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp


def show_used_by(app: SimtuiApp, ref: Ref) -> None:
    """Let one of the groups be chosen; say so when there is none."""
    if app.visit is None:
        return
    context = app.visit.feed.context
    groups = sorted(groups_reached(ref, context), key=lambda group: group.name.casefold())
    if not groups:
        app.notice(f"No group uses this {KIND_NAMES[ref.kind]}")
        return
    offers = [Choice(group.name, things_text(group.thing_count or 0)) for group in groups]

    def picked(index: int) -> None:
        close_dialogs(app)
        app.go_soon(GroupPlace(groups[index].things_group_id))

    dialog = PickDialog(
        "Used by", offers, picked, lambda: close_dialogs(app), search=len(groups) > 8
    )
    show(app, dialog)
