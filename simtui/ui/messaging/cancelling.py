"""Cancelling a message that is still queued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.errors import OutcomeUnknown, SimtuiError
from simtui.models import Sms, SmsStatus
from simtui.models.journal import Outcome
from simtui.store.outbox import Part
from simtui.store.sms_writes import CancelSms
from simtui.store.store import Store
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
            app.run_worker(_cancel(app, store, command))

    app.push_screen(
        ConfirmDialog("Cancel the SMS?", meaning, "cancel it", "let it go out"), answered
    )


async def _cancel(app: SimtuiApp, store: Store, command: CancelSms) -> None:
    """As a worker of the app: the page may be left before the answer comes."""
    part = Part()
    try:
        await store.outbox.run(command, part)
    except OutcomeUnknown as lost:
        app.notice(f"{command.summary}: the answer was lost; looking how it is now …")
        found = await store.outbox.verdict(part.entry_id)
        if found.outcome == Outcome.UNKNOWN:
            app.report(lost)
        else:
            app.notice(f"The answer was lost; looked up: {found.detail}")
    except SimtuiError as error:
        app.report(error)
    else:
        app.notice(f"✓ {command.summary}: done")
