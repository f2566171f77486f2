"""What became of a packet, as one word and as one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simtui.views.firewall.match import Packet
from simtui.views.packet.passage import place_text
from simtui.views.packet.probe import Direction
from simtui.views.packet.step import Stage, Step, Verdict

_NAMES: Final = {1: "ICMP", 6: "TCP", 17: "UDP"}
_ENDINGS: Final[dict[str, Verdict]] = {"DROP": "DROPPED", "REJECT": "REJECTED"}
_VERBS: Final[dict[Verdict, str]] = {"DROPPED": "is dropped", "REJECTED": "is rejected"}


def verdict_of(steps: Sequence[Step], direction: Direction) -> Verdict:
    """A drop is sure even behind a stage that is not known; getting through is not."""
    last = steps[-1].outcome
    if last in _ENDINGS:
        return _ENDINGS[last]
    if any(step.outcome == "UNKNOWN" for step in steps):
        return "NOT_KNOWN"
    return "ARRIVES" if direction == "TO_THING" else "LEAVES"


def sentence_of(steps: Sequence[Step], verdict: Verdict, asked: Packet, now: Packet) -> str:
    """One sentence that always says ``as modelled``.

    ``asked`` is the packet that set out, ``now`` how it is at the end of the walk.
    """
    source = place_text(asked.src, asked.src_port, asked.protocol)
    who = f"{_NAMES.get(asked.protocol, f'Protocol {asked.protocol}')} from {source}"
    target = place_text(asked.dst, asked.dst_port, asked.protocol)
    if verdict in _VERBS:
        return f"{who} to {target} {_VERBS[verdict]} at {_where(steps[-1])}, as modelled."
    if verdict == "NOT_KNOWN":
        unknown = ", ".join(step.stage for step in steps if step.outcome == "UNKNOWN")
        return f"Whether {who} to {target} gets through is not known, as modelled: see {unknown}."
    if verdict == "ARRIVES":
        place = place_text(now.dst, now.dst_port, now.protocol)
        return f"{who} arrives at {place}, as modelled.{_left_out(steps)}"
    return f"{who} {_leaving(steps[-1])} to {target}, as modelled.{_left_out(steps)}"


def _where(step: Step) -> str:
    if step.rule_index is None:
        return f"the stage “{step.stage}”"
    kind = "route" if step.stage == Stage.ROUTE else "rule"
    return f"the stage “{step.stage}” by {kind} {step.rule_index + 1}"


def _leaving(last: Step) -> str:
    if last.stage == Stage.DELIVERY:
        return "leaves the Thing and goes inside the network"
    return f"leaves through the {'tunnel' if last.stage == Stage.TUNNEL else 'Internet'}"


def _left_out(steps: Sequence[Step]) -> str:
    """The stages of the Thing that nobody looked at, as a sentence of its own."""
    about_thing = (Stage.SERVICES, Stage.STATE, Stage.SESSION)
    skipped = [step for step in steps if step.outcome == "SKIP" and step.stage in about_thing]
    if not skipped:
        return ""
    stages = ", ".join(step.stage for step in skipped)
    return f" Not looked at: {stages} ({skipped[0].text})."
