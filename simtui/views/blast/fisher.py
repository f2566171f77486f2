"""How likely it is that so many of the silent ones share a value by chance.

Fisher's exact test, one-sided: of ``total`` Things ``silent`` are silent, ``having`` have the
value, and at least ``both`` are both. If failures were random, that number would follow the
hypergeometric distribution, whatever the sizes of groups and tags are. All logarithms are
natural; a probability here can be far below what a float holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, inf, lgamma, log

_NEGLIGIBLE = 1e-12


def log_tail(both: int, having: int, silent: int, total: int) -> float:
    """The logarithm of the probability of ``both`` or more; 0.0 when they are no more than
    chance would let one expect, which nobody asks about exactly."""
    most = min(having, silent)
    if both > most:
        return -inf
    if both * total <= having * silent:
        return 0.0
    term = tail = 1.0
    for count in range(both, most):  # each term from the one before; they only get smaller
        term *= (having - count) * (silent - count)
        term /= (count + 1) * (total - having - silent + count + 1)
        tail += term
        if term < tail * _NEGLIGIBLE:
            break
    return min(_log_term(both, having, silent, total) + log(tail), 0.0)


def log_least(having: int, silent: int, total: int) -> float:
    """The logarithm of the smallest probability that a value of this size can come to."""
    return _log_term(min(having, silent), having, silent, total)


def shares_of(least: Iterable[float], level: float) -> int:
    """By how many values ``level`` has to be shared (R. E. Tarone, Biometrics 46, 1990).

    ``least`` has the `log_least` of each value. One that could never come below its share
    cannot raise a false alarm, so it takes no part of it; the level holds all the same.
    """
    ordered = sorted(least)
    for number in range(1, len(ordered) + 1):
        limit = log(level / number)
        if number == len(ordered) or ordered[number] > limit:
            return number
    return 1


def chance(log_probability: float) -> float:
    """The probability itself; 0.0 when it is too small for a float."""
    return exp(log_probability)


def _log_term(both: int, having: int, silent: int, total: int) -> float:
    """The probability of exactly ``both``."""
    return (
        _log_choose(having, both)
        + _log_choose(total - having, silent - both)
        - _log_choose(total, silent)
    )


def _log_choose(of: int, some: int) -> float:
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)
