"""Things as a plain table for a pipe: words instead of glyphs, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final, Literal, NamedTuple

from simtui.models import Thing
from simtui.views.ages import age
from simtui.views.amounts import NOTHING
from simtui.views.fleet_context import FleetContext
from simtui.views.text import cell_width, clean, fit
from simtui.views.things.cycle import data_bytes
from simtui.views.things.facts import cycle_text
from simtui.views.things.words import LOCKED_MARK, state_name

_GAP = "  "


class TextField(NamedTuple):
    """A column of plain text: its title and the words for a Thing, safe to print."""

    title: str
    text: Callable[[Thing, FleetContext], str]
    align: Literal["left", "right"] = "left"


def table_lines(things: Collection[Thing], context: FleetContext) -> Iterator[str]:
    """A header and one line a Thing; the columns are as wide as their widest value.

    The Things are gone through twice, so that nothing has to be kept for a large fleet.
    """
    widths = [
        max((cell_width(field.text(thing, context)) for thing in things), default=0)
        for field in TEXT_FIELDS
    ]
    columns = [
        (field, max(width, cell_width(field.title)))
        for field, width in zip(TEXT_FIELDS, widths, strict=True)
    ]
    yield _joined(fit(field.title, width, field.align) for field, width in columns)
    for thing in things:
        yield _joined(
            fit(field.text(thing, context), width, field.align) for field, width in columns
        )


def _joined(cells: Iterable[str]) -> str:
    return _GAP.join(cells).rstrip()


def _state(thing: Thing) -> str:
    state = state_name(thing.state)
    return f"{state}→{state_name(thing.pending_state)}" if thing.pending_state else state


def _session(thing: Thing) -> str:
    return clean(thing.session.state, 40).lower() if thing.session else "unknown"


def _address(thing: Thing) -> str:
    if thing.ip is None or not thing.ip.address:
        return NOTHING
    address = clean(thing.ip.address, 64)
    return f"{address} {LOCKED_MARK}" if thing.ip.locked else address


TEXT_FIELDS: Final = (
    TextField("STATE", lambda thing, _: _state(thing)),
    TextField("NAME", lambda thing, _: clean(thing.name) or NOTHING),
    TextField("ICCID", lambda thing, _: clean(thing.iccid, 40)),
    TextField("SESSION", lambda thing, _: _session(thing)),
    TextField("SEEN", lambda thing, context: age(thing.last_seen_at, context.now)),
    TextField("IP", lambda thing, _: _address(thing)),
    TextField("GROUP", lambda thing, context: clean(context.group_name(thing)) or NOTHING),
    TextField("CYCLE", lambda thing, _: cycle_text(data_bytes(thing)), "right"),
)
"""The columns of ``simtui things``."""
