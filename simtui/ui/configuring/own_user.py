"""Which user of the account we are, as far as what is known tells."""

from __future__ import annotations

from simtui.errors import SimtuiError
from simtui.store.queries import JobsQuery, UsersQuery
from simtui.store.store import Store
from simtui.views.users.own import own_user_id


def own_user(store: Store) -> str:
    """The id of our user; empty when nothing tells."""
    users, jobs = store.entry(UsersQuery()).value, store.entry(JobsQuery()).value
    journal = store.journal
    return own_user_id(users or (), jobs or (), lambda job_id: journal.of_job(job_id) is not None)


async def look_for_own_user(store: Store) -> None:
    """Read the jobs, if the journal has one that could tell; that it fails is no loss."""
    if any(entry.job_id for entry in store.journal.entries):
        try:
            await store.fetch(JobsQuery())
        except SimtuiError:
            return
