"""Whether packets to one target get through what is configured (contract §5)."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Final

from simtui.models import Network, Thing
from simtui.models.settings import chain_of
from simtui.views.firewall.reading import span_of
from simtui.views.forms.field import FieldError
from simtui.views.packet.passage import holding
from simtui.views.packet.probe import Probe
from simtui.views.packet.scene import Scene
from simtui.views.packet.step import Stage, Step, Walk
from simtui.views.packet.tunnel_words import may_carry, state_text, tunnel_name
from simtui.views.packet.walk import walk
from simtui.views.why.evidence import Evidence
from simtui.views.why.targets import Target

_STOPPED: Final = frozenset({"DROPPED", "REJECTED"})


@dataclass(frozen=True, slots=True)
class Walked:
    """A target, and the walk of the probe that came farthest."""

    target: Target
    walk: Walk

    @property
    def stopped(self) -> bool:
        """Whether it is dropped or rejected on the way."""
        return self.walk.verdict in _STOPPED

    @property
    def forbidden(self) -> bool:
        """Whether the firewall lets nothing through, so that this group has no business there."""
        return self.stopped and self.last.stage == Stage.OUTBOUND

    @property
    def last(self) -> Step:
        """The stage that ended it."""
        return self.walk.steps[-1]


def own_address(thing: Thing, network: Network) -> tuple[str | None, tuple[str, ...]]:
    """The address to ask about, and what was assumed for it."""
    address = thing.ip.address if thing.ip is not None else None
    if address and span_of(address) is not None:
        return address, ()
    for pool in network.ip_pools:
        span = span_of(pool.cidr)
        if span is not None and span[1] - span[0] > 2:
            own = str(IPv4Address(span[0] + 2))
            return own, (f"It has no address now: asked with {own}, one of its network",)
    return None, ()


def scene_of(evidence: Evidence, network: Network) -> Scene:
    """Without the Thing: its state, services and session are rungs of their own."""
    profile, routes = evidence.profile.value, evidence.routes.value
    return Scene(
        evidence.now,
        network,
        inbound=chain_of(profile, "INBOUND").items if profile is not None else None,
        outbound=chain_of(profile, "OUTBOUND").items if profile is not None else None,
        nat_rules=evidence.nat_rules.value,
        routes=routes.items if routes is not None else None,
        tunnels=evidence.tunnels.value,
    )


def walked(target: Target, scene: Scene) -> Walked:
    """The walk of the first probe that is not stopped, else of the first."""
    walks: list[Walk] = []
    for probe in target.probes:
        try:
            walks.append(_arrives(probe, scene) or walk(probe, scene))
        except FieldError:  # nothing that a person typed: a place that is no address
            continue
    through = next((one for one in walks if one.verdict not in _STOPPED), None)
    best = through or (walks[0] if walks else None)
    return Walked(target, best or Walk((Step(Stage.ROUTE, "UNKNOWN", ""),), "NOT_KNOWN", ""))


def _arrives(probe: Probe, scene: Scene) -> Walk | None:
    """The walk of what should come through a tunnel that carries nothing; None for others.

    By itself a packet from there is taken to come from the Internet then.
    """
    source = span_of(probe.src)
    if probe.direction != "TO_THING" or source is None:
        return None
    behind = [one for one in scene.tunnels or () if holding(source[0], one.remote_cidrs)]
    if not behind or any(map(may_carry, behind)):
        return None
    text = f"{tunnel_name(behind[0])} {state_text(behind[0])}"
    return Walk((Step(Stage.TUNNEL, "DROP", text),), "DROPPED", "")
