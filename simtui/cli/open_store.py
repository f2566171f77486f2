"""The store of a profile for the length of one command, the same as behind the app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simtui.api.client import Client
from simtui.cli.report import print_error
from simtui.clock import Clock
from simtui.config.endpoint import endpoint_of
from simtui.config.profile import Profile
from simtui.paths import Paths
from simtui.store.journal.author import Author
from simtui.store.journal.file import JournalFile, journal_file
from simtui.store.journal.journal import Journal
from simtui.store.store import Store


@asynccontextmanager
async def open_store(profile: Profile, clock: Clock, *, read_only: bool) -> AsyncIterator[Store]:
    """A connected store without a snapshot: a command prints what is, not what was.

    Writes go into the same journal as the app's. Raises ``ConfigError`` when the client
    secret cannot be had.
    """
    endpoint = endpoint_of(profile, read_only=read_only)
    store = Store(
        clock=clock,
        journal=_journal_of(profile, clock),
        read_only=endpoint.read_only,
        notice=print_error,
    )
    store.connect(Client(endpoint, clock=clock))
    try:
        yield store
    finally:
        await store.close()


def _journal_of(profile: Profile, clock: Clock) -> Journal:
    """The profile's journal, to be added to; nothing is read or written until then."""
    file = JournalFile(journal_file(Paths.of_user(), profile.name))
    author = Author.of_this_process(profile.name, profile.account)
    return Journal(file, author, clock)
