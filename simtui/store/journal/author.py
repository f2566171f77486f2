"""Who writes into the journal, and whether somebody who once did is still at work."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Author:
    """A running simtui: ``who`` is ``user@host``, ``endpoint`` the base URL and client id of
    the account that it writes to, never a secret."""

    who: str
    process: int
    profile: str
    endpoint: str

    @classmethod
    def of_this_process(cls, profile: str, endpoint: str) -> Author:
        """Whoever runs this program, here and now."""
        return cls(f"{_user()}@{os.uname().nodename}", os.getpid(), profile, endpoint)


def host_of(who: str) -> str:
    """The host in ``user@host``; only there do process ids mean anything."""
    return who.rpartition("@")[2]


def is_alive(process: int) -> bool:
    """Whether a process of this host has the id; one of somebody else counts too."""
    if process <= 0:  # such ids mean groups of processes to the system
        return False
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without this user in its password file
        return str(os.getuid())
