"""One account on the screen: its store, its clock, and how its client is had.

The store exists before the network does: a workspace shows the last known fleet first
and imports and opens the client behind the first frame (design §6).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simtui.clock import Clock
from simtui.config.sms_templates import SmsTemplates
from simtui.errors import SimtuiError
from simtui.store.drafts import Drafts, in_memory
from simtui.store.last_visit import LastVisit, nothing_kept
from simtui.store.runs import Runs
from simtui.store.runs import in_memory as runs_in_memory
from simtui.store.store import Store

if TYPE_CHECKING:
    from simtui.api.client import Client

OpenClient = Callable[[], "Awaitable[Client]"]
"""Makes the client; raises `SimtuiError` when the credentials cannot be had."""


@dataclass(slots=True)
class Workspace:
    """What every page of one account shares. ``refresh`` is in seconds."""

    name: str
    store: Store
    clock: Clock
    open_client: OpenClient
    read_only: bool = False
    refresh: float = 10.0
    theme: str | None = None
    base_url: str = ""
    """Where the API is, without secrets; empty when it is inside this program."""
    last_visit: LastVisit = field(default_factory=nothing_kept)
    drafts: Drafts = field(default_factory=in_memory)
    runs: Runs = field(default_factory=runs_in_memory)
    sms_templates: SmsTemplates = field(default_factory=SmsTemplates)
    refused: bool = False
    """Whether the last try to have a client has failed."""

    async def connect(self) -> None:
        """Open the client and let the store ask it.

        Raises:
            SimtuiError: when the credentials cannot be had; the watchers hear of it too.
        """
        self.refused = False
        try:
            client = await self.open_client()
        except SimtuiError as error:
            self.refused = True
            self.store.give_up(error)
            raise
        self.store.connect(client)

    async def close(self) -> None:
        """End every request, write the snapshot and what is not saved."""
        await self.drafts.close()
        await self.runs.close()
        await self.store.close()
