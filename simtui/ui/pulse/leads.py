"""From a row of the Pulse to the list that is behind its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from simtui.ui.history import (
    AccountPlace,
    BillingPlace,
    ChangesPlace,
    JobsPlace,
    JournalPlace,
    LeasesPlace,
    NetworkPlace,
    NetworksPlace,
    Place,
    SmsPlace,
    ThingsPlace,
)
from simtui.views.history.since import VISIT
from simtui.views.pulse.row import Lead, LeadKind

_PLACES: Final[Mapping[LeadKind, Callable[[Lead], Place]]] = {
    "things": lambda lead: ThingsPlace(lead.text),
    "sms": lambda lead: SmsPlace(),
    "networks": lambda lead: NetworksPlace(),
    "tunnels": lambda lead: NetworkPlace(lead.text, "tunnels"),
    "leases": lambda lead: LeasesPlace(lead.inside, lead.text),
    "jobs": lambda lead: JobsPlace(),
    "account": lambda lead: AccountPlace(),
    "billing": lambda lead: BillingPlace(view="days"),
    "journal": lambda lead: JournalPlace(lead.text),
    "changes": lambda lead: ChangesPlace(since=VISIT),
}


def place_of(lead: Lead) -> Place | None:
    """The place; None for a number that has no list."""
    made = _PLACES.get(lead.kind)
    return made(lead) if made is not None else None
