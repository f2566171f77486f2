"""From a place to the page that shows it."""

from __future__ import annotations

from datetime import datetime

from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import (
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
    RawPlace,
    ThingPlace,
    TunnelPlace,
)
from simtui.ui.page import Page


def page_of(place: Place, feed: FleetFeed, last_visit: datetime | None) -> Page:
    """A new page for a place; the Thing list, which is one page for the whole visit, is none.

    Pages are imported when they are opened: the first frame, which is the list, does without.

    Raises:
        ValueError: for the Thing list.
    """
    match place:
        case ThingPlace(thing_id):
            from simtui.ui.screens.thing import ThingPage

            return ThingPage(feed, thing_id)
        case RawPlace(thing_id):
            from simtui.ui.screens.raw import RawPage

            return RawPage(feed, thing_id)
        case JobsPlace():
            from simtui.ui.screens.jobs import JobsPage

            return JobsPage(feed)
        case JobPlace(job_id):
            from simtui.ui.screens.job import JobPage

            return JobPage(feed, job_id)
        case JournalPlace(filter_text):
            from simtui.ui.screens.journal import JournalPage

            return JournalPage(feed, filter_text)
        case EntryPlace(entry_id):
            from simtui.ui.screens.journal_entry import EntryPage

            return EntryPage(feed, entry_id)
        case ImeiPlace():
            from simtui.ui.screens.imei_changes import ImeiPage

            return ImeiPage(feed, last_visit)
        case GroupsPlace():
            from simtui.ui.screens.groups import GroupsPage

            return GroupsPage(feed)
        case GroupPlace(things_group_id):
            from simtui.ui.screens.group import GroupPage

            return GroupPage(feed, things_group_id)
        case NetworksPlace():
            from simtui.ui.screens.networks import NetworksPage

            return NetworksPage(feed)
        case NetworkPlace(network_id, pane):
            from simtui.ui.screens.network_panes import network_page

            return network_page(feed, network_id, pane)
        case LeasesPlace(network_id, ip_pool_id):
            from simtui.ui.screens.leases import LeasesPage

            return LeasesPage(feed, network_id, ip_pool_id)
        case TunnelPlace(network_id, tunnel_id):
            from simtui.ui.screens.tunnel import TunnelPage

            return TunnelPage(feed, network_id, tunnel_id)
        case ProfilesPlace():
            from simtui.ui.screens.profiles import ProfilesPage

            return ProfilesPage(feed)
        case FirewallPlace(ip_profile_id, chain):
            from simtui.ui.screens.firewall import FirewallPage

            return FirewallPage(feed, ip_profile_id, chain)
    raise ValueError(f"{place} has no page of its own")
