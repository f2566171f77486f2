"""What is to be known before a tunnel is saved: what is weak, and what it interrupts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simtui.models.settings import TunnelSettings
from simtui.views.cell import Cell
from simtui.views.tunnel.weak import weaknesses


def tunnel_save_remarks(
    before: TunnelSettings | None, after: TunnelSettings, *, new_key: bool
) -> tuple[Cell, ...]:
    """Sentences about a tunnel as it will be; ``before`` is None for a new one."""
    weak = weaknesses(after) if after.enabled else ()
    warnings = (Cell(f"! {one.text}", "warn") for one in weak)
    return (*_what_follows(before, after, new_key=new_key), *warnings)


def _what_follows(
    before: TunnelSettings | None, after: TunnelSettings, *, new_key: bool
) -> Iterator[Cell]:
    """Name and description are never told to the other side, all the rest is negotiated."""
    if before is None:
        if after.enabled:
            yield Cell("Both sides negotiate then, which takes minutes.", "dim")
        else:
            yield Cell("It is switched off, so nothing is negotiated.", "dim")
    elif not after.enabled:
        if before.enabled:
            yield Cell("! The tunnel goes down, and stays down until it is switched on.", "warn")
    elif new_key or _told(before) != _told(after):
        interrupts = " and interrupts the tunnel" if before.enabled else ""
        text = f"! Both sides negotiate anew, which takes minutes{interrupts}."
        yield Cell(text, "warn" if interrupts else "dim")
    if before is not None and new_key:
        yield Cell("! The tunnel is down until the other side has the new key too.", "warn")


def _told(settings: TunnelSettings) -> TunnelSettings:
    """What the other side hears of."""
    return replace(settings, name="", description="")
