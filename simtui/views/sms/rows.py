"""Messages as rows: of one Thing, of all of them, and a row a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from simtui.models import Sms, SmsStatus, Thing
from simtui.views.ages import age
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.plan.wording import named, thing_name
from simtui.views.sms.words import progress_text, status_cell
from simtui.views.text import clean

WIDE_FROM: Final = 110
"""Cells from which there is room for what is known of the way of a message."""
_AGAIN: Final = "↻ "


def message_columns(width: int, *, with_thing: bool) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    thing = (Column("thing", "THING", 14 if width < WIDE_FROM else 22),) if with_thing else ()
    way = (Column("way", "WAY", 44),) if width >= WIDE_FROM else ()
    return (
        Column("age", "AGE", 4, align="right"),
        Column("state", "STATE", 11),
        *thing,
        Column("text", "TEXT", 16, flex=True),
        *way,
    )


def message_row(sms: Sms, thing: Thing | None, columns: tuple[Column, ...], now: datetime) -> Row:
    """One message; what it repeats something is marked."""
    cells = {
        "age": Cell(_age(sms, now)),
        "state": status_cell(sms),
        "thing": thing_cell(sms.thing_id, thing),
        "text": text_cell(sms),
        "way": Cell(progress_text(sms, now), "dim"),
    }
    return tuple(cells[column.key] for column in columns)


def thing_cell(thing_id: str | None, thing: Thing | None) -> Cell:
    """The Thing by its name; by its id while it is not known."""
    return Cell(thing_name(thing)) if thing else Cell(named(thing_id or "–"), "dim")


def text_cell(sms: Sms) -> Cell:
    """The text in one line."""
    again = _AGAIN if sms.again_of else ""
    return Cell(f"{again}{clean(' '.join(sms.text.split()), 400)}")


def _age(sms: Sms, now: datetime) -> str:
    """By a server's clock that is ahead of ours a new message is of now."""
    return age(min(sms.submitted_at, now) if sms.submitted_at else None, now)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The latest message to or from a Thing, and how many of the known ones are open."""

    thing_id: str
    last: Sms
    messages: int
    pending: int
    failed: int


def conversations(messages: Iterable[Sms]) -> Mapping[str, Conversation]:
    """By Thing, the latest first; ``messages`` are newest first."""
    by_thing: dict[str, list[Sms]] = {}
    for sms in messages:
        if sms.thing_id:
            by_thing.setdefault(sms.thing_id, []).append(sms)
    return {
        thing_id: Conversation(
            thing_id,
            every[0],
            len(every),
            sum(sms.pending for sms in every),
            sum(sms.status in SmsStatus.UNDELIVERED for sms in every),
        )
        for thing_id, every in by_thing.items()
    }


def conversation_columns(width: int) -> tuple[Column, ...]:
    """The columns of the list of conversations."""
    return (
        Column("age", "AGE", 4, align="right"),
        Column("thing", "THING", 14 if width < WIDE_FROM else 24),
        Column("count", "SMS", 4, align="right"),
        Column("open", "OPEN", 4, align="right"),
        Column("failed", "FAIL", 4, align="right"),
        Column("state", "LAST", 11),
        Column("text", "TEXT", 16, flex=True),
    )


def conversation_row(
    one: Conversation, thing: Thing | None, columns: tuple[Column, ...], now: datetime
) -> Row:
    """One conversation."""
    cells = {
        "age": Cell(_age(one.last, now)),
        "thing": thing_cell(one.thing_id, thing),
        "count": Cell(count_text(one.messages)),
        "open": Cell(count_text(one.pending), "accent" if one.pending else "dim"),
        "failed": Cell(count_text(one.failed), "bad" if one.failed else "dim"),
        "state": status_cell(one.last),
        "text": text_cell(one.last),
    }
    return tuple(cells[column.key] for column in columns)
