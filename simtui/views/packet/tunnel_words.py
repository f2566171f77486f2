"""Whether an IPsec tunnel carries anything, and in words why not (contract §3.7)."""

from __future__ import annotations

from typing import Final

from simtui.models import Tunnel, TunnelState
from simtui.views.plan.wording import named
from simtui.views.tunnel.errors import error_words

CARRYING_NOTHING: Final = frozenset(
    {TunnelState.DOWN, TunnelState.NEGOTIATING, TunnelState.ERROR, TunnelState.DISABLED}
)


def is_up(tunnel: Tunnel) -> bool:
    """Whether the tunnel is enabled and known to be UP."""
    return tunnel.enabled and tunnel.status is not None and tunnel.status.state == TunnelState.UP


def may_carry(tunnel: Tunnel) -> bool:
    """Whether it is not known to carry nothing."""
    state = tunnel.status.state if tunnel.status is not None else None
    return tunnel.enabled and state not in CARRYING_NOTHING


def tunnel_name(tunnel: Tunnel) -> str:
    """What the tunnel is called: its name, or its id when it has none."""
    return named(tunnel.name.strip() or tunnel.tunnel_id)


def state_text(tunnel: Tunnel) -> str:
    """``is disabled``, ``is DOWN (NO_RESPONSE: no answer)``, ``is in a state not known``."""
    if not tunnel.enabled:
        return "is disabled"
    if tunnel.status is None:
        return "is in a state that is not known"
    error = tunnel.status.last_error
    why = f" ({named(error)}: {error_words(error).title})" if error else ""
    return f"is {named(tunnel.status.state)}{why}"
