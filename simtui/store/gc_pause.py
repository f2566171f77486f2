"""Python's garbage collector held back while very many objects are made.

Loading a fleet makes a million objects that all stay. The collector looks through all of
them again and again and finds nothing, and these looks are what stalls the screen
(design, measured: 461 ms against 69 ms).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

WHILE_LOADING: Final = (10_000, 1_000, 1_000)
"""Young garbage is still collected, a few milliseconds each; what survives is left alone."""

BIG_LOAD: Final = 10_000
"""From how many new Things on it pays to hide them from the collector for good."""


class _Holds:
    """How many loads are running, and the thresholds to go back to after the last."""

    count = 0
    thresholds: tuple[int, int, int] = gc.get_threshold()


@contextmanager
def collector_held() -> Iterator[None]:
    """Hold the collector back; loads may overlap and end in any order."""
    if _Holds.count == 0:
        _Holds.thresholds = gc.get_threshold()
        gc.set_threshold(*WHILE_LOADING)
    _Holds.count += 1
    try:
        yield
    finally:
        _Holds.count -= 1
        if _Holds.count == 0:
            gc.set_threshold(*_Holds.thresholds)


def hide_from_collector(new_things: int) -> bool:
    """Exempt all that now lives from later collections if the load was big; whether it was.

    What is exempt is still freed when nobody refers to it any more.
    """
    if new_things < BIG_LOAD:
        return False
    gc.freeze()
    return True
