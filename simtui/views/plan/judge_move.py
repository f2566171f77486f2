"""Moving to another Things Group (contract §3.3)."""

from __future__ import annotations

from simtui.models import Thing
from simtui.models.action import MoveToGroup
from simtui.views.plan.field_texts import group_of_text, group_text
from simtui.views.plan.network_names import network_id_of, network_name
from simtui.views.plan.verdict import Already, Changes, Facts, Forbidden, Judge, Verdict
from simtui.views.plan.wording import named


def judge_move(action: MoveToGroup, facts: Facts) -> Judge:
    """A locked address keeps a Thing in its network."""
    context = facts.context
    target_id = action.things_group_id
    target_name = group_text(target_id, context)
    target = context.groups.get(target_id)
    new_network = target.network_id if target else None

    def judge(thing: Thing) -> Verdict:
        if thing.things_group_id == target_id:
            return Already(f"is in {target_name} already")
        before = group_of_text(thing, context)
        if thing.ip is None or not thing.ip.locked:
            return Changes(before, target_name)
        network = network_id_of(thing, context)
        if network is None or new_network is None:
            note = "its address is locked: refused if the group is of another network"
            return Changes(before, target_name, note)
        if network == new_network:
            return Changes(before, target_name)
        return Forbidden(
            f"{named(thing.ip.address or 'its address')} is locked in network "
            f"{network_name(network, context)}: unlock the address first, move, then lock "
            f"one of network {network_name(new_network, context)}"
        )

    return judge
