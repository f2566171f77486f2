"""One Things Group in detail (contract §3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from simtui.models import IpPool, IpProfile, Network, State, ThingsGroup, Tunnel
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Tone
from simtui.views.detail.section import Rows, Section, text_cell
from simtui.views.fleet_context import FleetContext
from simtui.views.jobs.progress import bar_text
from simtui.views.network.fill import fill_bar, fill_of
from simtui.views.plan.wording import named, plural, things_text
from simtui.views.things.words import state_name
from simtui.views.tunnel.words import state_cell

_BAR: Final = 20
_POOL_BAR: Final = 10
_GONE: Final = "It is not known here, or not any more."
_TONES: Final[dict[str, Tone]] = {State.ACTIVE: "ok", State.SUSPENDED: "warn", State.RETIRED: "dim"}


def group_sections(
    group: ThingsGroup | None, context: FleetContext, tunnels: Sequence[Tunnel] | None
) -> tuple[Section, ...]:
    """What it is, what it ties together, and what is in it; the cost is told apart.

    ``tunnels`` are those of its network, None while they are not known.
    """
    if group is None:
        return (Section("Group", note=_GONE),)
    network = context.networks.get(group.network_id or "")
    profile = context.ip_profiles.get(group.ip_profile_id or "")
    return (
        Section("Group", tuple(_own(group))),
        Section("Network", tuple(_network(network, group, tunnels))),
        Section("IP profile", tuple(_profile(profile, group))),
        Section("Things", tuple(_things(group)), _no_things(group)),
    )


def _own(group: ThingsGroup) -> Iterator[tuple[str, Cell]]:
    yield "Name", text_cell(group.name, "strong")
    yield "Description", text_cell(group.description)
    if group.is_default:
        yield "Default", Cell("yes: new Things come into it, and it cannot be deleted", "accent")
    else:
        yield "Default", Cell("no", "dim")


# Its Things


def _things(group: ThingsGroup) -> Iterator[tuple[str, Cell]]:
    counts = group.counts_by_state
    if not counts or not any(counts.values()):
        if group.thing_count:
            yield "", Cell(things_text(group.thing_count))
        return
    total = sum(counts.values())
    others = sorted(state for state in counts if state not in State.ALL)
    for state in (State.ACTIVE, State.SUSPENDED, State.PROVISIONED, State.RETIRED, *others):
        if count := counts.get(state, 0):
            yield _label(state), Cell(_share(count, total), _TONES.get(state, ""))
    if len([count for count in counts.values() if count]) > 1:
        yield "Together", Cell(things_text(total))


def _label(state: str) -> str:
    name = state_name(state)
    return name[:1].upper() + name[1:]


def _share(count: int, total: int) -> str:
    percent = f"{count * 100 // total} %"
    return f"{bar_text(count, total, _BAR)} {count_text(count)} · {percent}"


def _no_things(group: ThingsGroup) -> str:
    if group.thing_count == 0:
        return "No Thing is in it; m moves some in."
    return "" if group.thing_count or group.counts_by_state else "The server does not tell them."


# What it ties together


def _network(
    network: Network | None, group: ThingsGroup, tunnels: Sequence[Tunnel] | None
) -> Iterator[tuple[str, Cell]]:
    if network is None:
        yield "Name", text_cell(group.network_id, "dim")
        return
    yield "Name", text_cell(network.name, "strong")
    if not network.ip_pools:
        yield "Pools", Cell("none: its Things get no address", "bad")
    for number, pool in enumerate(network.ip_pools):
        yield "" if number else "Pools", _pool(pool)
    yield (
        "Isolation",
        Cell(
            "on: its Things do not reach each other"
            if network.thing_isolation
            else "off: its Things reach each other"
        ),
    )
    if tunnels is not None:
        yield from _tunnels(tunnels)


def _pool(pool: IpPool) -> Cell:
    fill = fill_of(pool)
    if fill is None:
        return Cell(named(pool.cidr))
    used = f"{count_text(fill.used)} of {count_text(fill.usable)} in use"
    return Cell(f"{named(pool.cidr)} {fill_bar(fill, _POOL_BAR)} {used}", fill.tone)


def _tunnels(tunnels: Sequence[Tunnel]) -> Iterator[tuple[str, Cell]]:
    if not tunnels:
        yield "IPsec", Cell("no tunnel", "dim")
    for number, tunnel in enumerate(tunnels):
        state = state_cell(tunnel)
        yield "" if number else "IPsec", Cell(f"{named(tunnel.name)} {state.text}", state.tone)


def _profile(profile: IpProfile | None, group: ThingsGroup) -> Rows:
    if profile is None:
        return (("Name", text_cell(group.ip_profile_id, "dim")),)
    return (
        ("Name", text_cell(profile.name, "strong")),
        ("Inbound", _rules(len(profile.inbound))),
        ("Outbound", _rules(len(profile.outbound))),
    )


def _rules(count: int) -> Cell:
    if not count:
        return Cell("no rules: everything is allowed", "dim")
    return Cell(f"{count_text(count)} {plural(count, 'rule', 'rules')}")
