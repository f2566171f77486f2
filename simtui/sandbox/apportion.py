"""Spreading a total over weights in whole numbers, so that the parts add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Parts of ``total`` in proportion to ``weights``; their sum is ``total``.

    Without any weight the last part gets everything.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        return [0] * (len(weights) - 1) + [total]
    marks = [total * reached // whole for reached in accumulate(weights)]
    return [mark - before for mark, before in zip(marks, [0, *marks], strict=False)]
