"""The store of a profile for the length of one command, the same as behind the app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simtui.api.client import Client
from simtui.clock import Clock
from simtui.config.endpoint import endpoint_of
from simtui.config.profile import Profile
from simtui.store.store import Store


@asynccontextmanager
async def open_store(profile: Profile, clock: Clock, *, read_only: bool) -> AsyncIterator[Store]:
    """A connected store without a snapshot: a command prints what is, not what was.

    Raises ``ConfigError`` when the client secret cannot be had.
    """
    endpoint = endpoint_of(profile, read_only=read_only)
    store = Store(clock=clock, read_only=endpoint.read_only)
    store.connect(Client(endpoint, clock=clock))
    try:
        yield store
    finally:
        await store.close()
