"""The isolation of Things from each other, and delivery inside the network (contract §5)."""

from __future__ import annotations

from simtui.views.packet.passage import (
    Passage,
    Passed,
    address_text,
    first_unreadable,
    holding,
)
from simtui.views.packet.step import Outcome, Stage, Step
from simtui.views.text import clean

_NOT_KNOWN = "the network is not known, and whether it isolates its Things"


def isolation_towards(passage: Passage) -> Passed:
    """With isolation nothing comes from a pool of the same network."""
    network = passage.scene.network
    if network is None:
        return Passed(_step("UNKNOWN", _NOT_KNOWN), passage)
    if not network.thing_isolation:
        return Passed(_step("PASS", "the network does not isolate its Things"), passage)
    source = address_text(passage.packet.src)
    if pool := holding(passage.packet.src, passage.scene.pools):
        text = f"the network isolates its Things, and {source} is in its pool {clean(pool)}"
        return Passed(_step("DROP", text))
    if unread := first_unreadable(passage.scene.pools):
        text = f"the network isolates its Things, and its pool {clean(unread)} cannot be read"
        return Passed(_step("UNKNOWN", text), passage)
    return Passed(_step("PASS", f"{source} is in no pool of the network"), passage)


def isolation_from(passage: Passage) -> Passed:
    """With isolation nothing goes to a pool of the same network.

    While it is not known whether the destination is inside, neither is the rest of the way.
    """
    network = passage.scene.network
    if network is None:
        return Passed(_step("UNKNOWN", _NOT_KNOWN))
    destination = address_text(passage.packet.dst)
    if pool := holding(passage.packet.dst, passage.scene.pools):
        inside = f"{destination} is in pool {clean(pool)}"
        if network.thing_isolation:
            return Passed(_step("DROP", f"the network isolates its Things, and {inside}"))
        text = f"the network does not isolate its Things: {inside}"
        return Passed(_step("PASS", text), passage)
    if unread := first_unreadable(passage.scene.pools):
        text = f"pool {clean(unread)} cannot be read: whether {destination} is in it is not known"
        return Passed(_step("UNKNOWN", text))
    return Passed(_step("PASS", f"{destination} is in no pool of the network"), passage)


def delivery(passage: Passage) -> Passed | None:
    """What stays inside the network takes no route."""
    if holding(passage.packet.dst, passage.scene.pools) is None:
        return None
    text = (
        "stays inside the network: the INBOUND chain of the Thing at "
        f"{address_text(passage.packet.dst)} decides there"
    )
    return Passed(Step(Stage.DELIVERY, "PASS", text))


def _step(outcome: Outcome, text: str) -> Step:
    return Step(Stage.ISOLATION, outcome, text)
