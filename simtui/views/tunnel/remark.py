"""The one thing to know of a tunnel in a list: its last error, else what is weak about it."""

from __future__ import annotations

from simtui.models.tunnel import Tunnel
from simtui.views.cell import Cell
from simtui.views.tunnel.errors import error_words, what_to_compare
from simtui.views.tunnel.weak import weaknesses


def tunnel_remark(tunnel: Tunnel) -> Cell:
    """A few sentences that are safe to print; empty when all is well."""
    code = tunnel.status.last_error if tunnel.status is not None else None
    if code:
        compare = "; ".join(what_to_compare(tunnel))
        text = f"{error_words(code).meaning}."
        return Cell(f"{text} Compare: {compare}" if compare else text, "bad")
    weak = weaknesses(tunnel)
    return Cell(". ".join(one.text for one in weak), "warn" if weak else "")
