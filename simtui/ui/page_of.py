"""From a place to the page that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import Final

from msgspec.structs import astuple

from simtui.models.runbook import RunKind
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import (
    AccountPlace,
    BillingPlace,
    BlastPlace,
    ChangesPlace,
    ConversationPlace,
    EntryPlace,
    FirewallPlace,
    GroupPlace,
    GroupsPlace,
    ImeiPlace,
    JobPlace,
    JobsPlace,
    JournalPlace,
    LeasesPlace,
    NetworkPlace,
    NetworksPlace,
    Place,
    ProfilesPlace,
    PulsePlace,
    RawPlace,
    RunbookPlace,
    RunbooksPlace,
    SmsBatchPlace,
    SmsPlace,
    ThingPlace,
    TunnelPlace,
    UsersPlace,
    WhyPlace,
)
from simtui.ui.page import Page

_PAGES: Final[Mapping[type[Place], tuple[str, str]]] = {
    PulsePlace: ("pulse", "PulsePage"),
    ThingPlace: ("thing", "ThingPage"),
    WhyPlace: ("why", "WhyPage"),
    RawPlace: ("raw", "RawPage"),
    JobsPlace: ("jobs", "JobsPage"),
    JobPlace: ("job", "JobPage"),
    JournalPlace: ("journal", "JournalPage"),
    EntryPlace: ("journal_entry", "EntryPage"),
    ImeiPlace: ("imei_changes", "ImeiPage"),
    SmsPlace: ("sms", "SmsPage"),
    ConversationPlace: ("conversation", "ConversationPage"),
    SmsBatchPlace: ("sms_batch", "SmsBatchPage"),
    ChangesPlace: ("changes", "ChangesPage"),
    BlastPlace: ("blast", "BlastPage"),
    RunbooksPlace: ("runbooks", "RunbooksPage"),
    GroupsPlace: ("groups", "GroupsPage"),
    GroupPlace: ("group", "GroupPage"),
    NetworksPlace: ("networks", "NetworksPage"),
    LeasesPlace: ("leases", "LeasesPage"),
    TunnelPlace: ("tunnel", "TunnelPage"),
    ProfilesPlace: ("profiles", "ProfilesPage"),
    FirewallPlace: ("firewall", "FirewallPage"),
    BillingPlace: ("billing", "BillingPage"),
    UsersPlace: ("users", "UsersPage"),
    AccountPlace: ("account", "AccountPage"),
}
"""The module below ``simtui.ui.screens`` and the class; it takes the feed and what the place
says. Pages are imported when they are opened: the first frame, which is the list, does without."""
_PANES: Final[Mapping[str, tuple[str, str]]] = {
    "pools": ("pools", "PoolsPage"),
    "routes": ("routes", "RoutesPage"),
    "nat": ("nat", "NatPage"),
    "tunnels": ("tunnels", "TunnelsPage"),
}
"""The parts of a network."""
_RUNBOOKS: Final[Mapping[str, tuple[str, str]]] = {
    RunKind.STOLEN_SIM: ("stolen_sim", "StolenSimPage"),
    RunKind.REVIVE: ("revive", "RevivePage"),
}
"""The kinds of runbooks."""


def page_of(place: Place, feed: FleetFeed, last_visit: datetime | None) -> Page:
    """A new page for a place; the Thing list, which is one page for the whole visit, is none.

    Raises:
        ValueError: for the Thing list.
    """
    if isinstance(place, NetworkPlace):
        return _made(_PANES[place.pane], feed, place.network_id)
    if isinstance(place, (ImeiPlace, ChangesPlace)):
        return _made(_PAGES[type(place)], feed, last_visit, *astuple(place))
    if isinstance(place, RunbookPlace):
        return _made(_RUNBOOKS[place.kind], feed, place.run_id)
    if type(place) not in _PAGES:
        raise ValueError(f"{place} has no page of its own")
    return _made(_PAGES[type(place)], feed, *astuple(place))


def _made(where: tuple[str, str], feed: FleetFeed, *told: object) -> Page:
    module, name = where
    page: Page = getattr(import_module(f"simtui.ui.screens.{module}"), name)(feed, *told)
    return page
