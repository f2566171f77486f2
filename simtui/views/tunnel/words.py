"""The state of a tunnel as a glyph and a word: colour is never the only signal."""

from __future__ import annotations

from typing import Final

from simtui.models.tunnel import Tunnel, TunnelState
from simtui.views.cell import Cell, Tone
from simtui.views.text import clean

_STATES: Final[dict[str, tuple[str, str, Tone]]] = {
    TunnelState.UP: ("●", "up", "ok"),
    TunnelState.DOWN: ("○", "down", "bad"),
    TunnelState.NEGOTIATING: ("◌", "negotiates", "accent"),
    TunnelState.ERROR: ("✗", "error", "bad"),
    TunnelState.DISABLED: ("⊘", "disabled", "dim"),
}


def state_cell(tunnel: Tunnel) -> Cell:
    """``● up``, ``✗ error``; ``· unknown`` where it is not told, a new state as it is."""
    if tunnel.status is None:
        return Cell("· unknown", "dim")
    state = tunnel.status.state
    glyph, word, tone = _STATES.get(state, ("?", clean(state, 40), "warn"))
    return Cell(f"{glyph} {word}", tone)
