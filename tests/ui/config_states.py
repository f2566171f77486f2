"""The states of the pages and dialogs of editing, each brought about on a frozen world."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from simtui.sandbox.records import RuleRecord
from simtui.ui.app import SimtuiApp
from simtui.ui.history import (
    FirewallPlace,
    GroupPlace,
    GroupsPlace,
    LeasesPlace,
    NetworkPlace,
    NetworksPlace,
    Pane,
    Place,
    ProfilesPlace,
    TunnelPlace,
)
from simtui.ui.screens.conflict_dialog import ConflictDialog
from simtui.ui.screens.save_dialog import SaveDialog
from simtui.ui.screens.walk_dialog import WalkDialog
from tests.ui.app_bench import Bench, bench_in, screen_text, until
from tests.ui.config_bench import at, dialog, fill, network_named, profile_named
from tests.ui.states import Drive, State, loaded, read_only_bench


def quiet_bench(folder: Path) -> Bench:
    """The quota is not told: how often a list is asked for depends on the machine."""
    bench = bench_in(folder)
    bench.cable.without = frozenset(
        {"quota-limit", "quota-used", "quota-available", "quota-reset-utc"}
    )
    return bench


def quiet_and_read_only(folder: Path) -> Bench:
    bench = quiet_bench(folder)
    bench.read_only = read_only_bench(folder).read_only
    return bench


def shows(place: Callable[[Bench], Place], text: str, *keys: str) -> Drive:
    """Go to a place, wait until it says ``text``, and press keys."""

    async def drive(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
        await loaded(bench, app, pilot)
        await at(app, pilot, place(bench))
        await until(pilot, lambda: text in screen_text(app))
        await pilot.press(*keys)

    return drive


def _firewall(name: str) -> Callable[[Bench], Place]:
    return lambda bench: FirewallPlace(profile_named(bench, name).ip_profile_id)


def _network(pane: Pane, name: str = "depots") -> Callable[[Bench], Place]:
    return lambda bench: NetworkPlace(network_named(bench, name).network_id, pane)


def _group(bench: Bench) -> Place:
    return GroupPlace(
        next(one.group_id for one in bench.world.groups.values() if one.name == "depot-7")
    )


def _leases(bench: Bench) -> Place:
    network = network_named(bench, "depots")
    return LeasesPlace(network.network_id, next(iter(network.pools)))


def _tunnel(bench: Bench) -> Place:
    network = network_named(bench, "depots")
    tunnel = next(iter(network.tunnels.values()))
    tunnel.state, tunnel.last_error = "ERROR", "NO_PROPOSAL_CHOSEN"
    return TunnelPlace(network.network_id, tunnel.tunnel_id)


async def rule_form(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await shows(_firewall("scada"), "5 rules", "n")(bench, app, pilot)
    await fill(app, pilot, action="DROP", protocol="tcp", src_cidr="10.200.16.7", dst_ports="502")
    await until(pilot, lambda: "never reached" in screen_text(app))


async def refused(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await shows(_firewall("scada"), "5 rules", "n")(bench, app, pilot)
    await fill(app, pilot, action="DROP", src_cidr="10.0.0.1/8")
    await pilot.press("tab")


async def saving(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await shows(_firewall("scada"), "5 rules", "D", "J", "t", "ctrl+s")(bench, app, pilot)
    asked = await dialog(app, pilot, SaveDialog)
    await until(pilot, lambda: asked.ready)


async def conflict(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await shows(_firewall("scada"), "5 rules", "t")(bench, app, pilot)
    profile = profile_named(bench, "scada")
    profile.inbound.insert(0, RuleRecord("fr_a", "ALLOW", "UDP", dst_ports="123", comment="ntp"))
    profile.version += 1
    await pilot.press("ctrl+s")
    asked = await dialog(app, pilot, SaveDialog)
    await until(pilot, lambda: asked.ready)
    await pilot.press("enter")
    await dialog(app, pilot, ConflictDialog)


async def packet(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await shows(_firewall("scada"), "5 rules", "ctrl+d", "p")(bench, app, pilot)
    await fill(app, pilot, src="10.200.16.9", dst="10.16.0.9", dst_port="502")
    await pilot.press("ctrl+s")
    await dialog(app, pilot, WalkDialog)
    await until(pilot, lambda: "as modelled" in screen_text(app))


PAGES = {
    "groups": State(quiet_bench, shows(lambda bench: GroupsPlace(), "depot-7")),
    "group": State(quiet_bench, shows(_group, "estimate")),
    "networks": State(quiet_bench, shows(lambda bench: NetworksPlace(), "depots")),
    "pools": State(quiet_bench, shows(_network("pools"), "NAT 4")),
    "routes-edited": State(quiet_bench, shows(_network("routes"), "static", "D", "t")),
    "nat": State(quiet_bench, shows(_network("nat"), "TCP")),
    "tunnels": State(quiet_bench, shows(_network("tunnels"), "● up")),
    "tunnel-with-an-error": State(quiet_bench, shows(_tunnel, "NO_PROPOSAL")),
    "leases": State(quiet_bench, shows(_leases, "locked")),
    "profiles": State(quiet_bench, shows(lambda bench: ProfilesPlace(), "scada")),
    "firewall-edited": State(quiet_bench, shows(_firewall("scada"), "5 rules", "D", "t", "J")),
    "firewall-empty": State(quiet_bench, shows(_firewall("default"), "Everything is allowed")),
    "firewall-read-only": State(quiet_and_read_only, shows(_firewall("scada"), "5 rules")),
}
DIALOGS = {
    "rule-form": State(quiet_bench, rule_form),
    "rule-refused": State(quiet_bench, refused),
    "tunnel-form": State(quiet_bench, shows(_network("tunnels"), "● up", "n")),
    "save": State(quiet_bench, saving),
    "config-conflict": State(quiet_bench, conflict),
    "packet": State(quiet_bench, packet),
}
