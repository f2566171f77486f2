"""What stands over a chain, and where there is none."""

from __future__ import annotations

from simtui.models.config_change import Kind, Ref
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Row
from simtui.views.config.reach import groups_reached
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import plural

_DIRECTIONS = {"INBOUND": "towards the Thing", "OUTBOUND": "from the Thing"}


def chain_head(chain: str, rules: int, *, unsaved: bool, behind: bool, here: bool) -> Row:
    """``INBOUND towards the Thing · 5 rules · unsaved``."""
    count = f"{count_text(rules)} {plural(rules, 'rule', 'rules')}" if rules else "all allowed"
    cells = [
        Cell("▌" if here else " ", "accent"),
        Cell(chain, "strong" if here else "dim"),
        Cell(f" {_DIRECTIONS.get(chain, '')} · {count}", "dim"),
    ]
    if unsaved:
        cells.append(Cell(" · unsaved", "warn"))
    if behind:
        cells.append(Cell(" · changed on the server", "bad"))
    return tuple(cells)


def empty_chain(chain: str) -> tuple[str, str]:
    """What an empty chain means, and what to do about it."""
    way = "to" if chain == "INBOUND" else "from"
    return (
        "Everything is allowed.",
        f"This chain has no rules, so everything {way} the Things passes.\n"
        "n adds the first rule; what no rule matches is allowed.",
    )


def pools_of(ip_profile_id: str, context: FleetContext) -> tuple[str, ...]:
    """The pools of the networks in which the Things of a profile live."""
    networks = {
        group.network_id
        for group in groups_reached(Ref(Kind.PROFILE, ip_profile_id), context)
        if group.network_id
    }
    found = (context.networks.get(network_id) for network_id in sorted(networks))
    return tuple(pool.cidr for network in found if network for pool in network.ip_pools)
