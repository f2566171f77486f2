"""What to know before an action is confirmed, as sentences with a tone."""

from __future__ import annotations

from simtui.models import Account, State, Thing
from simtui.models.action import (
    Action,
    MoveToGroup,
    ResetConnection,
    SendSms,
    SetServices,
    SetState,
)
from simtui.views.cell import Cell
from simtui.views.plan.bill_remarks import bill_remarks
from simtui.views.plan.move_remarks import move_remarks
from simtui.views.plan.retire_remarks import retire_remarks
from simtui.views.plan.session_remarks import cut_remarks, left_running_remarks
from simtui.views.plan.sms_remarks import sms_remarks
from simtui.views.plan.verdict import Facts


def remarks_on(
    action: Action, things: tuple[Thing, ...], facts: Facts, account: Account | None
) -> tuple[Cell, ...]:
    """The remarks on an action that changes ``things``; none when it changes nothing."""
    if not things:
        return ()
    if isinstance(action, SetState):
        return _state(action, things, facts, account)
    if isinstance(action, MoveToGroup):
        return move_remarks(action, things, facts.context)
    if isinstance(action, ResetConnection):
        return cut_remarks(things)
    if isinstance(action, SendSms):
        return sms_remarks(action, things)
    if isinstance(action, SetServices) and not action.services:
        return (Cell("Neither data nor SMS gets through any more.", "warn"),)
    return ()


def _state(
    action: SetState, things: tuple[Thing, ...], facts: Facts, account: Account | None
) -> tuple[Cell, ...]:
    final = retire_remarks(things, facts.nat_rules) if action.state == State.RETIRED else ()
    bill = bill_remarks(action, things, account, facts.context.now)
    return (*final, *bill, *left_running_remarks(action, things))
