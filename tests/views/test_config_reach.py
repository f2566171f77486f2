"""What a change reaches and when, and why an object has to stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from simtui.models import (
    IpPool,
    IpProfile,
    Network,
    Route,
    Routes,
    RouteTarget,
    ThingsGroup,
    Tunnel,
)
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.views.config.reach import groups_reached, reach_remarks, reach_text, things_in
from simtui.views.config.undeletable import (
    why_group_stays,
    why_network_stays,
    why_pool_stays,
    why_profile_stays,
    why_tunnel_stays,
)
from simtui.views.fleet_context import FleetContext
from simtui.views.text import UNSAFE
from tests.config_samples import BEFORE, CHANGES, REFS

HOSTILE = "\x1b]52;c;aGk=\x07\u202e"
DEPOT = ThingsGroup("g_1", "depot-7", "", "n_1", "ip_1", thing_count=1200)
METERS = ThingsGroup("g_2", "Meters", "", "n_1", "ip_2", thing_count=1)
EMPTY = ThingsGroup("g_3", "yard", "", "n_2", "ip_2", thing_count=0)


@pytest.fixture
def fleet(now: datetime) -> FleetContext:
    return FleetContext(now, {group.things_group_id: group for group in (DEPOT, METERS, EMPTY)})


def said(change: ConfigChange, context: FleetContext) -> list[str]:
    return [cell.text for cell in reach_remarks(change, context)]


@pytest.mark.parametrize(
    ("kind", "groups"),
    [
        (Kind.GROUP, [DEPOT]),
        (Kind.NETWORK, [DEPOT, METERS]),
        (Kind.POOL, [DEPOT, METERS]),
        (Kind.ROUTES, [DEPOT, METERS]),
        (Kind.NAT_RULE, [DEPOT, METERS]),
        (Kind.TUNNEL, [DEPOT, METERS]),
        (Kind.PROFILE, [DEPOT]),
        (Kind.CHAIN, [DEPOT]),
    ],
)
def test_which_groups_it_is_about(kind, groups, fleet) -> None:
    assert groups_reached(REFS[kind], fleet) == tuple(groups)


def test_who_uses_it(fleet) -> None:
    assert reach_text(REFS[Kind.NETWORK], fleet) == (
        "used by 2 groups, 1,201 Things: depot-7, Meters"
    )
    assert reach_text(Ref(Kind.PROFILE, "ip_2"), fleet) == "used by 2 groups, 1 Thing: Meters, yard"
    assert reach_text(Ref(Kind.NETWORK, "n_2"), fleet) == "used by 1 group, no Things: yard"
    assert reach_text(Ref(Kind.NETWORK, "n_9"), fleet) == "used by no group"
    assert things_in(()) == 0


@pytest.mark.parametrize("name", ["change-chain", "change-routes"])
def test_filters_and_routes_work_at_once(name, fleet) -> None:
    reached, when = said(CHANGES[name], fleet)
    assert reached.startswith("It reaches 1,20")
    assert when == "It takes effect at once, for new connections."


def test_a_nat_rule_leads_to_one_thing_at_once(fleet) -> None:
    assert said(CHANGES["create-nat-rule"], fleet) == [
        "It takes effect at once, for new connections."
    ]


def test_a_tunnel_takes_the_time_it_takes(fleet) -> None:
    assert said(CHANGES["delete-tunnel"], fleet) == [
        "It reaches 1,201 Things in 2 groups: depot-7, Meters."
    ]


def test_another_network_is_taken_at_the_next_session(fleet) -> None:
    assert said(CHANGES["change-group"], fleet) == [
        "It reaches 1,200 Things in 1 group: depot-7.",
        "It takes effect for a Thing at its next session; a running one goes on as it is.",
    ]


def test_another_profile_of_a_group_works_at_once_and_a_name_changes_nothing(fleet) -> None:
    before = BEFORE[Kind.GROUP]
    filtered = replace(CHANGES["change-group"], after=replace(before, ip_profile_id="ip_2"))
    assert said(filtered, fleet)[1:] == ["It takes effect at once, for new connections."]
    named = replace(CHANGES["change-group"], after=replace(before, name="yard"))
    assert said(named, fleet) == ["It reaches 1,200 Things in 1 group: depot-7."]


@pytest.mark.parametrize("kind", ["group", "network", "profile"])
def test_what_is_new_reaches_nothing_yet(kind, fleet) -> None:
    assert said(CHANGES[f"create-{kind}"], fleet) == [
        "Nothing uses it yet, so it reaches no Thing."
    ]


def test_what_nobody_uses_reaches_nothing(fleet) -> None:
    change = replace(CHANGES["change-chain"], ref=Ref(Kind.CHAIN, "INBOUND", "ip_9"))
    assert said(change, fleet) == ["No group uses it, so it reaches no Thing."]


def test_where_there_are_no_things_there_is_nothing_to_wait_for(fleet) -> None:
    change = replace(CHANGES["change-pool"], ref=Ref(Kind.POOL, "p_2", "n_2"))
    assert said(change, fleet) == ["It reaches no Things in 1 group: yard."]


def test_a_pool_is_felt_at_the_next_session(fleet) -> None:
    assert "next session" in said(CHANGES["change-pool"], fleet)[-1]


def test_names_of_groups_are_safe(now) -> None:
    group = replace(DEPOT, name=HOSTILE)
    context = FleetContext(now, {"g_1": group})
    for text in (reach_text(REFS[Kind.GROUP], context), *said(CHANGES["change-group"], context)):
        assert not UNSAFE.search(text)


# Why it stays


def test_a_group_stays_while_it_is_the_default_or_has_things() -> None:
    assert "default group" in why_group_stays(replace(DEPOT, is_default=True))
    assert why_group_stays(DEPOT).startswith("It has 1,200 Things; move them")
    assert why_group_stays(EMPTY) == ""
    assert why_group_stays(replace(EMPTY, thing_count=None)) == ""


def test_what_groups_use_stays(fleet) -> None:
    assert why_network_stays(Network("n_1", "x"), fleet) == (
        "It is used by depot-7, Meters; give them another one first."
    )
    assert why_profile_stays(IpProfile("ip_1", "x"), fleet) == (
        "It is used by depot-7; give it another one first."
    )
    assert why_network_stays(Network("n_9", "x"), fleet) == ""
    assert why_profile_stays(IpProfile("ip_9", "x"), fleet) == ""


def test_a_pool_stays_while_its_addresses_are_in_use_or_behind_a_tunnel() -> None:
    pool = IpPool("p_1", "10.0.0.0/24", leased=0)
    tunnel = Tunnel("tun_1", HOSTILE, local_cidrs=("10.0.0.0/24",))
    assert why_pool_stays(replace(pool, leased=1200), ()).startswith("1,200 addresses of it are")
    assert why_pool_stays(replace(pool, leased=1), ()).startswith("1 address of it")
    assert why_pool_stays(pool, [Tunnel("tun_2", "other")]) == ""
    behind = why_pool_stays(pool, [tunnel])
    assert behind.startswith("It is behind tunnel ")
    assert not UNSAFE.search(behind)


def test_a_tunnel_stays_while_routes_lead_into_it() -> None:
    tunnel = Tunnel("tun_1", "hq")
    into = Route("rt_1", "10.8.0.0/16", RouteTarget("IPSEC_TUNNEL", "tun_1"))
    other = Route("rt_2", "10.9.0.0/16", RouteTarget("IPSEC_TUNNEL", "tun_2"))
    assert why_tunnel_stays(tunnel, Routes((into, other))) == (
        "Routes lead into it: 10.8.0.0/16; change them first."
    )
    assert why_tunnel_stays(tunnel, Routes((other,))) == ""
    assert why_tunnel_stays(tunnel, None) == ""
