"""Which user we are: the API does not tell, but what it made for us says by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from simtui.models import Job, User


def own_user_id(users: Iterable[User], jobs: Iterable[Job], is_ours: Callable[[str], bool]) -> str:
    """The id of the user for whom the server made jobs that were started from here.

    ``is_ours`` answers for a job id whether our journal has the write that it was made of.
    Empty when no such job is left, or when they are of more than one user or of none.
    """
    names = {job.created_by.casefold() for job in jobs if job.created_by and is_ours(job.job_id)}
    found = {
        user.user_id for user in users if names & {user.email.casefold(), user.user_id.casefold()}
    }
    return found.pop() if len(found) == 1 and len(names) == 1 else ""
