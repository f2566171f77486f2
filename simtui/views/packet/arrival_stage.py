"""Where a packet towards a Thing comes from (contract §5)."""

from __future__ import annotations

from simtui.models import Tunnel
from simtui.views.packet.passage import Passage, Passed, address_text, holding
from simtui.views.packet.step import Stage, Step
from simtui.views.packet.tunnel_words import is_up, state_text, tunnel_name
from simtui.views.text import clean


def arrival(passage: Passage) -> Passed:
    """From a pool of the network, through an IPsec tunnel that is UP, or from the Internet."""
    text = f"{address_text(passage.packet.src)} {_origin(passage)}"
    return Passed(Step(Stage.ARRIVAL, "PASS", text), passage)


def _origin(passage: Passage) -> str:
    scene, src = passage.scene, passage.packet.src
    if pool := holding(src, scene.pools):
        return f"is inside the network, in its pool {clean(pool)}"
    if scene.tunnels is None:
        return "comes from the Internet, or through a tunnel: which there are is not known"
    behind = [tunnel for tunnel in scene.tunnels if holding(src, tunnel.remote_cidrs)]
    if through := next((tunnel for tunnel in behind if _carries(tunnel, passage)), None):
        return f"comes through IPsec tunnel {tunnel_name(through)}, which is UP"
    if behind:
        name, why = tunnel_name(behind[0]), _why_not(behind[0])
        return f"lies behind IPsec tunnel {name}, {why}: it is taken to come from the Internet"
    return "comes from the Internet"


def _carries(tunnel: Tunnel, passage: Passage) -> bool:
    """Whether it is up and has a selector for the destination; no selectors are all pools."""
    local = tunnel.local_cidrs or passage.scene.pools
    return is_up(tunnel) and holding(passage.packet.dst, local) is not None


def _why_not(tunnel: Tunnel) -> str:
    if is_up(tunnel):
        return "which has no selector for the destination"
    return f"which {state_text(tunnel)}"
