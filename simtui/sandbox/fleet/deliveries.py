"""When SIM cards came in and what became of them: shared dates for many Things.

Cards are ordered by the box. The Things of a delivery share its dates, so a large
fleet stays small in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

YEARS = 3.5
MOST_DELIVERIES = 1_000
_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Delivery:
    """One box of cards. ``activated`` and ``changed`` are moments to choose from."""

    created_at: datetime
    tag: str
    activated: tuple[datetime, ...]
    changed: tuple[datetime, ...]


def make_deliveries(random: Random, things: int, now: datetime) -> list[Delivery]:
    """The deliveries of the last years, oldest first."""
    count = min(things, MOST_DELIVERIES)
    ages = sorted((random.uniform(2, 365 * YEARS) for _ in range(count)), reverse=True)
    return [_delivery(random, now - timedelta(days=age), now) for age in ages]


def _delivery(random: Random, created: datetime, now: datetime) -> Delivery:
    created = created.replace(microsecond=created.microsecond // 1000 * 1000)
    warehouse = min(timedelta(days=60), (now - created) / 2)
    activated = [created + _part(random, warehouse) for _ in range(_CHOICES)]
    in_use = created + warehouse
    changed = [in_use + _part(random, now - in_use) for _ in range(_CHOICES)]
    return Delivery(created, f"batch-{created:%Y-%m}", tuple(activated), tuple(changed))


def _part(random: Random, span: timedelta) -> timedelta:
    """A random part of a span, in whole seconds."""
    return timedelta(seconds=int(random.random() * span.total_seconds()))
