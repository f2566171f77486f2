"""The Thing detail: everything known about one Thing, as sections of plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simtui.models import (
    Event,
    ImeiHistoryEntry,
    Session,
    Sms,
    StateHistoryEntry,
    Thing,
    UsagePoint,
)
from simtui.views.detail.history_sections import (
    events_section,
    imei_history_section,
    sms_section,
    state_history_section,
)
from simtui.views.detail.section import Known, Section
from simtui.views.detail.session_sections import session_section, sessions_section
from simtui.views.detail.thing_sections import (
    address_section,
    chain_section,
    device_section,
    identity_section,
    lifecycle_section,
    location_section,
    services_section,
    troubles_section,
)
from simtui.views.detail.usage_section import usage_section
from simtui.views.fleet_context import FleetContext


@dataclass(frozen=True, slots=True)
class ThingParts:
    """What is loaded apart from the Thing itself; None is not asked for yet."""

    session: Known[Session] | None = None
    sessions: Known[Sequence[Session]] | None = None
    usage: Known[Sequence[UsagePoint]] | None = None
    imei_history: Known[Sequence[ImeiHistoryEntry]] | None = None
    state_history: Known[Sequence[StateHistoryEntry]] | None = None
    sms: Known[Sequence[Sms]] | None = None
    events: Known[Sequence[Event]] | None = None


def thing_sections(
    thing: Thing, context: FleetContext, parts: ThingParts | None = None
) -> tuple[Section, ...]:
    """All sections, the ones a person on call looks at first on top."""
    loaded = parts or ThingParts()
    now = context.now
    return (
        troubles_section(thing, now),
        identity_section(thing),
        session_section(thing, loaded.session, now),
        lifecycle_section(thing, now),
        address_section(thing, now),
        services_section(thing),
        device_section(thing, now),
        chain_section(thing, context),
        usage_section(thing, loaded.usage, now),
        location_section(thing, now),
        sessions_section(loaded.sessions, now),
        sms_section(loaded.sms, now),
        events_section(loaded.events, now),
        imei_history_section(loaded.imei_history, now),
        state_history_section(loaded.state_history, now),
    )
