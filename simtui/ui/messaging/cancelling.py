"""Cancelling a message that is still queued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.models import Sms, SmsStatus
from simtui.store.sms_writes import CancelSms
from simtui.store.store import Store
from simtui.ui.one_write import carry_out
from simtui.ui.screens.confirm_dialog import ConfirmDialog
from simtui.views.sms.words import status_word
from simtui.views.text import clean

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp


def offer_to_cancel_sms(app: SimtuiApp, store: Store, sms: Sms, whom: str) -> None:
    """Ask whether it shall be cancelled, or say why it cannot be."""
    if sms.status != SmsStatus.QUEUED:
        app.notice(f"Only a queued message can be cancelled; this one is {status_word(sms.status)}")
        return
    command = CancelSms(sms, whom)
    meaning = f"“{clean(sms.text, 200)}” to {whom} is still at the platform. It is not sent then."

    def answered(yes: bool | None) -> None:
        if yes:
            done = f"✓ {command.summary}: done"
            app.run_worker(carry_out(app, store, command, lambda sms: done))

    app.push_screen(
        ConfirmDialog("Cancel the SMS?", meaning, "cancel it", "let it go out"), answered
    )
