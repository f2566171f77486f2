"""The users of the account."""

from __future__ import annotations

from datetime import datetime, timedelta

from simtui.sandbox.records import UserRecord
from simtui.sandbox.world import World

_PEOPLE = (
    ("anna@example.com", "Anna de Vries", "ADMINISTRATOR", "ACTIVE"),
    ("bram@example.com", "Bram Jansen", "ADMINISTRATOR", "ACTIVE"),
    ("chloe@example.com", "Chloé Maes", "NETWORK_MANAGER", "ACTIVE"),
    ("daan@example.com", "Daan Bakker", "OPERATOR", "ACTIVE"),
    ("eva@example.com", "Eva Smit", "OPERATOR", "ACTIVE"),
    ("finn@example.com", "Finn Weber", "BILLING", "ACTIVE"),
    ("noor@example.com", "Noor Peeters", "READ_ONLY", "ACTIVE"),
    ("luc@example.com", "Luc Hoffmann", "OPERATOR", "INVITED"),
    ("sem@example.com", "Sem Visser", "OPERATOR", "DISABLED"),
)

COLLEAGUE = "daan@example.com"
"""Who suspended Things by hand in the seeded past."""


def add_people(world: World, *, fresh: bool) -> None:
    """Create the users; a fresh account has one administrator only."""
    now = world.clock.now()
    for number, (email, name, level, status) in enumerate(_PEOPLE[: 1 if fresh else None]):
        user_id = world.new_id("u")
        world.users[user_id] = UserRecord(
            user_id=user_id,
            email=email,
            name=name,
            permission_level=level,
            created_at=now - timedelta(days=900 - 97 * number),
            status=status,
            last_login_at=_last_login(now, number) if status == "ACTIVE" else None,
        )


def _last_login(now: datetime, number: int) -> datetime:
    return now - timedelta(hours=3 * number**2, minutes=7 + 11 * number)
