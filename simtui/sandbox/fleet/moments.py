"""Endless rounds of moments and factors, so that a million Things share a few values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from math import exp, log
from random import Random

ROUND = 1_024
"""Values in a round; they come again in the same order."""


def moments_ago(
    random: Random, now: datetime, nearest: float, farthest: float
) -> Iterator[datetime]:
    """Moments between ``nearest`` and ``farthest`` seconds ago, evenly spread."""
    return cycle([_ago(now, random.uniform(nearest, farthest)) for _ in range(ROUND)])


def moments_long_ago(
    random: Random, now: datetime, nearest: float, farthest: float
) -> Iterator[datetime]:
    """As ``moments_ago``, but each hour as likely as each day or each month."""
    low, high = log(nearest), log(farthest)
    return cycle([_ago(now, exp(random.uniform(low, high))) for _ in range(ROUND)])


def heavy_tail(random: Random) -> list[float]:
    """A round of factors around 1 of which a few are very large, as usage of a fleet is."""
    factors = [random.lognormvariate(0, 0.9) for _ in range(ROUND)]
    for place in random.sample(range(ROUND), ROUND // 200):
        factors[place] *= random.uniform(20, 80)
    return factors


def _ago(now: datetime, seconds: float) -> datetime:
    moment = now - timedelta(seconds=seconds)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
