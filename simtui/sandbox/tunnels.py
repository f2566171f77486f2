"""The life of an IPsec tunnel: keys, negotiation and what is told of it (contract §3.7)."""

from __future__ import annotations

import string
from datetime import datetime, timedelta
from typing import Any

from simtui.sandbox.records import NetworkRecord, TunnelRecord
from simtui.sandbox.world import World
from simtui.secret import Secret

NEGOTIATION = timedelta(minutes=3)
"""How long the two sides take to agree ("takes minutes")."""

PSK_LENGTH = 32
_FIRST = string.ascii_letters + string.digits[1:]
_REST = string.ascii_letters + string.digits


def generate_psk(world: World) -> Secret:
    """A pre-shared key by the rules of contract §9."""
    first = world.random.choice(_FIRST)
    return Secret(first + "".join(world.random.choices(_REST, k=PSK_LENGTH - 1)))


def set_state(
    tunnel: TunnelRecord, state: str, now: datetime, last_error: str | None = None
) -> None:
    """Let a tunnel be in a state of contract §3.7 from ``now`` on."""
    tunnel.state = state
    tunnel.since = now
    tunnel.last_error = last_error


def negotiate(world: World, network: NetworkRecord, tunnel: TunnelRecord, now: datetime) -> None:
    """Let both sides negotiate, which ends UP in ``NEGOTIATION``.

    Nothing happens then if the tunnel was deleted, disabled or changed once more.
    """
    set_state(tunnel, "NEGOTIATING", now)

    def end(moment: datetime) -> None:
        is_there = network.tunnels.get(tunnel.tunnel_id) is tunnel
        if is_there and tunnel.state == "NEGOTIATING" and tunnel.since == now:
            set_state(tunnel, "UP", moment)

    world.agenda.at(now + NEGOTIATION, end)


def tunnel_view(network: NetworkRecord, tunnel: TunnelRecord, now: datetime) -> dict[str, Any]:
    """A tunnel as the wire spells it; the gateways are the default identities."""
    settings = tunnel.settings
    return {
        "tunnelId": tunnel.tunnel_id,
        "localGateway": network.nat_public_address,
        "localId": network.nat_public_address,
        "remoteId": settings["remoteGateway"],
        **settings,
        "pskSetAt": tunnel.psk_set_at,
        "status": _status(tunnel, now),
        "version": tunnel.version,
    }


def _status(tunnel: TunnelRecord, now: datetime) -> dict[str, Any]:
    """Phase 1 also stands when only the traffic selectors were refused."""
    is_up = tunnel.state == "UP"
    return {
        "state": tunnel.state,
        "since": tunnel.since,
        "phase1Up": is_up or tunnel.last_error == "TS_UNACCEPTABLE",
        "phase2Up": [
            {"localCidr": local, "remoteCidr": remote, "up": is_up}
            for local in tunnel.settings["localCidrs"]
            for remote in tunnel.settings["remoteCidrs"]
        ],
        "lastError": tunnel.last_error,
        "bytesIn": tunnel.bytes_in,
        "bytesOut": tunnel.bytes_out,
        "asOf": now,
    }
