"""What ``simtui apply send-sms`` adds: its options, and the same text twice within the hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simtui.cli.apply_options import out_of_place
from simtui.cli.apply_order import Order
from simtui.errors import SimtuiError, UsageError
from simtui.models import Thing
from simtui.models.action import Action, SendSms
from simtui.store.sms_queries import SentLatelyQuery
from simtui.store.store import Store
from simtui.views.cell import Cell
from simtui.views.fields.minutes import parse_minutes
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.checked_action import checked_action
from simtui.views.sms.same_text import same_lately, same_text


def with_sms_options(action: Action, order: Order, context: FleetContext) -> Action:
    """The action with ``--valid`` and ``--sender``.

    Raises:
        UsageError: they mean nothing for this action, or cannot be.
    """
    given = {"--valid": order.valid, "--sender": order.sender, "--again": order.again or None}
    if not isinstance(action, SendSms):
        for option, value in given.items():
            if value is not None:
                raise out_of_place(option, "only a message has it")
        return action
    if order.valid is not None:
        action = replace(action, validity_minutes=parse_minutes(order.valid))
    if order.sender is not None:
        action = replace(action, sender=order.sender)
    return checked_action(action, (), context)


async def same_text_cautions(
    store: Store, action: Action, things: Sequence[Thing], order: Order, context: FleetContext
) -> tuple[Cell, ...]:
    """What to know of Things that were sent the very same text within the hour.

    Raises:
        UsageError: there are some, and nobody could be asked.
    """
    if not isinstance(action, SendSms) or not things:
        return ()
    query = SentLatelyQuery(things[0].thing_id if len(things) == 1 else "")
    try:
        sent = await store.fetch(query)
    except SimtuiError as error:
        return (Cell(f"What was sent within the last hour is not looked at: {error}", "warn"),)
    lately = same_lately(action.text, things, sent)
    if not lately:
        return ()
    words = same_text(things, lately, context.now)
    if order.yes and not (order.again or order.dry_run):
        raise UsageError(
            "The same text went out within the last hour",
            words,
            "Nothing was sent; add --again to send it all the same",
        )
    return (Cell(words, "warn"),)
