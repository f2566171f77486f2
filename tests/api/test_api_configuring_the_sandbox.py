"""The configuration of a real account, made, changed and taken away again: what is sent is
what the sandbox takes, and what comes back is what was wanted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from simtui.errors import Conflict, Invalid, OutcomeUnknown
from simtui.models import Dpd, Job, Phase1, Phase2, RouteTarget
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.saved import Saved
from simtui.models.settings import (
    Chain,
    GroupSettings,
    NatSettings,
    NetworkSettings,
    PoolSettings,
    ProfileSettings,
    RouteSettings,
    RouteTable,
    RuleSettings,
    Settings,
    TunnelSettings,
    chain_of,
    settings_of,
)
from simtui.secret import Secret
from tests.api.test_api_on_the_sandbox import NOW, Box
from tests.config_samples import PSK


class Account(Box):
    """A small account, and short words for what is done to it."""

    async def do(
        self,
        ref: Ref,
        before: Settings | None,
        after: Settings | None,
        version: int = 0,
        psk: str | None = None,
    ) -> Saved | Job:
        change = ConfigChange(
            ref, "it", before, after, version, psk=None if psk is None else Secret(psk)
        )
        return await self.client.configure(change, request_id="r-1")

    async def make(self, kind: str, settings: Settings, parent: str = "") -> str:
        """The id of a new object."""
        saved = await self.do(Ref(kind, "", parent), None, settings)
        assert isinstance(saved, Saved)
        return saved.object_id

    async def network(self) -> str:
        """A network of its own with one pool."""
        network = await self.make(Kind.NETWORK, NetworkSettings("depots"))
        await self.make(Kind.POOL, PoolSettings("10.44.0.0/24"), network)
        return network

    async def one(self, ref: Ref) -> Any:
        """The object as it is listed."""
        listed: Sequence[Any] = await LISTS[ref.kind](self.client, ref.parent_id)
        (found,) = [one for one in listed if ref.object_id in identities(one)]
        return found

    async def gone(self, ref: Ref) -> bool:
        listed = await LISTS[ref.kind](self.client, ref.parent_id)
        return all(ref.object_id not in identities(one) for one in listed)


def identities(model: Any) -> list[str]:
    names = ("things_group_id", "network_id", "ip_pool_id", "ip_profile_id")
    own = [name for name in (*names, "nat_rule_id", "tunnel_id") if hasattr(model, name)]
    return [getattr(model, own[0])]


async def pools(client: Any, network_id: str) -> Sequence[Any]:
    (network,) = [one for one in await client.networks() if one.network_id == network_id]
    pools: Sequence[Any] = network.ip_pools
    return pools


LISTS: dict[str, Callable[[Any, str], Awaitable[Sequence[Any]]]] = {
    Kind.GROUP: lambda client, _: client.groups(),
    Kind.NETWORK: lambda client, _: client.networks(),
    Kind.POOL: pools,
    Kind.PROFILE: lambda client, _: client.ip_profiles(),
    Kind.NAT_RULE: lambda client, parent: client.nat_rules(parent),
    Kind.TUNNEL: lambda client, parent: client.tunnels(parent),
}


@pytest.fixture
async def box() -> AsyncIterator[Account]:
    box = Account()
    yield box
    await box.client.close()


async def ssh_of(box: Account) -> tuple[str, NatSettings]:
    """The network of a Thing with a locked address, and what may be forwarded to it."""
    thing = await box.client.thing("t_1")
    await box.client.set_state("t_1", "ACTIVE", "", version=thing.version, request_id="r-1")
    locked = await box.client.lock_ip("t_1", "10.0.0.9", None, request_id="r-2")
    assert locked.ip is not None
    (group,) = [one for one in await box.client.groups() if one.is_default]
    return group.network_id or "", NatSettings("TCP", "8022", "t_1", "22", "ssh")


async def start(box: Account, kind: str) -> tuple[Ref, Settings, Settings]:
    """A new object of this kind: where it is, what it is, and what it could be."""
    profiles, networks = await box.client.ip_profiles(), await box.client.networks()
    if kind == Kind.GROUP:
        other = await box.make(Kind.NETWORK, NetworkSettings("other"))
        first = GroupSettings("depot-7", "", networks[0].network_id, profiles[0].ip_profile_id)
        return Ref(kind), first, replace(first, name="yard", network_id=other)
    if kind == Kind.NETWORK:
        return Ref(kind), NetworkSettings("depots"), NetworkSettings("depots", "all", True)
    if kind == Kind.PROFILE:
        return Ref(kind), ProfileSettings("closed", "x"), ProfileSettings("shut", "")
    if kind == Kind.NAT_RULE:
        parent, rule = await ssh_of(box)
        until = NOW + timedelta(days=3)
        first = replace(rule, expires_at=until, allowed_sources=("203.0.113.0/24",))
        return Ref(kind, "", parent), first, replace(rule, public_ports="8023", enabled=False)
    network = await box.make(Kind.NETWORK, NetworkSettings("depots"))
    return Ref(kind, "", network), PoolSettings("10.44.0.0/24"), PoolSettings("10.44.0.0/23")


ONES = (Kind.GROUP, Kind.NETWORK, Kind.POOL, Kind.PROFILE, Kind.NAT_RULE)


@pytest.mark.parametrize("kind", ONES)
async def test_it_is_made_changed_and_taken_away(box: Account, kind: str) -> None:
    ref, first, second = await start(box, kind)
    made = await box.do(ref, None, first)
    assert isinstance(made, Saved)
    ref = replace(ref, object_id=made.object_id)
    there = await box.one(ref)
    assert (settings_of(there), there.version) == (first, made.version)
    changed = await box.do(ref, first, second, made.version)
    assert changed == Saved(made.object_id, made.version + 1)
    assert settings_of(await box.one(ref)) == second
    assert await box.do(ref, second, None, made.version + 1) == Saved()
    assert await box.gone(ref)


@pytest.mark.parametrize("kind", ONES)
async def test_what_somebody_changed_meanwhile_is_not_overwritten(box: Account, kind: str) -> None:
    ref, first, second = await start(box, kind)
    made = await box.do(ref, None, first)
    assert isinstance(made, Saved)
    ref = replace(ref, object_id=made.object_id)
    box.faults.switch_on("second-writer")
    with pytest.raises(Conflict) as caught:
        await box.do(ref, first, second, made.version)
    assert caught.value.name == "ETAG_MISMATCH"
    with pytest.raises(Conflict) as caught:
        await box.do(ref, first, None, made.version)
    assert caught.value.name == "ETAG_MISMATCH"
    assert settings_of(await box.one(ref)) == first


async def test_what_may_be_cleared_is_cleared(box: Account) -> None:
    ref, first, _ = await start(box, Kind.NAT_RULE)
    assert isinstance(first, NatSettings)
    made = await box.do(ref, None, first)
    assert isinstance(made, Saved)
    ref = replace(ref, object_id=made.object_id)
    for_ever = replace(first, expires_at=None, name="")
    await box.do(ref, first, for_ever, made.version)
    assert settings_of(await box.one(ref)) == for_ever


async def test_a_chain_is_replaced_as_a_whole_and_rules_stay_the_same_rules(box: Account) -> None:
    profile_id = await box.make(Kind.PROFILE, ProfileSettings("closed"))
    ref = Ref(Kind.CHAIN, "INBOUND", profile_id)
    ssh = RuleSettings("DROP", "TCP", dst_ports="22", comment="no ssh")
    web = RuleSettings("ALLOW", "TCP", "10.0.0.0/8", dst_ports="80,443", enabled=False)
    saved = await box.do(ref, Chain(), Chain((ssh, web)), 1)
    assert isinstance(saved, Saved)
    first = await chain(box, profile_id)
    assert [replace(rule, rule_id=None) for rule in first.items] == [ssh, web]
    names = RuleSettings("ALLOW", "UDP", dst_ports="53")
    wanted = Chain((first.items[1], names, replace(first.items[0], action="REJECT")))
    again = await box.do(ref, first, wanted, saved.version)
    assert again == Saved("INBOUND", saved.version + 1)
    second = await chain(box, profile_id)
    assert [rule.rule_id for rule in second.items if rule.protocol == "TCP"] == [
        first.items[1].rule_id,
        first.items[0].rule_id,
    ]
    assert second.items[2].action == "REJECT"
    with pytest.raises(Conflict, match="Could not save the chain"):
        await box.do(ref, first, Chain(), saved.version)
    assert await chain(box, profile_id) == second
    await box.do(ref, second, Chain(), saved.version + 1)
    assert await chain(box, profile_id) == Chain()


async def chain(box: Account, profile_id: str) -> Chain:
    return chain_of(await box.one(Ref(Kind.PROFILE, profile_id)), "INBOUND")


async def test_a_rule_of_another_profile_is_refused_by_its_place(box: Account) -> None:
    profile_id = await box.make(Kind.PROFILE, ProfileSettings("closed"))
    ref = Ref(Kind.CHAIN, "OUTBOUND", profile_id)
    with pytest.raises(Invalid) as caught:
        await box.do(ref, Chain(), Chain((RuleSettings("DROP", rule_id="nobody"),)), 1)
    assert caught.value.problems[0].field.startswith("items[0]")


async def test_routes_are_replaced_as_a_whole_and_the_platforms_own_stay(box: Account) -> None:
    network = await box.network()
    ref = Ref(Kind.ROUTES, "", network)
    before = await box.client.routes(network)
    assert [route.origin for route in before.items] == ["SYSTEM"]
    assert settings_of(before) == RouteTable()
    table = RouteTable(
        (
            RouteSettings("172.16.0.0/12", RouteTarget("BLACKHOLE"), 10),
            RouteSettings("192.168.0.0/16", RouteTarget(), enabled=False),
        )
    )
    saved = await box.do(ref, RouteTable(), table, before.version)
    there = await box.client.routes(network)
    assert saved == Saved("", there.version)
    assert len(there.items) == 3
    found = settings_of(there)
    assert isinstance(found, RouteTable)
    assert [replace(route, route_id=None) for route in found.items] == list(table.items)
    turned = RouteTable(found.items[::-1])
    await box.do(ref, found, turned, there.version)
    assert settings_of(await box.client.routes(network)) == turned
    with pytest.raises(Conflict) as caught:
        await box.do(ref, turned, RouteTable(), there.version)
    assert caught.value.name == "ETAG_MISMATCH"


def office(**fields: Any) -> TunnelSettings:
    usual = TunnelSettings(
        "hq",
        "203.0.113.7",
        phase1=Phase1(("AES128",), ("SHA2_384",), (19, 20), 7200),
        phase2=Phase2(("AES256_GCM_16",), (), (), 1800),
        dpd=Dpd(20, 60, "CLEAR"),
        local_cidrs=("10.44.0.0/24",),
        remote_cidrs=("192.168.0.0/24",),
    )
    return replace(usual, **fields)


async def test_a_tunnel_takes_its_time_to_be_made_and_changed(box: Account) -> None:
    network = await box.network()
    job = await box.do(Ref(Kind.TUNNEL, "", network), None, office(), psk=PSK)
    assert isinstance(job, Job)
    assert job.type == "TUNNEL"
    (tunnel,) = await box.client.tunnels(network)
    ref = Ref(Kind.TUNNEL, tunnel.tunnel_id, network)
    seen = settings_of(tunnel)
    assert isinstance(seen, TunnelSettings)
    assert seen == office(local_id=seen.local_id, remote_id="203.0.113.7")
    assert tunnel.status is not None
    assert tunnel.status.state == "NEGOTIATING"
    box.world.clock.advance(300)
    wanted = replace(seen, phase1=replace(seen.phase1, dh_groups=(14,)), dpd=Dpd(30, 60, "CLEAR"))
    assert isinstance(await box.do(ref, seen, wanted, tunnel.version), Job)
    assert settings_of(await box.one(ref)) == wanted
    renamed = replace(wanted, name="office")
    assert await box.do(ref, wanted, renamed, tunnel.version + 1) == Saved(
        tunnel.tunnel_id, tunnel.version + 2
    )
    with pytest.raises(Conflict):
        await box.do(ref, renamed, None, tunnel.version)
    assert await box.do(ref, renamed, None, tunnel.version + 2) == Saved()
    assert await box.client.tunnels(network) == ()


async def test_a_key_is_set_by_itself_and_told_by_its_time(box: Account) -> None:
    network = await box.network()
    await box.do(Ref(Kind.TUNNEL, "", network), None, office(), psk=PSK)
    (tunnel,) = await box.client.tunnels(network)
    box.world.clock.advance(600)
    ref, seen = Ref(Kind.TUNNEL, tunnel.tunnel_id, network), settings_of(tunnel)
    await box.do(ref, seen, seen, tunnel.version, psk="another.Key_1")
    (after,) = await box.client.tunnels(network)
    assert after.psk_set_at is not None
    assert tunnel.psk_set_at is not None
    assert after.psk_set_at - tunnel.psk_set_at == timedelta(seconds=600)
    assert settings_of(after) == seen


@pytest.mark.parametrize("psk", ["0eadbeef", "sh0rt_1", "with space"])
async def test_a_key_that_may_not_be_is_refused_unseen(box: Account, psk: str) -> None:
    network = await box.network()
    with pytest.raises(Invalid) as caught:
        await box.do(Ref(Kind.TUNNEL, "", network), None, office(), psk=psk)
    assert psk not in f"{caught.value} {caught.value!r} {vars(caught.value)}"
    assert [problem.field for problem in caught.value.problems] == ["psk"]


@pytest.mark.parametrize(
    ("fault", "is_made"), [("drop-before", False), ("drop-after", True), ("not-json", True)]
)
async def test_an_answer_that_is_lost_or_torn_is_an_unknown_outcome(
    box: Account, fault: str, is_made: bool
) -> None:
    box.faults.switch_on(fault, {"method": "POST"})
    with pytest.raises(OutcomeUnknown):
        await box.make(Kind.PROFILE, ProfileSettings("closed"))
    names = [profile.name for profile in await box.client.ip_profiles()]
    assert ("closed" in names) == is_made
