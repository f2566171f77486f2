"""What can be copied of a Thing: single values, whole rows, and text for a ticket."""

from __future__ import annotations

from typing import NamedTuple

from simtui.models import Thing
from simtui.views.ages import moment_text, utc_text
from simtui.views.amounts import NOTHING
from simtui.views.fleet_context import FleetContext
from simtui.views.output.json_text import thing_json
from simtui.views.output.table_text import TEXT_FIELDS
from simtui.views.text import clean
from simtui.views.things.troubles import troubles
from simtui.views.things.words import state_name


class CopyItem(NamedTuple):
    """A line of the copy menu and what it puts on the clipboard."""

    label: str
    text: str


def copy_items(thing: Thing, context: FleetContext) -> tuple[CopyItem, ...]:
    """What the menu offers; values that are unknown are left out.

    Everything is cleaned: a name must not smuggle a control into the shell where it is
    pasted. Only JSON and the ticket have more than one line.
    """
    address = thing.ip.address if thing.ip else None
    single = (
        ("ICCID", thing.iccid),
        ("Name", thing.name),
        ("IMSI", thing.imsi),
        ("IMEI", thing.imei),
        ("IP address", address),
        ("Thing id", thing.thing_id),
    )
    values = [CopyItem(label, clean(text)) for label, text in single if text]
    return (
        *values,
        CopyItem("Row, tab-separated", row_text(thing, context)),
        CopyItem("JSON", thing_json(thing)),
        CopyItem("Text for a ticket", ticket_text(thing, context)),
    )


def row_text(thing: Thing, context: FleetContext) -> str:
    """The Thing as one line of tab-separated values, for a spreadsheet."""
    return "\t".join(field.text(thing, context) for field in TEXT_FIELDS)


def ticket_text(thing: Thing, context: FleetContext) -> str:
    """What a colleague needs to go on: which Thing, in what state, what is wrong, as of when."""
    now = context.now
    session = thing.session
    lines = [
        f"Thing {clean(thing.name) or NOTHING} (id {clean(thing.thing_id)})",
        f"ICCID {clean(thing.iccid)}",
        f"IMSI {_or_nothing(thing.imsi)}, IMEI {_or_nothing(thing.imei)}",
        f"State {state_name(thing.state)} since {moment_text(thing.state_changed_at, now)}",
        f"Session {clean(session.state).lower() if session else 'unknown'},"
        f" as of {utc_text(session.as_of if session else None)}",
        f"Last seen {moment_text(thing.last_seen_at, now)}",
        f"IP address {_or_nothing(thing.ip.address if thing.ip else None)}",
        f"Group {_or_nothing(context.group_name(thing))},"
        f" network {_or_nothing(context.network_name(thing))},"
        f" IP profile {_or_nothing(context.ip_profile_name(thing))}",
        *(f"! {trouble.sentence}" for trouble in troubles(thing, now)),
        f"Looked up {utc_text(now)}",
    ]
    return "\n".join(lines)


def _or_nothing(text: str | None) -> str:
    return clean(text) if text else NOTHING
