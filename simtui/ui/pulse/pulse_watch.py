"""What the Pulse asks for, as long as it is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from simtui.clock import Clock
from simtui.models import Account, BillingCycle, BillingReport, Job, ReportRequest, Sms, Tunnel
from simtui.models.billing import GroupBy
from simtui.models.permission import may_read_bill
from simtui.models.permission_level import PRESETS, Access, LevelArea, level_named
from simtui.store.billing_queries import report_query
from simtui.store.entry import Entry
from simtui.store.pulse_queries import (
    BILL_EVERY,
    MOST_NETWORKS,
    PulseJobsQuery,
    PulseSmsQuery,
    PulseTunnelsQuery,
)
from simtui.store.queries import AccountQuery, BillingCyclesQuery, NetworksQuery
from simtui.store.sms_queries import Messages
from simtui.ui.billing.follow import Follow
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.pulse.seen import Bills, Told

T = TypeVar("T")


class PulseWatch:
    """Watches from `open` to `close`; what was known stays known. ``on_change`` hears of news.

    Nothing is asked for that our level may not see.
    """

    def __init__(self, feed: FleetFeed, clock: Clock, on_change: Callable[[], None]) -> None:
        self._feed = feed
        self._clock = clock
        self._on_change = on_change
        self._is_open = False
        self._account: Follow[Account] = self._follow(self._learnt)
        self._cycles: Follow[tuple[BillingCycle, ...]] = self._follow(self._learnt)
        self._bill: Follow[BillingReport] = self._follow(self._bill_came)
        self._last_bill: Follow[BillingReport] = self._follow(on_change)
        self._messages: Follow[Messages] = self._follow(on_change)
        self._jobs: Follow[tuple[Job, ...]] = self._follow(on_change)
        self._tunnels: dict[str, Follow[tuple[Tunnel, ...]]] = {}
        self._bill_asked_at = 0.0
        self._bill_takes_a_job = False

    def open(self) -> None:
        """Watch, from now on."""
        self._is_open = True
        self._account.ask(AccountQuery())
        self._messages.ask(PulseSmsQuery())
        self._jobs.ask(PulseJobsQuery())
        self._learnt()

    def close(self) -> None:
        """Ask no more; what is known stays."""
        self._is_open = False
        for follow in self._all:
            follow.close()

    def refresh(self) -> None:
        """Ask for all of it again."""
        for follow in self._all:
            follow.refresh()

    def look(self) -> None:
        """Follow the networks that there are now, and ask for the bill again in a while. One that
        takes a job of the server is only made anew when a person wants it."""
        if not self._is_open:
            return
        self._ask_tunnels()
        stretch, now = self._feed.store.pace.stretch(), self._clock.monotonic()
        if stretch is None or self._bill_takes_a_job or self._bill.query is None:
            return
        if now - self._bill_asked_at >= BILL_EVERY * stretch:
            self._bill_asked_at = now
            self._bill.refresh()

    @property
    def loading(self) -> bool:
        """Whether any of it is on its way."""
        return any(follow.entry.loading for follow in self._all)

    # What is known

    @property
    def sms(self) -> Told[tuple[Sms, ...]]:
        """What is pending or did not arrive."""
        entry = self._messages.entry
        items = entry.value.items if entry.value is not None else None
        return Told(items, entry.fetched_at, entry.error)

    @property
    def jobs(self) -> Told[tuple[Job, ...]]:
        """The jobs that the server still has."""
        return told_of(self._jobs.entry)

    @property
    def tunnels(self) -> Mapping[str, Told[tuple[Tunnel, ...]]] | None:
        """Those that are looked at, by network; None where there is no network for us."""
        networks = self._feed.store.entry(NetworksQuery())
        are_none = not networks.value and (networks.value is not None or networks.error is not None)
        if are_none or not self._may_see_networks:
            return None
        return {key: told_of(follow.entry) for key, follow in self._tunnels.items()}

    @property
    def tunnels_left_out(self) -> int:
        """Networks that are not looked at."""
        return max(len(self._feed.context.networks) - MOST_NETWORKS, 0)

    @property
    def bills(self) -> Bills | None:
        """The two bills; None where our level may not see them."""
        if not may_read_bill(self._level):
            return None
        is_first = self._bill.query is not None and self._last_bill.query is None
        return Bills(told_of(self._bill.entry), told_of(self._last_bill.entry), is_first)

    # Asking

    @property
    def _all(self) -> tuple[Follow[Any], ...]:
        ours = (self._account, self._cycles, self._bill, self._last_bill)
        return (*ours, self._messages, self._jobs, *self._tunnels.values())

    @property
    def _level(self) -> str | None:
        return self._account.entry.value.permission_level if self._account.entry.value else None

    @property
    def _may_see_networks(self) -> bool:
        """Yes while nothing says otherwise."""
        level = level_named(self._level, PRESETS)
        return level is None or level.may(LevelArea.NETWORK, Access.READ)

    def _follow(self, on_change: Callable[[], None]) -> Follow[Any]:
        return Follow(self._feed.store, on_change)

    def _learnt(self) -> None:
        """Ask for what can be asked for now that the account, or the cycles, are known."""
        account = self._account.entry
        if self._is_open and (account.value is not None or account.error is not None):
            self._ask_tunnels()
            if may_read_bill(self._level):
                self._cycles.ask(BillingCyclesQuery())
                self._ask_bills()
        self._on_change()

    def _ask_bills(self) -> None:
        cycles = self._cycles.entry.value or ()
        account = self._account.entry.value
        current = account.current_cycle if account is not None else None
        here = current or next(iter(cycles), None)
        if here is None or not cycles:
            return
        if self._bill.query is None:
            self._bill_asked_at = self._clock.monotonic()
        self._bill.ask(report_query(_by_day(here), here))
        older = [one for one in cycles if one.cycle_id < here.cycle_id]
        if older:
            last = max(older, key=lambda one: one.cycle_id)
            self._last_bill.ask(report_query(_by_day(last), last))

    def _ask_tunnels(self) -> None:
        """Of the networks that most Things are in."""
        account = self._account.entry
        if account.value is None and account.error is None:
            return
        if not self._may_see_networks:
            return
        networks = self._feed.context.networks.values()
        largest = sorted(networks, key=lambda one: (-(one.thing_count or 0), one.name))
        wanted = {network.network_id for network in largest[:MOST_NETWORKS]}
        for gone in self._tunnels.keys() - wanted:
            self._tunnels.pop(gone).close()
        for network_id in wanted:
            if network_id not in self._tunnels:
                self._tunnels[network_id] = self._follow(self._on_change)
            self._tunnels[network_id].ask(PulseTunnelsQuery(network_id))

    def _bill_came(self) -> None:
        progress = self._bill.entry.progress
        if progress is not None and progress.job is not None:
            self._bill_takes_a_job = True
        self._on_change()


def told_of(entry: Entry[T]) -> Told[T]:
    """What an entry tells."""
    return Told(entry.value, entry.fetched_at, entry.error)


def _by_day(cycle: BillingCycle) -> ReportRequest:
    return ReportRequest(cycle.cycle_id, group_by=GroupBy.DAY)
