"""All parameters of a tunnel as a plain text for the engineer of the other side; never the key.

It is written as they see it: our public address is their peer, our nets are their remote nets.
ASCII and at most 72 columns, so that it survives every mail and every ticket.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from simtui.models.network import Network
from simtui.models.settings import TunnelSettings
from simtui.models.tunnel import Tunnel
from simtui.views.ages import utc_text
from simtui.views.text import clean
from simtui.views.tunnel.values import GCM_ONLY, groups_text, listed_text, version_text

WIDTH: Final = 72
"""Columns of the sheet."""

_LABEL = 20
_UNKNOWN: Final = "not known yet"
_NOBODY: Final = "not given"

Lines: TypeAlias = Sequence[tuple[str, str]]

_START: Final = {
    "INITIATE": "our side begins; your side may wait for it",
    "RESPOND": "our side waits; your side has to begin",
}


def sheet(tunnel: TunnelSettings | Tunnel, network: Network, now: datetime) -> str:
    """The sheet, for a tunnel that is there or for one that is still being edited."""
    parts = (
        ("Our side (your remote peer)", _our_side(tunnel, network)),
        ("Your side (your local end)", _your_side(tunnel)),
        ("Phase 1 (IKE)", _phase1(tunnel)),
        ("Phase 2 (ESP, tunnel mode)", _phase2(tunnel)),
        ("Dead peer detection, on our side", _keep_alive(tunnel)),
        ("Key", _KEY),
    )
    lines = [*_head(tunnel, network, now)]
    for title, rows in parts:
        lines += ["", title, "-" * len(title), *(line for row in rows for line in _laid_out(*row))]
    return "\n".join(lines) + "\n"


_KEY: Final = (
    ("Authentication", "pre-shared key"),
    ("The key", "is not in this sheet; it is sent to you by another way"),
)


def _head(tunnel: TunnelSettings | Tunnel, network: Network, now: datetime) -> Iterator[str]:
    title = f"IPsec tunnel {clean(tunnel.name)} of network {clean(network.name)}"
    yield from _wrapped(title, WIDTH)
    if tunnel.description:
        yield from _wrapped(clean(tunnel.description), WIDTH)
    yield f"Parameters as of {utc_text(now)}, as seen from your side"


def _our_side(tunnel: TunnelSettings | Tunnel, network: Network) -> Lines:
    own = tunnel.local_gateway if isinstance(tunnel, Tunnel) else None
    gateway = own or network.nat_public_address or _UNKNOWN
    return (
        ("Remote gateway", clean(gateway)),
        ("Remote IKE id", clean(tunnel.local_id or gateway)),
        ("Remote networks", listed_text(tunnel.local_cidrs, _NOBODY)),
    )


def _your_side(tunnel: TunnelSettings | Tunnel) -> Lines:
    gateway = tunnel.remote_gateway or _UNKNOWN
    return (
        ("Local gateway", clean(gateway)),
        ("Local IKE id", clean(tunnel.remote_id or gateway)),
        ("Local networks", listed_text(tunnel.remote_cidrs, _NOBODY)),
    )


def _phase1(tunnel: TunnelSettings | Tunnel) -> Lines:
    phase = tunnel.phase1
    return (
        ("IKE version", version_text(tunnel.ike_version)),
        *(
            [("Exchange mode", clean(tunnel.exchange_mode))]
            if tunnel.ike_version != "IKEV2"
            else []
        ),
        ("Encryption", listed_text(phase.encryption, _NOBODY)),
        ("Integrity", listed_text(phase.integrity, GCM_ONLY)),
        ("DH groups", groups_text(phase.dh_groups, _NOBODY)),
        ("Lifetime", f"{phase.lifetime_seconds} seconds"),
        ("Start", _START.get(tunnel.startup_action) or clean(tunnel.startup_action)),
    )


def _phase2(tunnel: TunnelSettings | Tunnel) -> Lines:
    phase = tunnel.phase2
    return (
        ("Encryption", listed_text(phase.encryption, _NOBODY)),
        ("Integrity", listed_text(phase.integrity, GCM_ONLY)),
        ("PFS groups", groups_text(phase.pfs_groups)),
        ("Lifetime", f"{phase.lifetime_seconds} seconds"),
    )


def _keep_alive(tunnel: TunnelSettings | Tunnel) -> Lines:
    dpd = tunnel.dpd
    return (
        ("Delay", f"{dpd.delay_seconds} seconds"),
        ("Timeout", f"{dpd.timeout_seconds} seconds"),
        ("Then", clean(dpd.action)),
    )


def _laid_out(label: str, value: str) -> Iterator[str]:
    """The value beside its label, going on below itself; nothing of it is left out."""
    for number, line in enumerate(_wrapped(value, WIDTH - _LABEL)):
        yield f"{'' if number else label:<{_LABEL}}{line}"


def _wrapped(text: str, width: int) -> list[str]:
    plain = text.encode("ascii", "backslashreplace").decode("ascii")
    return textwrap.wrap(plain, width, break_on_hyphens=False) or [""]
