"""Waiting for what was typed before a key: a slow line delivers it all at once, and a key of a
dialog overtakes the text, which goes to an input first."""

from __future__ import annotations

import asyncio
from itertools import takewhile
from typing import Any

from textual.screen import Screen


async def typed_before(screen: Screen[Any], action: str) -> bool:
    """Wait until the input that has the focus, and ``screen``, are through with it.

    What is typed changes the input, which tells so, and that goes up from widget to widget;
    each has to be through with it. Before there is a focus it goes through the app, which
    waits for this very key: then the ``action`` is run again behind it, and this is False.
    """
    entry = screen.focused
    if entry is None:
        screen.call_later(screen.app.call_later, screen.app.run_action, action, screen)
        return False
    way = takewhile(lambda one: one is not screen, entry.ancestors)
    for pump in (entry, entry, *way, screen):
        if pump.is_running:
            taken = asyncio.Event()
            if pump.call_later(taken.set):
                await taken.wait()
    return True
