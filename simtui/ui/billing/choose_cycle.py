"""Asking which billing cycle is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App

from simtui.models import BillingCycle
from simtui.ui.screens.menu_dialog import MenuDialog
from simtui.views.billing.head import status_word
from simtui.views.plan.wording import named


def choose_cycle(
    app: App[Any], cycles: Sequence[BillingCycle], chosen: Callable[[BillingCycle], None]
) -> None:
    """Let one of the cycles be chosen to compare with."""

    def answered(index: int | None) -> None:
        if index is not None:
            chosen(cycles[index])

    choices = [(named(cycle.cycle_id), status_word(cycle)) for cycle in cycles]
    app.push_screen(MenuDialog("Compare with", choices), answered)
