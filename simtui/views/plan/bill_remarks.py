"""What a change of state means for the bill (contract §4).

A Thing is charged for a cycle if it was ACTIVE at any instant of it, so SUSPENDED is free
only over a whole cycle, and RETIRED costs nothing from the next cycle on.
"""

from __future__ import annotations

from datetime import datetime

from simtui.models import Account, BillingCycle, State, Thing
from simtui.models.action import SetState
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.plan.charged import Charged, charged_so_far
from simtui.views.plan.wording import day_text, named, plural, things_text


def bill_remarks(
    action: SetState, things: tuple[Thing, ...], account: Account | None, now: datetime
) -> tuple[Cell, ...]:
    """What ``things``, which all change, cost in this cycle and from when on they do not.

    Without a cycle, or with one that is over, the sentences do without its dates.
    """
    cycle = _running(account.current_cycle if account else None, now)
    charged = charged_so_far(things, cycle)
    if action.state == State.SUSPENDED:
        return (_still_charged(charged, len(things), cycle), _next_free(len(things), cycle))
    if action.state == State.RETIRED:
        return (_still_charged(charged, len(things), cycle), _no_more(len(things), cycle))
    if action.state == State.ACTIVE:
        return (_from_now_on(charged, len(things), cycle),)
    return ()


def _running(cycle: BillingCycle | None, now: datetime) -> BillingCycle | None:
    """The cycle, unless it is not the one that is running now."""
    if cycle is None or cycle.start is None or cycle.end is None:
        return None
    return cycle if cycle.start <= now < cycle.end else None


def _still_charged(charged: Charged, total: int, cycle: BillingCycle | None) -> Cell:
    this_cycle = _this_cycle(cycle)
    was = plural(total, "it was", "they were")
    if charged.certain:
        who = _who(charged, total)
        was = plural(charged.certain, "it was", "they were")
        return Cell(f"{who} charged for {this_cycle} all the same: {was} ACTIVE in it.", "warn")
    if charged.possible:
        who = "It is" if total == 1 else f"Up to {_part(charged.possible, total)} are"
        return Cell(f"{who} charged for {this_cycle}, if ACTIVE at any moment of it.", "warn")
    who = "It is not" if total == 1 else f"None of the {count_text(total)} is"
    return Cell(f"{who} charged for {this_cycle}: {was} not ACTIVE in it.", "ok")


def _who(charged: Charged, total: int) -> str:
    if total == 1:
        return "It is"
    if charged.certain == total:
        return f"All {count_text(total)} are"
    at_least = "At least " if charged.possible else ""
    return f"{at_least}{_part(charged.certain, total)} {plural(charged.certain, 'is', 'are')}"


def _part(count: int, total: int) -> str:
    return f"{count_text(count)} of {count_text(total)}"


def _next_free(total: int, cycle: BillingCycle | None) -> Cell:
    begins = f"begins {_end(cycle)}" if cycle else "is the next one"
    stay = plural(total, "it stays", "they stay")
    return Cell(
        "SUSPENDED is free only over a whole cycle: the first free cycle "
        f"{begins}, provided {stay} suspended until its end.",
        "accent",
    )


def _no_more(total: int, cycle: BillingCycle | None) -> Cell:
    begins = f", which begins {_end(cycle)}," if cycle else ""
    cost = plural(total, "it costs", "they cost")
    return Cell(f"From the next cycle on{begins} {cost} nothing any more.", "ok")


def _from_now_on(charged: Charged, total: int, cycle: BillingCycle | None) -> Cell:
    who = f"{things_text(total)} {plural(total, 'is', 'are')}"
    until = f", which runs until {_end(cycle)}" if cycle else ""
    text = f"{who} charged for {_this_cycle(cycle)}{until}"
    if not charged.certain:
        return Cell(f"{text}.", "warn")
    at_least = "at least " if charged.possible else ""
    already = "it" if total == 1 else f"{at_least}{count_text(charged.certain)} of them"
    return Cell(f"{text}; {already} {plural(charged.certain, 'is', 'are')} so already.", "warn")


def _this_cycle(cycle: BillingCycle | None) -> str:
    return f"this cycle ({named(cycle.cycle_id)})" if cycle else "this cycle"


def _end(cycle: BillingCycle) -> str:
    """When the next one begins, as the calendar of the bill says it."""
    return day_text(cycle.end, cycle.time_zone)
