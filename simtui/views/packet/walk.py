"""A packet from stage to stage, in the order of contract §5, which is an assumption."""

from __future__ import annotations

from typing import Final, NamedTuple

from simtui.views.packet.arrival_stage import arrival
from simtui.views.packet.chain_stage import inbound_chain, outbound_chain
from simtui.views.packet.isolation_stage import delivery, isolation_from, isolation_towards
from simtui.views.packet.nat_stage import nat
from simtui.views.packet.passage import Passage, StageOfWay
from simtui.views.packet.probe import Direction, Probe, assumed_ports, packet_of
from simtui.views.packet.scene import Scene
from simtui.views.packet.sentence import sentence_of, verdict_of
from simtui.views.packet.step import Step, Walk
from simtui.views.packet.thing_stages import services, session, state
from simtui.views.packet.way_out_stages import route, way_out

_WAYS: Final[dict[Direction, tuple[StageOfWay, ...]]] = {
    "TO_THING": (arrival, nat, isolation_towards, inbound_chain, services, state, session),
    "FROM_THING": (state, services, outbound_chain, isolation_from, delivery, route, way_out),
}


class Comparison(NamedTuple):
    """The same packet by what is saved and by what is edited, and whether that is not the same."""

    saved: Walk
    edited: Walk
    differ: bool


def walk(probe: Probe, scene: Scene) -> Walk:
    """The steps up to the one that ends it, and the verdict.

    Raises:
        FieldError: when the probe is no packet; nothing in the scene makes it fail.
    """
    packet = packet_of(probe)
    passage = Passage(packet, scene, probe.direction, assumed_ports(probe, packet))
    steps: list[Step] = []
    for stage in _WAYS[probe.direction]:
        passed = stage(passage)
        if passed is None:
            continue
        steps.append(passed.step)
        if passed.after is None:
            break
        passage = passed.after
    verdict = verdict_of(steps, probe.direction)
    return Walk(tuple(steps), verdict, sentence_of(steps, verdict, packet, passage.packet))


def compare(probe: Probe, saved_scene: Scene, edited_scene: Scene) -> Comparison:
    """The walk by what is saved beside the walk by what is edited.

    They differ as well when the verdict is the same and another rule decides.

    Raises:
        FieldError: when the probe is no packet.
    """
    saved, edited = walk(probe, saved_scene), walk(probe, edited_scene)
    return Comparison(saved, edited, saved != edited)
