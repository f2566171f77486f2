"""Where the store gets its data from: the part of the API client that it uses.

`simtui.api.client.Client` fits this. Nothing here is imported at run time, so the
store can exist, and show the snapshot, before the network is loaded.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from simtui.api.things_query import ThingsQuery
    from simtui.models import (
        Account,
        ApiRelease,
        BillingCycle,
        BillingReport,
        DataQuota,
        Event,
        ImeiHistoryEntry,
        IpProfile,
        Job,
        JobItem,
        JobProgress,
        Lease,
        NatRule,
        Network,
        Page,
        PermissionLevel,
        ReportRequest,
        Routes,
        Session,
        Sms,
        SmsPage,
        StateHistoryEntry,
        Thing,
        ThingsGroup,
        Tunnel,
        UsagePoint,
        User,
    )
    from simtui.models.action import SendSms
    from simtui.models.bulk import BulkRequest
    from simtui.models.config_change import ConfigChange
    from simtui.models.saved import Saved


class Chunk(Protocol):
    """One page of a load of all Things."""

    @property
    def things(self) -> Sequence[Thing]:
        """The Things of this page."""

    @property
    def loaded(self) -> int:
        """How many different Things have come so far."""

    @property
    def total(self) -> int:
        """How many there are, as far as the server says now."""

    @property
    def complete(self) -> bool:
        """Whether exactly the Things that came are there; only the last one may be."""

    @property
    def gone(self) -> Sequence[str]:
        """The ids of Things that came and were removed during the load."""


class Reading(Protocol):
    """What queries ask."""

    async def account(self) -> Account:
        """The account and its limits."""

    async def things(self, query: ThingsQuery) -> Page[Thing]:
        """One page of Things."""

    def all_things(self) -> AsyncGenerator[Chunk, None]:
        """Every Thing, page by page."""

    async def thing(self, thing_id: str) -> Thing:
        """One Thing."""

    async def thing_by_iccid(self, iccid: str) -> Thing:
        """One Thing by its ICCID."""

    async def thing_json(self, thing_id: str) -> str:
        """One Thing as the server wrote it."""

    async def state_history(self, thing_id: str) -> Sequence[StateHistoryEntry]:
        """The lifecycle states a Thing had."""

    async def imei_history(self, thing_id: str) -> Sequence[ImeiHistoryEntry]:
        """The devices a SIM was in."""

    async def groups(self) -> Sequence[ThingsGroup]:
        """Every Things Group."""

    async def networks(self) -> Sequence[Network]:
        """Every network."""

    async def ip_profiles(self) -> Sequence[IpProfile]:
        """Every IP profile."""

    async def thing_sms(self, thing_id: str, limit: int) -> Sequence[Sms]:
        """The newest SMS of a Thing."""

    async def sms(self, sms_id: str) -> Sms:
        """One SMS."""

    async def sms_page(
        self,
        *,
        status: str = "",
        direction: str = "",
        since: datetime | None = None,
        reference: str = "",
        limit: int = 500,
    ) -> SmsPage:
        """The newest SMS of the account, and how many there are."""

    async def all_sms(
        self, *, direction: str = "", since: datetime | None = None, reference: str = ""
    ) -> Sequence[Sms]:
        """Every SMS of the account that passes."""

    async def session(self, thing_id: str) -> Session:
        """The data session of a Thing (EXT)."""

    async def sessions(self, thing_id: str, start: datetime, end: datetime) -> Sequence[Session]:
        """The data sessions of a Thing in a span of time (EXT)."""

    async def usage(
        self, thing_id: str, start: datetime, end: datetime, granularity: str
    ) -> Sequence[UsagePoint]:
        """The use of a Thing by ``HOUR`` or ``DAY`` (EXT)."""

    async def data_quota(self, thing_id: str) -> DataQuota:
        """How much data a Thing may use in the open cycle (EXT)."""

    async def events(self, thing_id: str, limit: int) -> Sequence[Event]:
        """What the platform noticed about a Thing (EXT)."""

    async def jobs(self) -> Sequence[Job]:
        """The jobs that the server still has, the latest first."""

    async def job(self, job_id: str) -> JobProgress:
        """One job, and when to ask again."""

    async def job_items(self, job_id: str) -> Sequence[JobItem]:
        """What became of the targets of a job, so far or in the end."""

    async def nat_rules(self, network_id: str) -> Sequence[NatRule]:
        """The port forwardings of a network."""

    async def routes(self, network_id: str) -> Routes:
        """The route table of a network."""

    async def tunnels(self, network_id: str) -> Sequence[Tunnel]:
        """The IPsec tunnels of a network."""

    async def leases(self, network_id: str, pool_id: str) -> Sequence[Lease]:
        """The addresses of a pool that Things have."""

    async def billing_cycles(self) -> Sequence[BillingCycle]:
        """The billing cycles, the latest first."""

    async def billing_report(self, request: ReportRequest) -> BillingReport | Job:
        """What something costs, or the job that finds out."""

    async def users(self) -> Sequence[User]:
        """Every user of the account."""

    async def permission_levels(self) -> Sequence[PermissionLevel]:
        """What each preset permission level may do."""


class Writing(Protocol):
    """What commands send, once each. ``request_id`` becomes the ``x-request-id``."""

    async def set_state(
        self,
        thing_id: str,
        state: str,
        reason: str,
        *,
        version: int | None,
        request_id: str,
        end_session: bool = False,
        confirm_iccid: str | None = None,
    ) -> Thing | Job:
        """Ask for another lifecycle state (contract §4)."""

    async def edit_thing(
        self, thing_id: str, changes: Mapping[str, Any], version: int | None, *, request_id: str
    ) -> Thing:
        """Change fields of a Thing (contract §2)."""

    async def set_tags(
        self, thing_id: str, tags: Sequence[str], version: int | None, *, request_id: str
    ) -> Thing:
        """Replace the tags of a Thing."""

    async def lock_ip(
        self, thing_id: str, address: str | None, version: int | None, *, request_id: str
    ) -> Thing:
        """Lock an address to a Thing; None is its present lease."""

    async def unlock_ip(self, thing_id: str, version: int | None, *, request_id: str) -> Thing:
        """Turn the lock of a Thing's address into a lease."""

    async def reset_connection(self, thing_id: str, *, request_id: str) -> Job:
        """Cut the data session of a Thing (EXT)."""

    async def ping(self, thing_id: str, count: int, size: int, *, request_id: str) -> Job:
        """Send echo requests to a Thing (EXT)."""

    async def send_sms(
        self, thing_id: str, action: SendSms, text: str, *, reference: str, request_id: str
    ) -> Sms:
        """Send a text to a Thing (contract §3.8)."""

    async def cancel_sms(self, sms_id: str, *, request_id: str) -> Sms:
        """Stop a message that is still queued."""

    async def start_bulk(self, bulk: BulkRequest, *, request_id: str) -> Job:
        """Start one action on many Things (contract §6)."""

    async def cancel_job(self, job_id: str, *, request_id: str) -> Job:
        """Stop a job; what it did stays done."""

    async def configure(self, change: ConfigChange, *, request_id: str) -> Saved | Job:
        """Make, change, replace or delete one object of the configuration."""


class Source(Reading, Writing, Protocol):
    """All that the store asks of a client."""

    on_quota: Callable[[Any], None] | None
    on_release: Callable[[ApiRelease], None] | None

    async def close(self) -> None:
        """End every connection."""
